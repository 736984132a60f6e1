import { describe, expect, it } from 'vitest';
import type { Files } from '../../../test/support/move-files.ts';
import { studyRenameOf } from '../../../test/support/rename-files.ts';

const tsconfig = JSON.stringify({
  compilerOptions: { module: 'preserve', target: 'es2022', lib: ['es2022'], types: [], strict: true, jsx: 'preserve' },
});

async function changed(sources: Files, ...wishes: readonly string[]): Promise<Files> {
  const study = await studyRenameOf({ 'tsconfig.json': tsconfig, ...sources }, wishes);
  expect(study.obstacles).toEqual([]);
  return Object.fromEntries(study.changed);
}

async function refused(sources: Files, ...wishes: readonly string[]): Promise<readonly string[]> {
  const { obstacles } = await studyRenameOf({ 'tsconfig.json': tsconfig, ...sources }, wishes);
  return obstacles.map(({ file, line, why }) => `${file}:${line} ${why}`);
}

describe('every use gets the new name', () => {
  type Case = readonly [wish: string, before: Files, after: Files];
  const cases: Readonly<Record<string, Case>> = {
    'imports, namespaces and types': [
      'a.ts#a=b',
      {
        'a.ts': 'export const a = 1;\nexport const twice = a + a;\n',
        'use.ts':
          "import { a } from './a';\nimport * as all from './a';\nexport const sum = a + all.a;\nexport type A = typeof import('./a').a;\n",
      },
      {
        'a.ts': 'export const b = 1;\nexport const twice = b + b;\n',
        'use.ts':
          "import { b } from './a';\nimport * as all from './a';\nexport const sum = b + all.b;\nexport type A = typeof import('./a').b;\n",
      },
    ],
    'of an import alias only the left side': [
      'a.ts#a=b',
      { 'a.ts': 'export const a = 1;\n', 'use.ts': "import { a as x } from './a';\nexport const y = x;\n" },
      { 'a.ts': 'export const b = 1;\n', 'use.ts': "import { b as x } from './a';\nexport const y = x;\n" },
    ],
    'barrels of every kind': [
      'a.ts#a=b',
      {
        'a.ts': 'export const a = 1;\n',
        'one.ts': "export { a } from './a';\n",
        'two.ts': "export * from './one';\n",
        'three.ts': "export { a as other } from './two';\n",
        'four.ts': "import { a } from './two';\nexport { a };\n",
        'use.ts': "import { a } from './four';\nimport { other } from './three';\nexport const z = [a, other];\n",
      },
      {
        'a.ts': 'export const b = 1;\n',
        'one.ts': "export { b } from './a';\n",
        'three.ts': "export { b as other } from './two';\n",
        'four.ts': "import { b } from './two';\nexport { b };\n",
        'use.ts': "import { b } from './four';\nimport { other } from './three';\nexport const z = [b, other];\n",
      },
    ],
    'exports apart from the declaration': [
      'a.ts#a=b',
      { 'a.ts': 'const a = 1;\nexport { a };\n', 'use.ts': "import { a } from './a';\na.toFixed();\n" },
      { 'a.ts': 'const b = 1;\nexport { b };\n', 'use.ts': "import { b } from './a';\nb.toFixed();\n" },
    ],
    'a variable in a shorthand leaves the property': [
      'a.ts#a=b',
      { 'a.ts': 'const a = 1;\nexport const o = { a };\nexport const p = o.a;\n' },
      { 'a.ts': 'const b = 1;\nexport const o = { a: b };\nexport const p = o.a;\n' },
    ],
    'a property in a shorthand leaves the variable': [
      'a.ts#O.a=b',
      {
        'a.ts':
          'export interface O { a: number }\nexport const make = (a: number): O => ({ a });\nexport const read = ({ a }: O) => a;\nexport const set = (o: O) => { let a; ({ a } = o); return a; };\n',
      },
      {
        'a.ts':
          'export interface O { b: number }\nexport const make = (a: number): O => ({ b: a });\nexport const read = ({ b: a }: O) => a;\nexport const set = (o: O) => { let a; ({ b: a } = o); return a; };\n',
      },
    ],
    'type and value of one name, and merged declarations': [
      'a.ts#A=B',
      {
        'a.ts': 'export interface A { x: 1 }\nexport interface A { y: 2 }\nexport const A: A = { x: 1, y: 2 };\n',
        'use.ts': "import { A } from './a';\nexport const copy: A = A;\n",
      },
      {
        'a.ts': 'export interface B { x: 1 }\nexport interface B { y: 2 }\nexport const B: B = { x: 1, y: 2 };\n',
        'use.ts': "import { B } from './a';\nexport const copy: B = B;\n",
      },
    ],
    overloads: [
      'a.ts#f=g',
      {
        'a.ts':
          'export function f(x: 1): 1;\nexport function f(x: 2): 2;\nexport function f(x: number) { return x; }\nf(1);\n',
      },
      {
        'a.ts':
          'export function g(x: 1): 1;\nexport function g(x: 2): 2;\nexport function g(x: number) { return x; }\ng(1);\n',
      },
    ],
    'enum members, and strings that name them': [
      'a.ts#E.One=First',
      { 'a.ts': "export enum E { One, Two = One }\nexport const e = [E.One, E['One']];\n" },
      { 'a.ts': "export enum E { First, Two = First }\nexport const e = [E.First, E['First']];\n" },
    ],
    namespaces: [
      'a.ts#N.a=b',
      { 'a.ts': 'export namespace N { export const a = 1; }\nexport namespace N { export const c = a; }\nN.a;\n' },
      { 'a.ts': 'export namespace N { export const b = 1; }\nexport namespace N { export const c = b; }\nN.b;\n' },
    ],
    'members through interfaces and overrides': [
      'a.ts#Shape.area=size',
      {
        'a.ts':
          'export interface Shape { area(): number }\nexport class Square implements Shape { area() { return 1; } }\nexport class Big extends Square { override area() { return super.area() * 2; } }\n',
        'use.ts':
          "import type { Shape } from './a';\nexport const all = (s: Shape) => s.area() + s['area']();\nexport const made: Shape = { area: () => 3 };\n",
      },
      {
        'a.ts':
          'export interface Shape { size(): number }\nexport class Square implements Shape { size() { return 1; } }\nexport class Big extends Square { override size() { return super.size() * 2; } }\n',
        'use.ts':
          "import type { Shape } from './a';\nexport const all = (s: Shape) => s.size() + s['size']();\nexport const made: Shape = { size: () => 3 };\n",
      },
    ],
    'private members and properties of parameters': [
      'a.ts#C.#a=#b',
      { 'a.ts': 'export class C { #a = 1; constructor(readonly a: number) { this.#a = this.a; } }\n' },
      { 'a.ts': 'export class C { #b = 1; constructor(readonly a: number) { this.#b = this.a; } }\n' },
    ],
    'doc comments': [
      'a.ts#a=b',
      {
        'a.ts': '/** See {@link a}. */\nexport function a() {}\n/** @see {@link a} */\nexport const c = 1;\n',
      },
      {
        'a.ts': '/** See {@link b}. */\nexport function b() {}\n/** @see {@link b} */\nexport const c = 1;\n',
      },
    ],
    'a default export with a name': [
      'a.ts#a=b',
      { 'a.ts': 'export default function a() { return a; }\n', 'use.ts': "import other from './a';\nother();\n" },
      { 'a.ts': 'export default function b() { return b; }\n' },
    ],
    'JavaScript of no tsconfig': [
      'lib/a.mjs#a=b',
      {
        'tsconfig.json': '{ "files": [] }',
        'lib/a.mjs': '/** @returns {number} */\nexport function a() { return 1; }\n',
        'lib/use.mjs': "import { a } from './a.mjs';\nexport const x = { a };\n",
      },
      {
        'lib/a.mjs': '/** @returns {number} */\nexport function b() { return 1; }\n',
        'lib/use.mjs': "import { b } from './a.mjs';\nexport const x = { a: b };\n",
      },
    ],
    'what is exported by CommonJS keeps its key': [
      'lib/a.cjs#a=b',
      {
        'tsconfig.json': '{ "files": [] }',
        'lib/a.cjs': 'function a() { return 1; }\nmodule.exports = { a };\n',
        'lib/use.cjs': "const { a } = require('./a.cjs');\na();\n",
      },
      { 'lib/a.cjs': 'function b() { return 1; }\nmodule.exports = { a: b };\n' },
    ],
    JSX: [
      'a.tsx#Box=Crate',
      {
        'a.tsx':
          'declare namespace JSX { interface Element {} interface IntrinsicElements {} }\nexport const Box = (_: { a?: 1 }) => 0 as unknown as JSX.Element;\nexport const two = <Box a={1}></Box>;\n',
      },
      {
        'a.tsx':
          'declare namespace JSX { interface Element {} interface IntrinsicElements {} }\nexport const Crate = (_: { a?: 1 }) => 0 as unknown as JSX.Element;\nexport const two = <Crate a={1}></Crate>;\n',
      },
    ],
    'a byte order mark and CRLF stay': [
      'a.ts#a=b',
      { 'a.ts': '\uFEFFexport const a = 1;\r\nexport const c = a;\r\n' },
      { 'a.ts': '\uFEFFexport const b = 1;\r\nexport const c = b;\r\n' },
    ],
  };
  for (const [name, [wish, before, after]] of Object.entries(cases)) {
    it(name, async () => {
      expect(await changed(before, wish)).toEqual(after);
    });
  }

  it('across packages of a workspace, by source and by what is built', async () => {
    const core = {
      'packages/core/package.json': '{ "name": "@made/core", "types": "./dist/index.d.ts", "main": "./dist/index.js" }',
      'packages/core/tsconfig.json':
        '{ "compilerOptions": { "module": "preserve", "composite": true, "rootDir": "src", "outDir": "dist", "types": [] }, "include": ["src"] }',
      'packages/core/src/index.ts': "export * from './a';\n",
      'packages/core/src/a.ts': 'export const a = 1;\n',
      'packages/app/package.json': '{ "name": "@made/app", "dependencies": { "@made/core": "*" } }',
      'packages/app/tsconfig.json':
        '{ "compilerOptions": { "module": "preserve", "types": [] }, "references": [{ "path": "../core" }] }',
      'packages/app/main.ts': "import { a } from '@made/core';\nexport const c = a;\n",
      'package.json': '{ "workspaces": ["packages/*"] }',
      'tsconfig.json': '{ "files": [], "references": [{ "path": "packages/core" }, { "path": "packages/app" }] }',
    };
    expect(await changed(core, 'packages/core/src/a.ts#a=b')).toEqual({
      'packages/core/src/a.ts': 'export const b = 1;\n',
      'packages/app/main.ts': "import { b } from '@made/core';\nexport const c = b;\n",
    });
  });
});

describe('a name that would mean something else is refused with its place', () => {
  const cases: Readonly<Record<string, readonly [wish: string, sources: Files, said: RegExp]>> = {
    'declared there already': ['a.ts#a=b', { 'a.ts': 'export const a = 1;\nexport const b = 2;\n' }, /^a\.ts:[12] /],
    'declared where it is imported': [
      'a.ts#a=b',
      {
        'a.ts': 'export const a = 1;\n',
        'use.ts': "import { a } from './a';\nconst b = 2;\nexport const c = a + b;\n",
      },
      /^use\.ts:/,
    ],
    'a use would be captured': [
      'a.ts#a=b',
      { 'a.ts': 'const a = 1;\nexport const f = (b: number) => a + b;\n' },
      /^a\.ts:2 `b` would mean what is declared at a\.ts:2 here/,
    ],
    'another name would be captured': [
      'a.ts#f.x=y',
      { 'a.ts': 'declare const y: number;\nexport namespace f { export const x = 1; export const z = y + x; }\n' },
      /^a\.ts:2 `y` would mean/,
    ],
    'an export of a barrel would be hidden': [
      'a.ts#a=b',
      { 'a.ts': 'export const a = 1;\n', 'all.ts': "export * from './a';\nexport const b = 2;\n" },
      /^all\.ts:1 it would export nothing as `a`|^all\.ts:2 it would export something else as `b`/,
    ],
    'a class below has a member of that name': [
      'a.ts#A.a=b',
      { 'a.ts': 'export class A { a() { return 1; } }\nexport class B extends A { b() { return 2; } }\n' },
      /^a\.ts:2 B has a member `b` already/,
    ],
    'another type that is mixed in declares it too': [
      'a.ts#A.a=b',
      {
        'a.ts': 'export type A = { a: number };\nexport type B = { a: number };\nexport const f = (x: A & B) => x.a;\n',
      },
      /^a\.ts:3 `a` is what is declared at a\.ts:2 here too, which keeps its name: rename that as a second symbol/,
    ],
    'interfaces would merge': [
      'a.ts#A=B',
      { 'a.ts': 'export interface A { x: 1 }\nexport interface B { y: 2 }\n' },
      /^a\.ts:[12] /,
    ],
    'the compiler cannot follow': [
      'a.ts#O.a=b',
      { 'a.ts': "export type O = { a: number; c: number };\nexport const k: keyof O = 'a';\n" },
      /^a\.ts:2 the compiler would say TS2322/,
    ],
  };
  for (const [name, [wish, sources, said]] of Object.entries(cases)) {
    it(name, async () => {
      expect((await refused(sources, wish)).join('\n')).toMatch(said);
    });
  }
});

it('the old name is kept beside the new one, and says that it is deprecated', async () => {
  const files = {
    'tsconfig.json': tsconfig,
    'a.ts': 'export const a = 1;\nexport interface T { x: 1 }\n',
    'index.ts': "export { a } from './a';\nexport type { T } from './a';\n",
    'use.ts': "import { a } from './index';\nexport const c = a;\n",
  };
  const study = await studyRenameOf(files, ['a.ts#a=b', 'a.ts#T=U'], { keepsOldName: true });
  expect(study.obstacles).toEqual([]);
  expect(Object.fromEntries(study.changed)).toEqual({
    'a.ts':
      'export const b = 1;\nexport interface U { x: 1 }\n\nexport {\n  /** @deprecated Use `b`. */\n  b as a,\n};\n\nexport type {\n  /** @deprecated Use `U`. */\n  U as T,\n};\n',
    'index.ts':
      "export { b, /** @deprecated Use `b`. */ b as a } from './a';\nexport type { U, /** @deprecated Use `U`. */ U as T } from './a';\n",
    'use.ts': "import { b } from './index';\nexport const c = b;\n",
  });
});

describe('what cannot be read is said', () => {
  const sources = {
    'tsconfig.json': tsconfig,
    'a.ts': 'export const user = 1;\nexport class C { one() {} }\n',
    'b.ts': "export { user } from './a';\n",
  };
  const cases: Readonly<Record<string, readonly [wish: string, code: string, said: RegExp]>> = {
    'no form': ['a.ts', 'bad-input', /not of the form/],
    'no file': ['none.ts#a=b', 'bad-input', /tracks no file none\.ts/],
    'no symbol': ['a.ts#usr=b', 'bad-input', /Near to it are: user/],
    'no member': ['a.ts#C.ome=b', 'bad-input', /Near to it are: one/],
    'only passed on': ['b.ts#user=b', 'bad-input', /only passes user on: line 1/],
    'no identifier': ['a.ts#user=a-b', 'bad-input', /no identifier/],
    'a reserved word': ['a.ts#user=class', 'bad-input', /reserved word/],
    'nothing new': ['a.ts#user=user', 'nothing-to-do', /as it is wanted/],
    'an export that has no name': ['a.ts#default=b', 'bad-input', /no name/],
    'privacy changes': ['a.ts#C.one=#one', 'bad-input', /private/],
  };
  for (const [name, [wish, code, why]] of Object.entries(cases)) {
    it(name, async () => {
      const study = studyRenameOf(sources, [wish]);
      await expect(study).rejects.toThrow(why);
      await expect(study).rejects.toMatchObject({ code });
    });
  }
});
