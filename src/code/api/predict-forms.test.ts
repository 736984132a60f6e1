import { expect, it } from 'vitest';
import { linesOf, predicted } from '../../../test/support/predicted.ts';

const packages = {
  'paint@1.0.0': {
    'package.json': '{ "main": "index.js", "types": "index.d.ts" }',
    'index.js': '',
    'index.d.ts': 'declare const paint: { red(text: string): string; sync(text: string): string };\nexport = paint;\n',
    'deep.js': '',
    'deep.d.ts': 'export declare const deep: string;',
  },
  'paint@2.0.0': {
    'package.json': '{ "type": "module", "exports": { "types": "./index.d.ts", "default": "./index.js" } }',
    'index.js': '',
    'index.d.ts':
      'declare const paint: { red(text: string): string };\nexport default paint;\nexport declare function paintSync(text: string): string;\n',
  },
};

it('tells how a module must be imported, and that a path is gone', async () => {
  const settings = JSON.stringify({
    compilerOptions: {
      module: 'node16',
      target: 'es2022',
      strict: true,
      esModuleInterop: true,
      skipLibCheck: true,
      types: [],
    },
  });
  const prediction = await predicted({
    packages,
    tree: {
      'tsconfig.json': settings,
      'a.ts': "import paint from 'paint';\nexport const text = paint.red('x');\n",
      'b.mts':
        "import * as paint from 'paint';\nimport { deep } from 'paint/deep.js';\nexport const texts = [paint.red('x'), deep];\n",
      'c.cjs': "const paint = require('paint');\npaint.red('x');\npaint.sync('x');\njest.mock('paint/deep');\n",
      'd.mjs': "const { default: paint } = await import('paint');\npaint.red('x');\n",
    },
    upgrades: [['paint', '1.0.0', '2.0.0']],
  });
  expect(linesOf(prediction)).toEqual([
    'a.ts:1 api/require-of-esm paint',
    'b.mts:2 api/path-removed paint/deep.js',
    'b.mts:3 api/export-equals-to-default paint',
    'c.cjs:1 api/require-of-esm paint',
    'c.cjs:2 api/export-equals-to-default paint',
    'c.cjs:3 api/moved paint.sync',
    'c.cjs:4 api/path-removed paint/deep',
  ]);
  expect(prediction.facts.map(({ rule }) => rule)).toEqual(['package/esm-only', 'package/export-path-removed']);
});

it('a package that is not there, a version that is not there and a token are told without secrets', async () => {
  const prediction = await predicted({
    packages,
    tree: { 'a.js': "require('paint');" },
    upgrades: [
      ['paint', '1.0.0', '9.0.0'],
      ['@team/none', '1.0.0', '2.0.0'],
    ],
  });
  expect(prediction.findings).toEqual([]);
  expect(prediction.unknown).toEqual([
    { what: '@team/none@1.0.0', why: expect.stringContaining('404') },
    { what: 'paint@9.0.0', why: 'The registry has no version of paint that fits 9.0.0.' },
    { what: '@team/none@2.0.0', why: expect.stringContaining('404') },
  ]);
});

it('stops when it is told to', async () => {
  const reason = new Error('told to');
  await expect(
    predicted({
      packages,
      tree: {},
      upgrades: [['paint', '1.0.0', '2.0.0']],
      change: { signal: AbortSignal.abort(reason) },
    }),
  ).rejects.toBe(reason);
});
