import { describe, expect, it } from 'vitest';
import type { Files } from '../../../test/support/move-files.ts';
import { changedFiles, studyCyclesOf } from '../../../test/support/split-files.ts';

const tsconfig = JSON.stringify({
  compilerOptions: { module: 'preserve', target: 'es2022', lib: ['es2022'], types: [], strict: true },
});

async function broken(sources: Files): Promise<Files> {
  const { study } = await studyCyclesOf({ 'tsconfig.json': tsconfig, ...sources });
  expect(study.obstacles).toEqual([]);
  return changedFiles(study);
}

describe('the cheapest cut is made', () => {
  type Case = readonly [before: Files, after: Files];
  const cases: Readonly<Record<string, Case>> = {
    'an import of types alone says so': [
      {
        'a.ts': "import { B } from './b';\nexport class A { b?: B }\n",
        'b.ts': "import { A } from './a';\nexport class B { make() { return new A(); } }\n",
      },
      { 'a.ts': "import type { B } from './b';\nexport class A { b?: B }\n" },
    ],
    'a barrel that leads back is passed by': [
      {
        'index.ts': "export * from './a';\nexport * from './b';\n",
        'a.ts': "import { b } from './index';\nexport const a = () => b();\n",
        'b.ts': 'export const b = () => 1;\n',
      },
      { 'a.ts': "import { b } from './b';\nexport const a = () => b();\n" },
    ],
    'one declaration moves, with its comment and what it needs': [
      {
        'a.ts':
          "import { b } from './b';\n\nconst depth = 3;\n\n/** As deep as it goes. */\nexport function deep(): number {\n  return depth;\n}\n\n// Uses both.\nexport function a(): number {\n  return b() + deep();\n}\n\nexport const d = () => b() + 1;\nexport const e = () => b() + 2;\n",
        'b.ts': "import { deep } from './a';\n\nexport const b = () => deep() * 2;\nexport const c = () => b();\n",
        'use.ts': "import { a, deep } from './a';\na();\ndeep();\n",
      },
      {
        'a.ts':
          "import { b } from './b';\nimport { deep } from './deep';\n\n// Uses both.\nexport function a(): number {\n  return b() + deep();\n}\n\nexport const d = () => b() + 1;\nexport const e = () => b() + 2;\n",
        'b.ts': "import { deep } from './deep';\n\nexport const b = () => deep() * 2;\nexport const c = () => b();\n",
        'deep.ts':
          'const depth = 3;\n\n/** As deep as it goes. */\nexport function deep(): number {\n  return depth;\n}\n',
        'use.ts': "import { a } from './a';\nimport { deep } from './deep';\na();\ndeep();\n",
      },
    ],
    'of two that move one the one that touches the fewest files, by the endings of its neighbours': [
      {
        'a.ts':
          "import { two } from './b.js';\nexport const one = () => 1;\nexport const three = () => two() + one();\n",
        'b.ts':
          "import { one } from './a.js';\nconst x = () => one();\nconst y = () => x();\nexport const two = () => y() + x();\n",
      },
      {
        'a.ts': 'export const one = () => 1;\n',
        'three.ts':
          "import { two } from './b.js';\nimport { one } from './a.js';\n\nexport const three = () => two() + one();\n",
      },
    ],
  };
  for (const [name, [before, after]] of Object.entries(cases)) {
    it(name, async () => {
      expect(await broken(before)).toEqual(after);
    });
  }
});

it('a new module is named after what moves in the end, and no other cut does the same', async () => {
  const { studied } = await studyCyclesOf({
    'tsconfig.json': tsconfig,
    'calendar.ts':
      "import { rounded } from './fare';\nexport const isPeak = (day: Date): boolean => day.getMonth() === 6;\nexport const ends = (day: Date): number => rounded(day.getHours());\n",
    'fare.ts':
      "import { isPeak } from './calendar';\nexport type Crossing = { readonly leaves: Date };\nconst base = 1_850;\nexport function fare(crossing: Crossing): number {\n  return rounded(isPeak(crossing.leaves) ? base * 2 : base);\n}\nexport function rounded(amount: number): number {\n  return Math.ceil(amount);\n}\n",
  });
  const moves = studied.flatMap(({ cut, others }) =>
    [cut, ...others].map((one) => [...(one?.layout.moved ?? [])].map(([id, to]) => `${id} ${to}`).join()),
  );
  expect(moves).toContain('fare.ts#rounded rounded.ts');
  expect(new Set(moves).size).toBe(moves.length);
});

describe('what cannot be cut is named, and left', () => {
  const cases: Readonly<Record<string, readonly [sources: Files, why: RegExp]>> = {
    'declarations that need each other': [
      {
        'a.ts': "import { odd } from './b';\nexport const even = (n: number): boolean => n === 0 || odd(n - 1);\n",
        'b.ts': "import { even } from './a';\nexport const odd = (n: number): boolean => n !== 0 && even(n - 1);\n",
      },
      /^a\.ts:1 odd \(b\.ts:2\) and even \(a\.ts:2\) need each other when they run/m,
    ],
    'a value that is made when the module is loaded': [
      {
        'a.ts': "import { b } from './b';\nexport const made = Math.random();\nexport default () => b;\n",
        'b.ts': "import { made } from './a';\nexport const b = Math.max(1, 2);\nexport default () => made;\n",
      },
      /^b\.ts:1 made \(a\.ts:2\) stays where it is: its value is made by code that runs/m,
    ],
    'a variable that is assigned again': [
      {
        'a.ts':
          "import { b } from './b';\nexport let count = 0;\nexport default function a() { count += 1; return b(); }\n",
        'b.ts':
          "import { count } from './a';\nexport default function b2() { return count; }\nexport const b = () => count;\nb();\nexport { b as c };\n",
      },
      /^b\.ts:1 count \(a\.ts:2\) stays where it is: it is a variable that is assigned again/m,
    ],
    'an import for what it does': [
      { 'a.ts': "import './b';\nexport const a = 1;\n", 'b.ts': "import './a';\nexport const b = 1;\n" },
      /^a\.ts:1 `\.\/b` is loaded as a whole, for what it does/m,
    ],
  };
  for (const [name, [sources, why]] of Object.entries(cases)) {
    it(name, async () => {
      const { studied, study } = await studyCyclesOf({ 'tsconfig.json': tsconfig, ...sources });
      expect(study.changes).toEqual([]);
      const said = studied.flatMap(({ held }) => held.map(({ file, line, why: one }) => `${file}:${line} ${one}`));
      expect(said.join('\n')).toMatch(why);
    });
  }
});
