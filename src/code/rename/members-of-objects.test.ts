import { expect, it } from 'vitest';
import type { Files } from '../../../test/support/move-files.ts';
import { studyRenameOf } from '../../../test/support/rename-files.ts';

const tsconfig = JSON.stringify({
  compilerOptions: { module: 'preserve', target: 'es2022', lib: ['es2022'], types: [], strict: true },
});

const cases: Readonly<Record<string, readonly [wish: string, before: Files, after: Files]>> = {
  'a property whose shorthand names a function': [
    'a.ts#handlers.getUser=hu',
    {
      'a.ts': 'export function getUser() { return 1; }\nexport const handlers = { getUser, other: getUser };\n',
      'use.ts':
        "import { getUser, handlers } from './a';\nconst { getUser: one } = handlers;\nexport const all = [one, getUser, handlers.getUser(), handlers['getUser']];\n",
    },
    {
      'a.ts': 'export function getUser() { return 1; }\nexport const handlers = { hu: getUser, other: getUser };\n',
      'use.ts':
        "import { getUser, handlers } from './a';\nconst { hu: one } = handlers;\nexport const all = [one, getUser, handlers.hu(), handlers['hu']];\n",
    },
  ],
  'a property whose shorthand nobody reads': [
    'a.ts#handlers.getUser=hu',
    { 'a.ts': 'export function getUser() { return 1; }\nexport const handlers = { getUser };\n' },
    { 'a.ts': 'export function getUser() { return 1; }\nexport const handlers = { hu: getUser };\n' },
  ],
  'a property that is read by a pattern alone': [
    'a.ts#handlers.getUser=hu',
    {
      'a.ts':
        'function getUser() { return 1; }\nconst handlers = { getUser };\nexport function f() { const { getUser } = handlers; return getUser(); }\n',
    },
    {
      'a.ts':
        'function getUser() { return 1; }\nconst handlers = { hu: getUser };\nexport function f() { const { hu: getUser } = handlers; return getUser(); }\n',
    },
  ],
  'a member of a frozen object': [
    'a.ts#Color.RED=Red',
    { 'a.ts': "export const Color = Object.freeze({ RED: 'RED', in: Object.seal({ x: 1 }) });\nColor.RED;\n" },
    { 'a.ts': "export const Color = Object.freeze({ Red: 'RED', in: Object.seal({ x: 1 }) });\nColor.Red;\n" },
  ],
  'a member of a frozen object as constant': [
    'a.ts#Color.RED=Red',
    { 'a.ts': "export const Color = Object.freeze({ RED: 'RED' } as const);\nColor.RED;\n" },
    { 'a.ts': "export const Color = Object.freeze({ Red: 'RED' } as const);\nColor.Red;\n" },
  ],
  'quoted keys': [
    'a.ts#table.getUser=hu',
    { 'a.ts': "export const table = { 'getUser': 1, \"x-y\": 2 };\ntable.getUser;\ntable['getUser'];\n" },
    { 'a.ts': "export const table = { 'hu': 1, \"x-y\": 2 };\ntable.hu;\ntable['hu'];\n" },
  ],
  'quoted members of types': [
    'a.ts#T.a=b',
    { 'a.ts': "export interface T { 'a'?: number; c: 1 }\nexport const f = ({ a }: T) => a;\n" },
    { 'a.ts': "export interface T { 'b'?: number; c: 1 }\nexport const f = ({ b: a }: T) => a;\n" },
  ],
  'keys that a function takes of an object': [
    'a.ts#Api.load=fetch',
    {
      'a.ts':
        "export class Api { load() { return 1; } }\ndeclare function spyOn<T, K extends keyof T>(o: T, k: K): void;\ndeclare const jest: { spyOn(o: object, k: string): void };\ndeclare function log<K extends string>(o: unknown, k: K): void;\nconst api = new Api();\nspyOn(api, 'load');\nspyOn(Api.prototype, 'load');\njest.spyOn(api, 'load');\nlog(api, 'load');\n",
    },
    {
      'a.ts':
        "export class Api { fetch() { return 1; } }\ndeclare function spyOn<T, K extends keyof T>(o: T, k: K): void;\ndeclare const jest: { spyOn(o: object, k: string): void };\ndeclare function log<K extends string>(o: unknown, k: K): void;\nconst api = new Api();\nspyOn(api, 'fetch');\nspyOn(Api.prototype, 'fetch');\njest.spyOn(api, 'fetch');\nlog(api, 'load');\n",
    },
  ],
  'a member that a constructor of JavaScript sets': [
    'a.js#Store.items=rows',
    {
      'a.js':
        'export class Store {\n  constructor() { this.items = []; }\n  add(x) { this.items.push(x); }\n}\nexport const all = (/** @type {Store} */ s) => s.items;\n',
    },
    {
      'a.js':
        'export class Store {\n  constructor() { this.rows = []; }\n  add(x) { this.rows.push(x); }\n}\nexport const all = (/** @type {Store} */ s) => s.rows;\n',
    },
  ],
  'a class that a dynamic import is taken apart for': [
    'a.ts#Plain=P2',
    {
      'a.ts': 'export class Plain { a = 1 }\n',
      'use.ts': "export const a = async () => { const { Plain } = await import('./a'); return new Plain(); };\n",
    },
    {
      'a.ts': 'export class P2 { a = 1 }\n',
      'use.ts': "export const a = async () => { const { P2: Plain } = await import('./a'); return new Plain(); };\n",
    },
  ],
  'keys that are texts': [
    'a.ts#T.a=b',
    {
      'a.ts':
        "export interface T { a?: number; c?: 1 }\nexport type P = [Pick<T, 'a'>, Omit<T, 'a' | 'c'>, Exclude<keyof T, 'a'>, T['a']];\nexport const f = (t: T | undefined, u: { a: 1 }) => [t && 'a' in t, t?.hasOwnProperty('a'), Object.hasOwn(t ?? {}, 'a'), Object.hasOwn(u, 'a'), 'a'];\n",
    },
    {
      'a.ts':
        "export interface T { b?: number; c?: 1 }\nexport type P = [Pick<T, 'b'>, Omit<T, 'b' | 'c'>, Exclude<keyof T, 'b'>, T['b']];\nexport const f = (t: T | undefined, u: { a: 1 }) => [t && 'b' in t, t?.hasOwnProperty('b'), Object.hasOwn(t ?? {}, 'b'), Object.hasOwn(u, 'a'), 'a'];\n",
    },
  ],
  'in JavaScript': [
    'a.js#Color.RED=Red',
    {
      'tsconfig.json': '{ "files": [] }',
      'a.js': "export const RED = 1;\nexport const Color = Object.freeze({ RED, 'BLUE': 2 });\nColor.RED;\n",
    },
    { 'a.js': "export const RED = 1;\nexport const Color = Object.freeze({ Red: RED, 'BLUE': 2 });\nColor.Red;\n" },
  ],
};

for (const [name, [wish, before, after]] of Object.entries(cases)) {
  it(name, async () => {
    const study = await studyRenameOf({ 'tsconfig.json': tsconfig, ...before }, [wish]);
    expect(study.obstacles).toEqual([]);
    expect(Object.fromEntries(study.changed)).toEqual(after);
  });
}

it('a key of only a part of the types that it is looked up in is refused', async () => {
  const text =
    "export interface T { a?: number; c?: 1 }\nexport const f = (t: T | { a?: string }) => 'a' in t;\nexport type U = T;\n";
  const { obstacles } = await studyRenameOf({ 'tsconfig.json': tsconfig, 'a.ts': text }, ['a.ts#T.a=b']);
  expect(obstacles).toMatchObject([{ file: 'a.ts', line: 2, why: expect.stringContaining('only a part') }]);
});
