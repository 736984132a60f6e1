import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
import { deprecatedUses, type UsesOptions } from './deprecated-uses.ts';

const library = `
/** @deprecated Use {@link fresh} instead,
 *   since 2.0. */
export declare function stale(): void;
export declare function fresh(): void;
export declare function both(a: string): void;
/** @deprecated pass a string */
export declare function both(a: number): void;
export interface Options {
  a: string;
  /** @deprecated */
  b?: string;
}
export declare const options: Options;
`;
const manifest = JSON.stringify({ name: 'old-lib', version: '2.0.0', types: 'index.d.ts', main: 'index.js' });
const packages = {
  'package.json': '{}',
  'node_modules/old-lib/package.json': manifest,
  'node_modules/old-lib/index.d.ts': library,
  'node_modules/@types/team__plain/package.json':
    '{ "name": "@types/team__plain", "version": "1.0.0", "types": "index.d.ts" }',
  'node_modules/@types/team__plain/index.d.ts': '/** @deprecated gone */ export declare const gone: number;',
};

async function look(files: Readonly<Record<string, string>>, change: Partial<UsesOptions> = {}) {
  const tree = await makeTree({ ...packages, ...files });
  try {
    const configs = Object.keys(files).filter((file) => file.endsWith('tsconfig.json'));
    const { uses, unknown } = await deprecatedUses({
      root: tree.root,
      files: Object.keys(files),
      configs,
      signal: new AbortController().signal,
      nowMs: () => 0,
      budgetMs: 1,
      ...change,
    });
    const lines = uses.map(
      ({ name, package: from, place, replacement }) =>
        `${place.file}:${place.line}:${place.column} ${name} ${from}${replacement === undefined ? '' : `: ${replacement}`}`,
    );
    return { lines, uses, unknown };
  } finally {
    await tree.remove();
  }
}

it('finds functions, overloads and members by symbol, with package, place and replacement', async () => {
  const text =
    "\uFEFFimport { both, fresh, options, stale as old } from 'old-lib';\r\nold();\r\nfresh();\r\nboth(1);\r\nboth('');\r\noptions.b;\r\n";
  const { lines, uses } = await look({
    'tsconfig.json': '{ "compilerOptions": { "strict": true } }',
    'src/a.ts': text,
  });
  expect(lines).toEqual([
    'src/a.ts:1:32 stale as old old-lib: Use fresh instead, since 2.0.',
    'src/a.ts:2:1 old old-lib: Use fresh instead, since 2.0.',
    'src/a.ts:4:1 both old-lib: pass a string',
    'src/a.ts:6:9 b old-lib',
  ]);
  expect(uses.map(({ place }) => text.slice(place.offset, place.offset + place.length))).toEqual([
    'stale as old',
    'old',
    'both',
    'b',
  ]);
});

it('looks into JavaScript, with and without tsconfig, and names the language and @types', async () => {
  const { lines } = await look({
    'tsconfig.json':
      '{ "compilerOptions": { "checkJs": false, "futureOption": true, "module": "nonsense" }, "include": ["src"] }',
    'src/a.js': "const { stale } = require('old-lib');\nstale();\n",
    'tool.cjs': "const { gone } = require('@team/plain');\n'a'.substr(gone);\n",
    'own.mjs': '/** @deprecated mine */\nexport function mine() {}\nmine();\n',
  });
  expect(lines).toEqual([
    expect.stringMatching(/^own\.mjs:3:1 mine \(this tree\): mine$/),
    'src/a.js:2:1 stale old-lib: Use fresh instead, since 2.0.',
    expect.stringMatching(/^tool\.cjs:2:5 substr \(language\): A legacy feature/),
    'tool.cjs:2:12 gone @team/plain: gone',
  ]);
});

it('follows references, and a package that lies elsewhere behind a link', async () => {
  const tree = await makeTree({
    'package.json': '{}',
    'store/old-lib@2/node_modules/old-lib/package.json': manifest,
    'store/old-lib@2/node_modules/old-lib/index.d.ts': library,
    'tsconfig.json': '{ "files": [], "references": [{ "path": "app" }] }',
    'app/tsconfig.json': '{ "compilerOptions": { "composite": true } }',
    'app/a.ts': "import { stale } from 'old-lib';\nstale();\n",
  });
  try {
    await mkdir(join(tree.root, 'node_modules'));
    await symlink(join(tree.root, 'store/old-lib@2/node_modules/old-lib'), join(tree.root, 'node_modules/old-lib'));
    const { signal } = new AbortController();
    const { uses } = await deprecatedUses({
      root: tree.root,
      files: [],
      configs: ['tsconfig.json'],
      signal,
      nowMs: () => 0,
      budgetMs: 1,
    });
    expect(uses.map(({ package: from, place }) => [from, place.file, place.line])).toEqual([
      ['old-lib', 'app/a.ts', 1],
      ['old-lib', 'app/a.ts', 2],
    ]);
  } finally {
    await tree.remove();
  }
});

it('says what it did not look at: for its size, or for want of time', async () => {
  const large = await look({ 'big.js': `'a'.substr(1);\n${'// x\n'.repeat(300_000)}` });
  expect(large.lines).toEqual([]);
  expect(large.unknown).toEqual([
    { what: 'uses of deprecated API in big.js', why: expect.stringContaining('1048576 bytes') },
  ]);
  let clock = 0;
  const slow = await look(
    { 'a.js': "'a'.substr(1);", 'b.js': "'b'.substr(1);" },
    {
      nowMs: () => {
        clock += 1;
        return clock;
      },
    },
  );
  expect(slow.lines).toHaveLength(1);
  expect(slow.unknown).toEqual([
    { what: 'uses of deprecated API in files of no tsconfig', why: expect.stringContaining('too large') },
  ]);
});

it('stops between files when it is told to', async () => {
  const reason = new Error('told to');
  await expect(look({ 'a.js': '1' }, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
