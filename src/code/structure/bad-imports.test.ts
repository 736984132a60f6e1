import { describe, expect, it } from 'vitest';
import type { Files } from '../../../test/support/move-files.ts';
import { studyCyclesOf } from '../../../test/support/split-files.ts';
import { badImports } from './bad-imports.ts';
import { commentLinks } from './comment-links.ts';
import type { ImportRules } from './import-rules.ts';
import { newImports } from './new-imports.ts';

const tsconfig = JSON.stringify({
  compilerOptions: { module: 'preserve', target: 'es2022', lib: ['es2022'], types: [], strict: true },
});

async function found(sources: Files, rules: Partial<ImportRules>): Promise<readonly string[]> {
  const { open } = await studyCyclesOf({ 'tsconfig.json': tsconfig, ...sources });
  const all = badImports(open.modules, { layers: [], typeImports: 'count', ...rules }, commentLinks(open));
  return all.map(({ kind, file, line, chain }) => `${kind} ${file}:${line} ${chain.join(' > ')}`);
}

describe('imports that break the rules', () => {
  const layers = ['app/**', ['db/**', 'code/**'], 'core/**'];
  const cases: Readonly<
    Record<string, readonly [rules: Partial<ImportRules>, sources: Files, bad: readonly string[]]>
  > = {
    'those of a cycle, each with its shortest way back': [
      { cycles: 'none' },
      {
        'a.ts': "import { x } from './x';\nimport { b } from './b';\nexport const a = () => b() + x;\n",
        'b.ts': "import { c } from './c';\nexport const b = () => c();\n",
        'c.ts': "import { a } from './a';\nexport const c = (): number => a();\n",
        'x.ts': 'export const x = 1;\n',
      },
      [
        'cycle a.ts:2 a.ts > b.ts > c.ts > a.ts',
        'cycle b.ts:1 b.ts > c.ts > a.ts > b.ts',
        'cycle c.ts:1 c.ts > a.ts > b.ts > c.ts',
      ],
    ],
    'a type that a doc comment of JavaScript takes': [
      { layers },
      {
        'core/a.js': "/** @type {import('../app/b.js').B | undefined} */\nexport let a;\n",
        'app/b.js': '/** @typedef {number} B */\nexport const b = 1;\n',
      },
      ['layer core/a.js:1 core/a.js > app/b.js'],
    ],
    'not a ring of types, nor one that is closed later': [
      { cycles: 'none' },
      {
        'a.ts': "import { b } from './b';\nexport type A = 1;\nexport const a = () => b;\n",
        'b.ts': "import type { A } from './a';\nexport const b: A = 1;\nexport const late = () => import('./a');\n",
      },
      [],
    ],
    'up and sideways, not down or within a layer': [
      { layers },
      {
        'app/main.ts':
          "import { q } from '../db/query';\nimport { id } from '../core/id';\nexport const main = () => q() + id;\n",
        'db/query.ts':
          "import { id } from '../core/id';\nimport { p } from '../code/parse';\nimport './pool';\nexport const q = () => id + p;\n",
        'db/pool.ts': 'export const pool = 1;\n',
        'code/parse.ts': 'export const p = 1;\n',
        'core/id.ts':
          "import { main } from '../app/main';\nexport const id: number = 1;\nexport const run = () => main();\n",
      },
      ['layer core/id.ts:1 core/id.ts > app/main.ts', 'layer db/query.ts:2 db/query.ts > code/parse.ts'],
    ],
    'by way of a module that is in no layer': [
      { layers },
      {
        'core/id.ts': "import { tie } from '../tie';\nexport const id = () => tie();\n",
        'tie.ts': "import { main } from './app/main';\nexport const tie = () => main;\n",
        'app/main.ts': 'export const main = 1;\n',
      },
      ['layer core/id.ts:1 core/id.ts > tie.ts > app/main.ts'],
    ],
    'of types alone, where they count': [
      { layers },
      {
        'core/id.ts': "import type { Main } from '../app/main';\nexport type Id = Main;\n",
        'app/main.ts': 'export type Main = 1;\n',
      },
      ['layer core/id.ts:1 core/id.ts > app/main.ts'],
    ],
    'not of types alone, where they pass': [
      { layers, typeImports: 'pass' },
      {
        'core/id.ts': "import type { Main } from '../app/main';\nexport type Id = Main;\n",
        'app/main.ts': 'export type Main = 1;\n',
      },
      [],
    ],
  };
  for (const [name, [rules, sources, bad]] of Object.entries(cases)) {
    it(name, async () => {
      expect(await found(sources, rules)).toEqual(bad);
    });
  }
});

it('what was there is not new, nor what stands for it in a module that was renamed; everything else is', () => {
  const bad = (file: string, to: string) => ({ kind: 'cycle' as const, file, line: 1, to, chain: [file, to, file] });
  const before = [bad('a.ts', 'b.ts'), bad('b.ts', 'a.ts')];
  const after = [bad('a.ts', 'c.ts'), bad('c.ts', 'a.ts'), bad('a.ts', 'd.ts')];
  const sources = { before: ['a.ts', 'b.ts', 'd.ts'], after: ['a.ts', 'c.ts', 'd.ts'] };
  expect(newImports(before, after, sources)).toEqual([bad('a.ts', 'd.ts')]);
  expect(newImports(before, before, sources)).toEqual([]);
});
