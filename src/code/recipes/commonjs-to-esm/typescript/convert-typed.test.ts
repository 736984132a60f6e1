import { expect, it } from 'vitest';
import { memoryTree } from '../../../engine/memory-tree.ts';
import { runRecipe } from '../../../engine/run-recipe.ts';
import { commonjsToEsm } from '../recipe.ts';

const { signal } = new AbortController();
type Texts = Readonly<Record<string, string>>;
const manifest = (fields: Readonly<Record<string, unknown>> = {}) =>
  JSON.stringify({ name: 'a', private: true, ...fields });
const config = (options: Readonly<Record<string, unknown>> = {}) =>
  JSON.stringify({ compilerOptions: { target: 'es2022', module: 'commonjs', esModuleInterop: true, ...options } });
const common: Texts = {
  'package.json': manifest(),
  'tsconfig.json': config(),
  'node_modules/typescript/package.json': '{ "version": "5.9.3" }',
};

async function made(
  files: Texts,
): Promise<{ readonly faults: string; readonly texts: ReadonlyMap<string, string | undefined> }> {
  const run = await runRecipe(commonjsToEsm, memoryTree({ ...common, ...files }), { params: {}, signal });
  return {
    faults: run.faults.map(({ message }) => message).join('\n'),
    texts: new Map(run.changes.map(({ path, after }) => [path, after])),
  };
}

it.each<readonly [string, Texts, string]>([
  ['Jest', { 'package.json': manifest({ scripts: { test: 'jest' } }) }, 'plan --recipe jest-to-vitest'],
  ['a hook', { 'package.json': manifest({ scripts: { test: 'mocha -r ts-node/register' } }) }, 'ts-node/register'],
  [
    'another builder',
    { 'package.json': manifest({ scripts: { build: 'babel src --out-dir lib' } }) },
    'builds with babel',
  ],
  ['two builds', { 'package.json': manifest({ module: 'esm/a.js' }) }, 'publishes ES modules beside CommonJS'],
  ['an empty tsconfig', { 'tsconfig.json': '' }, 'names no target'],
  ['no target', { 'tsconfig.json': config({ target: undefined }) }, 'names no target'],
  ['other modules', { 'tsconfig.json': config({ module: 'esnext' }) }, 'does not compile to CommonJS'],
  ['an old compiler', { 'node_modules/typescript/package.json': '{ "version": "4.9.5" }' }, 'Its TypeScript is 4.9.5'],
  ['both by name', { 'b.cts': 'export const b = 1;\n' }, 'b.cts says by its name what it is'],
  ['allowJs', { 'tsconfig.json': config({ allowJs: true }), 'b.js': 'exports.b = 1;\n' }, 'has allowJs'],
  [
    'an order',
    {
      'a.ts': "import { b } from './b';\nb();\nimport './c';\n",
      'b.ts': 'export const b = () => 1;\n',
      'c.ts': 'export {};\n',
    },
    'a.ts:2: this runs before an import',
  ],
  [
    'a cycle',
    {
      'a.ts': "import { B } from './b';\nexport class A extends B {}\n",
      'b.ts': "import { A } from './a';\nexport class B {\n  a() {\n    return new A();\n  }\n}\n",
    },
    'a.ts:2: it runs while the cycle a.ts, b.ts is loaded',
  ],
  ['module.exports', { 'a.ts': 'module.exports = 1;\n' }, 'a.ts:1: `module.exports` has no form'],
  [
    'a local require',
    { 'a.ts': "const b = require('./b');\n", 'b.ts': 'export const b = 1;\n' },
    "a.ts:1: `require('./b')` has no form",
  ],
  [
    'JSON without a promise',
    { 'a.ts': "import b from './b.json';\nexport const c = b;\n", 'b.json': '{}' },
    'a.ts:1: JSON can be imported from Node 20.10 on',
  ],
  ['what is not installed', { 'a.ts': "import b from 'b';\nb();\n" }, 'a.ts:1: b is not installed'],
  [
    'a package that looks at who requires it',
    {
      'a.ts': "import stub = require('stub');\nstub('./b');\n",
      'node_modules/stub/package.json': '{ "version": "1.0.0" }',
      'node_modules/stub/index.js': 'module.exports = (path) => module.parent.require(path);\n',
    },
    'a.ts:1: stub looks at the module that requires it (`module.parent`)',
  ],
  [
    'an alias',
    { 'a.ts': "import b from '@/b';\nb();\n", 'b.ts': 'export default () => 1;\n' },
    'a.ts:1: @/b is not installed, or no file',
  ],
  ['built files in a script', { 'c.js': "require('./dist/a');\n" }, 'c.js:1: it requires ./dist/a'],
  [
    'JavaScript of the tree',
    { 'a.ts': "import { c } from './c';\nc();\n", 'c.js': 'exports.c = () => 1;\n' },
    './c is JavaScript of the tree',
  ],
])('refused with its place, and nothing is changed: %s', async (_, files, why) => {
  const { faults, texts } = await made({ 'a.ts': 'export const a = 1;\n', ...files });
  expect(faults).toContain(why);
  expect([...texts]).toEqual([]);
});

it('types alone need nothing to be installed, and get their endings', async () => {
  const { faults, texts } = await made({
    'a.ts':
      "import { Node } from 'estree';\nimport { B } from './b';\nexport type A = Node | B;\ndeclare module './b' {}\n",
    'b.d.ts': 'export type B = 1;\n',
  });
  expect(faults).toBe('');
  expect(texts.get('a.ts')).toBe(
    "import { Node } from 'estree';\nimport { B } from './b.js';\nexport type A = Node | B;\ndeclare module './b.js' {}\n",
  );
});

it('a configuration that is extended is changed once, and a module system that is inherited from outside is named', async () => {
  const { faults, texts } = await made({
    'a.ts': 'export const a = 1;\n',
    'tsconfig.json': '{ "extends": "./tsconfig.base.json", "compilerOptions": { "moduleResolution": "node" } }\n',
    'tsconfig.base.json': config(),
    'tsconfig.test.json': '{ "extends": "base/tsconfig.json" }\n',
    'node_modules/base/tsconfig.json': config(),
  });
  expect(faults).toBe('');
  expect(texts.get('tsconfig.base.json')).toContain('"module":"nodenext"');
  expect(texts.get('tsconfig.json')).toBe(
    '{ "extends": "./tsconfig.base.json", "compilerOptions": { "moduleResolution": "nodenext" } }\n',
  );
  expect(texts.get('tsconfig.test.json')).toMatch(/"module": "nodenext"/);
});

it('an installed configuration that is extended by its path is read, and left as it is', async () => {
  const { faults, texts } = await made({
    'a.ts': "export * from './b';\n",
    'b.ts': 'export const b = 1;\n',
    'tsconfig.json': '{ "extends": "./node_modules/base/tsconfig.json", "compilerOptions": { "outDir": "build" } }\n',
    'node_modules/base/tsconfig.json': config(),
  });
  expect(faults).toBe('');
  expect([...texts.keys()]).toEqual(['a.ts', 'package.json', 'tsconfig.json']);
  expect(texts.get('tsconfig.json')).toContain('"module": "nodenext"');
});

it('a cycle of functions alone is no hindrance', async () => {
  const { faults } = await made({
    'a.ts': "import { b } from './b';\nexport const a = (): number => b();\n",
    'b.ts': "import { a } from './a';\nexport const b = (): number => a();\n",
  });
  expect(faults).toBe('');
});
