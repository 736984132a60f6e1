import { describe, expect, it } from 'vitest';
import { memoryTree } from '../../engine/memory-tree.ts';
import { runRecipe } from '../../engine/run-recipe.ts';
import { typescriptStrict } from './recipe.ts';

const { signal } = new AbortController();
const typescript = '{ "version": "5.9.3" }';
const plain = JSON.stringify({ compilerOptions: { module: 'esnext', target: 'es2022', lib: ['es2022'], types: [] } });

async function run(files: Readonly<Record<string, string>>, params: Readonly<Record<string, string>> = {}) {
  const tree = memoryTree({ 'node_modules/typescript/package.json': typescript, 'a.ts': 'export {};\n', ...files });
  return runRecipe(typescriptStrict, tree, { params, signal });
}

describe('what is refused is named, and nothing changes', () => {
  const cases: Readonly<
    Record<
      string,
      readonly [files: Readonly<Record<string, string>>, params: Readonly<Record<string, string>>, why: RegExp]
    >
  > = {
    'a flag that is none': [{ 'tsconfig.json': plain }, { flags: 'strictNulls' }, /flags=strictNulls is no flag/],
    'no configuration': [{}, {}, /There is no tsconfig\.json/],
    'a configuration of projects': [
      { 'tsconfig.json': '{ "files": ["a.ts"], "references": [{ "path": "./b" }] }' },
      {},
      /refers to projects/,
    ],
    'a configuration that extends what is not there': [
      { 'tsconfig.json': '{ "extends": "./base.json" }' },
      {},
      /base\.json/,
    ],
    components: [{ 'tsconfig.json': plain, 'app/main.vue': '<template />' }, {}, /app\/main\.vue is a component/],
    'TypeScript that is not there': [
      { 'tsconfig.json': plain, 'node_modules/typescript/package.json': '{}' },
      {},
      /TypeScript is not installed/,
    ],
  };
  for (const [name, [files, params, why]] of Object.entries(cases)) {
    it(name, async () => {
      const { changes, faults } = await run(files, params);
      expect(changes).toEqual([]);
      expect(faults.map(({ message }) => message).join('\n')).toMatch(why);
    });
  }
});

it('a type that somebody reads as if nothing were missing is not widened, and one beside it is', async () => {
  const { changes, unresolved } = await run(
    {
      'tsconfig.json': plain,
      'a.ts':
        'export class Cart {\n  total: number = null;\n  note: string = null;\n  half() {\n    return this.total.toFixed(1);\n  }\n}\n',
    },
    { flags: 'strictNullChecks' },
  );
  const cart = changes.find(({ path }) => path === 'a.ts')?.after;
  expect(cart).toContain('note: string | null = null;');
  expect(cart).toContain('total: number = null;');
  expect(unresolved.map(({ file, line, message }) => `${file}:${line} ${message}`)).toContainEqual(
    expect.stringMatching(/^a\.ts:2 strictNullChecks is off here: 1 error, the first TS2322/),
  );
});

it('files of a configuration that extends the named one count too', async () => {
  const { changes } = await run(
    {
      'tsconfig.json': JSON.stringify({ ...JSON.parse(plain), include: ['src'] }),
      'tsconfig.test.json': '{ "extends": "./tsconfig.json", "include": ["test"] }',
      'package.json': '{}\n',
      'src/a.ts': 'export const a = 1;\n',
      'test/b.ts':
        "import { a } from '../src/a';\nexport const b: string = a > 1 ? 'b' : undefined;\nexport const c = b.length;\n",
    },
    { flags: 'strictNullChecks' },
  );
  const ratchet = changes.find(({ path }) => path === 'tsconfig.strict-null-checks.json')?.after ?? '';
  expect(JSON.parse(ratchet)).toMatchObject({ extends: './tsconfig.json', include: [], files: ['src/a.ts'] });
});

it('declarations that stand in a file of their own say what they receive too', async () => {
  const { changes } = await run(
    {
      'tsconfig.json': plain,
      'cart.d.ts': 'export type Cart = { note: string };\n',
      'a.ts': "import type { Cart } from './cart';\nexport const cart: Cart = { note: null };\n",
    },
    { flags: 'strictNullChecks' },
  );
  expect(changes.find(({ path }) => path === 'cart.d.ts')?.after).toContain('note: string | null');
});
