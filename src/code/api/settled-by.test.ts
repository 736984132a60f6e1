import { expect, it } from 'vitest';
import { linesOf, predicted } from '../../../test/support/predicted.ts';

const manifest = (version: string): string => JSON.stringify({ name: 'lib', version, types: 'index.d.ts' });
const packages = {
  'lib@1.0.0': {
    'package.json': manifest('1.0.0'),
    'index.d.ts':
      'declare global { namespace Shapes { interface Box { size: number } } }\nexport declare function close(): void;\n',
  },
  'lib@2.0.0': {
    'package.json': manifest('2.0.0'),
    'index.d.ts': 'export declare namespace Shapes { interface Box { size: number } }\nexport {};\n',
  },
};
const app = "\uFEFFimport { close } from 'lib';\r\nexport const box: Shapes.Box = { size: 1 };\r\nclose();\r\n";

it('tells which breaks are settled by changes elsewhere in the file, and which are not', async () => {
  const prediction = await predicted({
    packages,
    tree: { 'tsconfig.json': '{ "compilerOptions": { "module": "preserve", "types": [] } }', 'src/app.ts': app },
    upgrades: [['lib', '1.0.0', '2.0.0']],
  });
  expect(linesOf(prediction)).toEqual(['src/app.ts:1 api/removed close', 'src/app.ts:2 api/removed Shapes']);
  const settled = (after: string) =>
    [...prediction.settledBy([{ path: 'src/app.ts', before: app, after }])].map(({ symbol }) => symbol);
  expect(settled(app.replace('{ close }', '{ close, type Shapes }'))).toEqual(['Shapes']);
  expect(settled(app.replaceAll(/^.*close.*\r\n/gm, ''))).toEqual(['close']);
  expect(settled('import {')).toEqual([]);
  expect(prediction.settledBy([{ path: 'src/other.ts', before: '', after: '' }]).size).toBe(0);
});
