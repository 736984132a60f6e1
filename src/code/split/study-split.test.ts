import { describe, expect, it } from 'vitest';
import type { Files } from '../../../test/support/move-files.ts';
import { changedFiles, studySplitOf } from '../../../test/support/split-files.ts';

const tsconfig = JSON.stringify({
  compilerOptions: { module: 'preserve', target: 'es2022', lib: ['es2022'], types: [], strict: true },
});

const text = {
  'text.ts':
    "// About text.\n\nimport { fold } from './fold';\n\nconst dash = '-';\n\n/** A word. */\nexport type Word = string;\n\n/** For addresses. */\nexport function slug(all: string): string {\n  return words(fold(all)).join(dash);\n}\n\nexport const words = (all: string): readonly Word[] => all.split(' ');\n\nexport const shout = (all: string) => words(all).join('').toUpperCase();\n",
  'fold.ts': 'export const fold = (all: string) => all.toLowerCase();\n',
  'index.ts': "export * from './text';\n",
  'use.ts': "import { shout, slug, type Word } from './text';\n\nexport const used: Word = slug('a') + shout('b');\n",
};

describe('declarations get a module of their own', () => {
  type Case = readonly [wish: string, after: Files, keepsOldNames?: boolean];
  const cases: Readonly<Record<string, Case>> = {
    'with what only they need, and every import of them': [
      'text.ts#slug=slug.ts',
      {
        'index.ts': "export * from './text';\nexport { slug } from './slug';\n",
        'slug.ts':
          "import { fold } from './fold';\nimport { words } from './text';\n\nconst dash = '-';\n\n/** For addresses. */\nexport function slug(all: string): string {\n  return words(fold(all)).join(dash);\n}\n",
        'text.ts':
          "// About text.\n\n/** A word. */\nexport type Word = string;\n\nexport const words = (all: string): readonly Word[] => all.split(' ');\n\nexport const shout = (all: string) => words(all).join('').toUpperCase();\n",
        'use.ts':
          "import { shout, type Word } from './text';\nimport { slug } from './slug';\n\nexport const used: Word = slug('a') + shout('b');\n",
      },
    ],
    'and the old module takes what it needs still': [
      'text.ts#words,Word=sub/words.ts',
      {
        'index.ts':
          "export * from './text';\nexport type { Word } from './sub/words';\nexport { words } from './sub/words';\n",
        'sub/words.ts':
          "/** A word. */\nexport type Word = string;\n\nexport const words = (all: string): readonly Word[] => all.split(' ');\n",
        'text.ts':
          "// About text.\n\nimport { fold } from './fold';\nimport { words } from './sub/words';\n\nconst dash = '-';\n\n/** For addresses. */\nexport function slug(all: string): string {\n  return words(fold(all)).join(dash);\n}\n\nexport const shout = (all: string) => words(all).join('').toUpperCase();\n",
        'use.ts':
          "import { shout, slug } from './text';\nimport { type Word } from './sub/words';\n\nexport const used: Word = slug('a') + shout('b');\n",
      },
    ],
    'and the old module passes it on': [
      'text.ts#words=words.ts',
      {
        'text.ts':
          "// About text.\n\nimport { fold } from './fold';\nimport { words } from './words';\nexport { words } from './words';\n\nconst dash = '-';\n\n/** A word. */\nexport type Word = string;\n\n/** For addresses. */\nexport function slug(all: string): string {\n  return words(fold(all)).join(dash);\n}\n\nexport const shout = (all: string) => words(all).join('').toUpperCase();\n",
        'words.ts':
          "import type { Word } from './text';\n\nexport const words = (all: string): readonly Word[] => all.split(' ');\n",
      },
      true,
    ],
  };
  for (const [name, [wish, after, keepsOldNames = false]] of Object.entries(cases)) {
    it(name, async () => {
      const { study } = await studySplitOf({ 'tsconfig.json': tsconfig, ...text }, [wish], { keepsOldNames });
      expect(study.obstacles).toEqual([]);
      expect(changedFiles(study)).toEqual(after);
    });
  }
});

it('directives of a module stand at the head of every new one', async () => {
  const source =
    "'use strict';\n'use client';\n\nimport { b } from './b';\n\nexport const a = () => b;\n\nexport const c = 1;\n\nexport const d = 2;\n";
  const files = { 'tsconfig.json': tsconfig, 'a.ts': source, 'b.ts': 'export const b = 1;\n' };
  const { study } = await studySplitOf(files, ['a.ts#a=n.ts', 'a.ts#c=m.ts'], { keepsOldNames: false });
  expect(study.obstacles).toEqual([]);
  expect(changedFiles(study)).toEqual({
    'a.ts': "'use strict';\n'use client';\n\nexport const d = 2;\n",
    'm.ts': "'use client';\n\nexport const c = 1;\n",
    'n.ts': "'use client';\n\nimport { b } from './b';\n\nexport const a = () => b;\n",
  });
});

it('imports are written as the module writes its own', async () => {
  const files = {
    'tsconfig.json': tsconfig,
    'a.ts':
      "import {\n\tone,\n\ttwo,\n\tthree\n} from './b.js';\nimport {type A, type B} from './b.js';\nimport {four} from './b.js';\n\nexport const x = (a: A, b: B) => [one, two, three, a, b];\n\nexport const y = () => four;\n",
    'b.ts': 'export const [one, two, three, four] = [1, 2, 3, 4];\nexport type A = 1;\nexport type B = 2;\n',
  };
  const { study } = await studySplitOf(files, ['a.ts#x=x.ts']);
  expect(study.obstacles).toEqual([]);
  expect(changedFiles(study)).toEqual({
    'a.ts': "import {four} from './b.js';\n\nexport const y = () => four;\n",
    'x.ts':
      "import {\n\tone,\n\ttwo,\n\tthree\n} from './b.js';\nimport {type A, type B} from './b.js';\n\nexport const x = (a: A, b: B) => [one, two, three, a, b];\n",
  });
});

it.each([
  ['stands first in its file', '', ''],
  ['stands directly behind the imports', "import { b } from './b';\n", "import { b } from './b';\n"],
])('a declaration that %s leaves room for what the module needs of it', async (_, head, left) => {
  const source = `${head}export const reg = new Map<string, number>();\nexport const size = () => reg.size${head === '' ? '' : ' + b'};\n`;
  const files = { 'tsconfig.json': tsconfig, 'a.ts': source, 'b.ts': 'export const b = 1;\n' };
  const { study } = await studySplitOf(files, ['a.ts#reg=r.ts'], { keepsOldNames: false });
  expect(study.obstacles).toEqual([]);
  const gap = head === '' ? '\n' : '';
  expect(changedFiles(study)).toEqual({
    'a.ts': `${left}import { reg } from './r';\n${gap}${source.split('\n').at(-2)}\n`,
    'r.ts': 'export const reg = new Map<string, number>();\n',
  });
});

describe('what a split cannot leave as it is, is named', () => {
  const cases: Readonly<Record<string, readonly [sources: Files, wish: string, why: RegExp]>> = {
    'what calls eval': [
      {
        'a.ts': "import { x } from './x';\nexport const a = (code: string) => eval(code);\nexport const b = x;\n",
        'x.ts': 'export const x = 1;\n',
      },
      'a.ts#a=b.ts',
      /it calls `eval`, which sees every name of its module/,
    ],
    'a private declaration that both sides need': [
      { 'a.ts': 'const n = 1;\nexport const a = () => n;\nexport const b = () => n;\n' },
      'a.ts#a=b.ts',
      /^a\.ts:1 n is private and needed on both sides/m,
    ],
    'a ring of both modules': [
      { 'a.ts': 'export const a = () => 1;\nexport const b = () => a();\nexport const c = () => b();\n' },
      'a.ts#a,c=b.ts',
      /^a\.ts:1 it would be in a cycle of imports with b\.ts/m,
    ],
    'a variable that is assigned again': [
      { 'a.ts': 'export let n = 1;\nexport const up = () => { n += 1; };\n' },
      'a.ts#n=b.ts',
      /^a\.ts:1 n stays where it is: it is a variable that is assigned again/m,
    ],
    'a module that is taken as a whole': [
      { 'a.ts': 'export const a = 1;\nexport const b = 2;\n', 'use.ts': "import * as all from './a';\nall.a;\n" },
      'a.ts#a=b.ts',
      /^a\.ts:1 a stays where it is: use\.ts:1 takes the module `\.\/a` as a whole, by the name all/m,
    ],
    'what is exported by a list': [
      { 'a.ts': 'const a = 1;\nexport const b = 2;\nexport { a };\n' },
      'a.ts#a=b.ts',
      /^a\.ts:1 a stays where it is: it is exported by a list/m,
    ],
    'what a package publishes': [
      {
        'package.json': JSON.stringify({ name: 'pack', version: '1.0.0', exports: './a.ts' }),
        'a.ts': 'export const a = 1;\nexport const b = 2;\n',
      },
      'a.ts#a=b.ts',
      /^a\.ts:1 a stays where it is: it is exported by a\.ts, which package pack publishes/m,
    ],
  };
  for (const [name, [sources, wish, why]] of Object.entries(cases)) {
    it(name, async () => {
      const { study } = await studySplitOf({ 'tsconfig.json': tsconfig, ...sources }, [wish]);
      expect(study.obstacles.map(({ file, line, why: one }) => `${file}:${line} ${one}`).join('\n')).toMatch(why);
    });
  }
});

it('what comes in another order when modules are loaded is told', async () => {
  const a =
    'export const first = Math.random();\nexport const second = () => first;\nexport const third = Math.random();\n';
  const ordersOf = async (main: string) => {
    const { study } = await studySplitOf({ 'tsconfig.json': tsconfig, 'a.ts': a, 'main.ts': main }, [
      'a.ts#third=b.ts',
    ]);
    expect(study.obstacles).toEqual([]);
    return study.orders;
  };
  const use = 'export const all = [second, third];\n';
  expect(await ordersOf(`import { second, third } from './a';\n${use}`)).toEqual([]);
  expect(await ordersOf(`import { third } from './a';\nimport { second } from './a';\n${use}`)).toEqual([
    { entry: 'main.ts', before: ['a.ts:1', 'a.ts:3'], after: ['a.ts:3', 'a.ts:1'] },
  ]);
});

it('what no file of the tree is, is resolved by the compiler in the new module too', async () => {
  const { study } = await studySplitOf(
    {
      'package.json': '{"name":"x","type":"module"}',
      'a.js':
        "import path from 'node:path';\nexport function two() { return path.join('a', 'b'); }\nexport const one = 1;\n",
    },
    ['a.js#two=b.js'],
  );
  expect(study.obstacles).toEqual([]);
});
