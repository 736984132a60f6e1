import { expect, it } from 'vitest';
import { linesOf, predicted } from '../../../test/support/predicted.ts';

const settings = (module: string, moduleResolution: string): string =>
  JSON.stringify({
    compilerOptions: {
      module,
      moduleResolution,
      target: 'es2022',
      strict: true,
      esModuleInterop: true,
      skipLibCheck: true,
      ignoreDeprecations: '6.0',
      types: [],
    },
  });
const asCommonJs = settings('commonjs', 'node10');
const asEsm = settings('esnext', 'bundler');

/** A module that was one callable thing with members, and is an ES module with a named export now. */
const tool = {
  'tool@1.0.0': {
    'package.json': '{ "main": "index.js", "types": "index.d.ts" }',
    'index.js': '',
    'index.d.ts':
      'declare const tool: { (text: string): string; sync(text: string): string; keyword(text: string): string };\nexport = tool;\n',
  },
  'tool@2.0.0': {
    'package.json':
      '{ "type": "module", "types": "index.d.ts", "exports": { "types": "./index.d.ts", "default": "./index.js" } }',
    'index.js': '',
    'index.d.ts':
      'export declare const tool: (text: string) => string;\nexport declare function toolSync(text: string): string;\n',
  },
};
/** One whose default export stays, with other members. */
const paint = {
  'paint@1.0.0': {
    'package.json': '{ "main": "index.js", "types": "index.d.ts" }',
    'index.js': '',
    'index.d.ts':
      'declare namespace paint { type Level = 1 | 2; interface Paint { (text: string): string; red(text: string): string; keyword(text: string): string; Instance: new () => Paint } }\ndeclare const paint: paint.Paint;\nexport = paint;\n',
  },
  'paint@2.0.0': {
    'package.json':
      '{ "type": "module", "types": "index.d.ts", "exports": { "types": "./index.d.ts", "default": "./index.js" } }',
    'index.js': '',
    'index.d.ts':
      'export interface PaintInstance { (text: string): string; red(text: string): string }\ndeclare const paint: PaintInstance;\nexport default paint;\n',
  },
};
const uses = {
  'tool.ts': "import tool from 'tool';\nexport const all = [tool('a'),\n  tool.sync('b'),\n  tool.keyword('c')];\n",
  'paint.ts':
    "import paint, {\n  Level,\n} from 'paint';\nexport const level: Level = 1;\nexport const all = [paint.red('a'),\n  paint.keyword('b'),\n  new paint.Instance()];\n",
};
const upgrades = [
  ['tool', '1.0.0', '2.0.0'],
  ['paint', '1.0.0', '2.0.0'],
] as const;

it('tells what is gone from an ES module beside that it is one, once for each import, as it does where nothing is required', async () => {
  const packages = { ...tool, ...paint };
  const required = await predicted({ packages, tree: { 'tsconfig.json': asCommonJs, ...uses }, upgrades });
  const imported = await predicted({ packages, tree: { 'tsconfig.json': asEsm, ...uses }, upgrades });
  const expected = [
    'paint.ts:2 api/removed paint.Level',
    'paint.ts:6 api/member-removed paint.Paint.keyword',
    'paint.ts:7 api/member-removed paint.Paint.Instance',
    'tool.ts:1 api/default-to-named tool',
    'tool.ts:3 api/moved tool.sync',
    'tool.ts:4 api/member-removed tool.keyword',
  ];
  expect(linesOf(imported)).toEqual(expected);
  expect(linesOf(required)).toEqual(
    [...expected, 'paint.ts:1 api/require-of-esm paint', 'tool.ts:1 api/require-of-esm tool'].sort(),
  );
  const edits = required.findings.flatMap(({ edit }) => edit ?? []);
  expect(edits.map(({ before, text }) => `${before} → ${text}`)).toEqual(['tool → { tool }']);
});
