import { expect, it } from 'vitest';
import { memoryTree } from '../../../engine/memory-tree.ts';
import { runRecipe } from '../../../engine/run-recipe.ts';
import { javascriptToTypescript } from '../recipe.ts';

const manifest = '{"name":"x","private":true,"type":"module","engines":{"node":">=24"}}\n';
const entry = '/** @typedef {{ at: number }} Entry */\nexport {};\n';

type Case = [name: string, before: string, after: string | undefined, ...untold: string[]];

/** Each text as TypeScript, and the comments of which the plan says that they are not all in the code; undefined where it stays. */
async function typed(cases: readonly Case[]): Promise<ReadonlyMap<string, readonly (string | undefined)[]>> {
  const files = Object.fromEntries(cases.map(([, before], at) => [`at-${at}.js`, before]));
  const { signal } = new AbortController();
  const { changes, unresolved, faults } = await runRecipe(
    javascriptToTypescript,
    memoryTree({ 'package.json': manifest, 'entry.js': entry, ...files }),
    { params: {}, signal },
  );
  expect(faults).toEqual([]);
  return new Map(
    cases.map(([name], at) => {
      const after = changes.find(({ path }) => path === `at-${at}.ts`)?.after?.trim();
      const own = unresolved.filter(({ file }) => file === `at-${at}.ts`);
      return [name, [after, ...own.flatMap(({ message }) => /@\w+/.exec(message) ?? [])]];
    }),
  );
}

const parse = "(input: string, kind?: 'json' | 'text') => string[]";
const alias = `export type Parse = ${parse};\n`;

const wholes: readonly Case[] = [
  [
    'a default',
    `/** @type {${parse}} */\nexport default function f(input, kind = 'text') { return [input, kind]; }`,
    "export default function f(input: string, kind: 'json' | 'text' = 'text'): string[] { return [input, kind]; }",
  ],
  [
    'a rest',
    '/** @type {(a: string, ...more: number[]) => void} */\nexport function f(a, ...more) {}',
    'export function f(a: string, ...more: number[]): void {}',
  ],
  [
    'several parameters as a rest',
    '/** @type {(a: string, b: number, c?: string) => void} */\nexport function f(...all) {}',
    'export function f(...all: [a: string, b: number, c?: string]): void {}',
  ],
  [
    'a pattern with a default',
    "/** @type {(o?: { kind?: 'a' | 'b' }) => void} */\nexport function f({ kind = 'a' } = {}) {}",
    "export function f({ kind = 'a' }: { kind?: 'a' | 'b' } = {}): void {}",
  ],
  [
    '`this`',
    '/** @type {(this: Date, n: number) => number} */\nexport function f(n) { return this.getTime() + n; }',
    'export function f(this: Date, n: number): number { return this.getTime() + n; }',
  ],
  [
    'type parameters',
    '/** @type {<T extends object>(xs: T[], by: (x: T) => string) => Map<string, T>} */\nexport function f(xs, by) { return new Map(xs.map((x) => [by(x), x])); }',
    'export function f<T extends object>(xs: T[], by: (x: T) => string): Map<string, T> { return new Map(xs.map((x) => [by(x), x])); }',
  ],
  [
    'the form of JSDoc',
    "/** @type {function(this:Date, string, ('a'|'b')=, ...number): string} */\nexport function f(a, b = 'a', ...c) { return a + b + c.length; }",
    "export function f(this: Date, a: string, b: ('a'|'b') = 'a', ...c: number[]): string { return a + b + c.length; }",
  ],
  [
    'a name',
    `/** @typedef {${parse}} Parse */\n\n/** @type {Parse} */\nexport function f(input, kind = 'text') { return [input, kind]; }`,
    `${alias}\nexport function f(input: Parameters<Parse>[0], kind: Parameters<Parse>[1] = 'text'): ReturnType<Parse> { return [input, kind]; }`,
  ],
  [
    'a name, left out',
    `/** @typedef {${parse}} Parse */\n\n/** @type {Parse} */\nexport function f(input, kind) { return [input, kind ?? '']; }\nf('a');`,
    `${alias}\nexport function f(input: Parameters<Parse>[0], kind?: Parameters<Parse>[1]): ReturnType<Parse> { return [input, kind ?? '']; }\nf('a');`,
  ],
  [
    'a callback',
    '/**\n * @callback Parse\n * @param {string} input\n * @param {...number} more\n * @returns {void}\n */\n\n/** @type {Parse} */\nexport function f(input, ...more) {}',
    'export type Parse = (input: string, ...more: number[]) => void;\n\nexport function f(input: Parameters<Parse>[0], ...more: Parameters<Parse>[1][]): ReturnType<Parse> {}',
  ],
  [
    'a callback with `this`',
    '/**\n * @callback Since\n * @this {Date}\n * @param {number} n\n * @returns {number}\n */\n\n/** @type {Since} */\nexport function f(n) { return this.getTime() + n; }',
    'export type Since = (this: Date, n: number) => number;\n\nexport function f(this: ThisParameterType<Since>, n: Parameters<Since>[0]): ReturnType<Since> { return this.getTime() + n; }',
  ],
  [
    'a name with `this`',
    '/** @typedef {(this: Date, n: number) => number} Since */\n\n/** @type {Since} */\nexport function f(n) { return this.getTime() + n; }',
    'export type Since = (this: Date, n: number) => number;\n\nexport function f(this: ThisParameterType<Since>, n: Parameters<Since>[0]): ReturnType<Since> { return this.getTime() + n; }',
  ],
];

const placed: readonly Case[] = [
  [
    'members of a class',
    `export class A {\n  /** @type {${parse}} */\n  f(input, kind = 'text') { return [input, kind]; }\n  /** @type {${parse}} */\n  g = (input, kind = 'text') => [input, kind];\n  /** @type {'a' | 'b'} */\n  get h() { return 'a'; }\n}`,
    `export class A {\n  f(input: string, kind: 'json' | 'text' = 'text'): string[] { return [input, kind]; }\n  g: ${parse} = (input, kind = 'text') => [input, kind];\n  get h(): 'a' | 'b' { return 'a'; }\n}`,
  ],
  [
    'members of an object',
    `export const o = {\n  /** @type {${parse}} */\n  f(input, kind = 'text') { return [input, kind]; },\n  /** @type {${parse}} */\n  g: (input, kind = 'text') => [input, kind],\n  /** @type {'a' | 'b'} */\n  h: 1 > 2 ? 'a' : 'b',\n};`,
    `export const o = {\n  f(input: string, kind: 'json' | 'text' = 'text'): string[] { return [input, kind]; },\n  g: ((input, kind = 'text') => [input, kind]) as ${parse},\n  h: (1 > 2 ? 'a' : 'b') as 'a' | 'b',\n};`,
  ],
  [
    'variables',
    `/** @type {${parse}} */\nexport const f = (input, kind = 'text') => [input, kind];\n/** @type {${parse}} */\nexport const g = function (input, kind = 'text') { return [input, kind]; };`,
    `export const f: ${parse} = (input, kind = 'text') => [input, kind];\nexport const g: ${parse} = function (input, kind = 'text') { return [input, kind]; };`,
  ],
  [
    'what is exported by default',
    "/** @type {import('./entry.js').Entry} */\nexport default { at: 1 };",
    "import type { Entry } from './entry.ts';\n\nexport default { at: 1 } as Entry;",
  ],
  [
    'a function that is exported by default',
    `/** @type {${parse}} */\nexport default (input, kind = 'text') => [input, kind];`,
    `export default ((input, kind = 'text') => [input, kind]) as ${parse};`,
  ],
  [
    'a function that may be left out before another parameter',
    '/**\n * @param {() => void} [done]\n * @param {number} n\n */\nexport function f(done, n) { done?.(); return n; }',
    'export function f(done: (() => void) | undefined, n: number) { done?.(); return n; }',
  ],
  [
    'a field that the constructor says',
    'export class A {\n  x;\n  constructor() {\n    /** @type {number | string} */\n    this.x = 1;\n  }\n}',
    'export class A {\n  x: number | string;\n  constructor() {\n    this.x = 1;\n  }\n}',
  ],
];

const kept: readonly Case[] = [
  [
    'more parameters than the function takes',
    '/** @type {(a: string, b: number) => void} */\nexport function f(a) {}',
    '/** @type {(a: string, b: number) => void} */\nexport function f(a: string): void {}',
    '@type',
  ],
  [
    'a rest that the function takes one by one',
    '/** @type {(...all: string[]) => void} */\nexport function f(a, b) {}',
    '/** @type {(...all: string[]) => void} */\nexport function f(a?: string, b?: string): void {}',
    '@type',
  ],
  [
    'several signatures, of which the compiler takes none',
    '/** @type {{ (a: string): string; (a: number): number }} */\nexport function f(a) { return a; }',
    '/** @type {{ (a: string): string; (a: number): number }} */\nexport function f(a) { return a; }',
    '@type',
  ],
  [
    'a field of a class above',
    'class A {\n  constructor() {\n    /** @type {number | string} */\n    this.x = 1;\n  }\n}\nexport class B extends A {\n  constructor() {\n    super();\n    /** @type {number} */\n    this.x = 2;\n  }\n}',
    'class A {\n  declare x: number | string;\n\n  constructor() {\n    this.x = 1;\n  }\n}\nexport class B extends A {\n  constructor() {\n    super();\n    /** @type {number} */\n    this.x = 2;\n  }\n}',
    '@type',
  ],
  [
    'a result of what has none',
    'export class A {\n  /** @returns {number} What? */\n  constructor() {}\n}',
    'export class A {\n  /** @returns {number} What? */\n  constructor() {}\n}',
    '@returns',
  ],
  [
    'two types of one parameter',
    '/** @param {string} a */\nexport function f(/** @type {"x" | "y"} */ a = "x") { return a; }',
    '/** @param {string} a */\nexport function f(a: "x" | "y" = "x") { return a; }',
    '@param',
  ],
  [
    'a named type with type parameters, which the head of a function cannot say: the file stays',
    '/** @typedef {<T>(xs: T[]) => T} First */\n\n/** @type {First} */\nexport function f(xs) { return xs[0]; }',
    undefined,
  ],
];

const results = await typed([...wholes, ...placed, ...kept]);

it.each(wholes)('a function with a type as a whole keeps all of it: %s', (name, _, ...after) => {
  expect(results.get(name)).toEqual(after);
});

it.each(placed)('a type in a comment has its place: %s', (name, _, ...after) => {
  expect(results.get(name)).toEqual(after);
});

it.each(kept)('a comment stays, and is named, where not all of it could be written: %s', (name, _, ...after) => {
  expect(results.get(name)).toEqual(after);
});
