import { expect, it } from 'vitest';
import type { Change } from './change.ts';
import { diffSurfaces } from './diff.ts';
import { packageStore } from './package-store.ts';
import { parsePublishedManifest } from './published-manifest.ts';
import { readSurface } from './read-surface.ts';
import type { Surface } from './surface.ts';

// One store for all cases: the compiler's own library is parsed once.
const store = packageStore('/no-such-tree');
let count = 0;

function surfaceOf(side: 'old' | 'new', name: string, files: Readonly<Record<string, string>>): Surface {
  const manifest = parsePublishedManifest(
    files['package.json'] ?? `{ "name": "${name}", "version": "1.0.0", "types": "index.d.ts" }`,
  );
  if (manifest === undefined) throw new Error('no manifest');
  const all = { 'package.json': JSON.stringify({ ...manifest }), ...files };
  const bytes = new Map(Object.entries(all).map(([path, text]) => [path, Buffer.from(text)]));
  store.add(side, { name, version: '1.0.0', manifest, files: bytes });
  const { signal } = new AbortController();
  return readSurface(store, {
    from: store.home(side),
    package: name,
    version: '1.0.0',
    specifiers: [name],
    modes: ['import'],
    apart: new Set(),
    signal,
  });
}

function changes(old: string, now: string): readonly Change[] {
  count += 1;
  const name = `lib${count}`;
  return diffSurfaces(surfaceOf('old', name, { 'index.d.ts': old }), surfaceOf('new', name, { 'index.d.ts': now }));
}

function lines(old: string, now: string): readonly string[] {
  return changes(old, now).map(
    ({ rule, symbol, replacement }) => `${rule} ${symbol}${replacement === undefined ? '' : ` > ${replacement.name}`}`,
  );
}

it.each<[string, string, string, readonly string[]]>([
  ['an export that is gone', 'export declare function a(): void; export {};', 'export {};', ['api/removed a']],
  [
    'a rename by the package’s own words',
    '/** @deprecated use fresh */ export declare function stale(x: string): void; export declare function fresh(x: string): void;',
    'export declare function fresh(x: string): void;',
    ['api/renamed stale > fresh'],
  ],
  [
    'a rename by shape and likeness',
    'export interface RunOptions { readonly cwd: string; readonly timeout: number }',
    'export interface CommandRunOptions { readonly cwd: string; readonly timeout: number }',
    ['api/renamed RunOptions > CommandRunOptions'],
  ],
  [
    'a default that is named now',
    'export default function run(): void;',
    'export declare function run(): void;',
    ['api/default-to-named run > run'],
  ],
  [
    'a module that was one thing',
    'declare const paint: { red(text: string): string }; export = paint;',
    'declare const paint: { red(text: string): string }; export default paint;',
    ['api/export-equals-to-default paint > default'],
  ],
  [
    'a class that is only a type',
    'export declare class A { x: string }',
    'export interface A { x: string }',
    ['api/class-to-type A'],
  ],
  [
    'members: gone, renamed, retyped, optional, readonly',
    'export declare class A { gone(): void; openFile(x: number): string; kind: string; size: number; name: string; same(): A }',
    'export declare class A { openFiles(x: number): string; kind: boolean; size?: number; readonly name: string; same(): A }',
    [
      'api/member-removed A.gone',
      'api/renamed A.openFile > openFiles',
      'api/member-type-changed A.kind',
      'api/member-widened A.size',
      'api/became-readonly A.name',
    ],
  ],
  [
    'parameters: added, required, removed, narrowed',
    'export declare function a(): void; export declare function b(x?: string): void; export declare function c(x: string, y: string): void; export declare function d(x: string | number): void;',
    'export declare function a(x: string): void; export declare function b(x: string): void; export declare function c(x: string): void; export declare function d(x: string): void;',
    ['api/parameter-added a', 'api/parameter-required b', 'api/parameter-removed c', 'api/parameter-narrowed d'],
  ],
  [
    'results: wider and other',
    'export declare function a(): string; export declare function b(): string;',
    'export declare function a(): string | undefined; export declare function b(): number;',
    ['api/return-widened a', 'api/return-changed b'],
  ],
  [
    'options: gone and required',
    'export interface Options { a?: string; b?: string; c?: string }',
    'export interface Options { b: string; c?: string; d: number }',
    ['api/member-removed Options.a', 'api/option-required Options.b', 'api/option-required Options.d'],
  ],
  [
    'type parameters',
    'export interface A { x: string } export interface B<T, U> { x: T; y: U }',
    'export interface A<T> { x: string } export interface B<T> { x: T; y: string }',
    ['api/type-parameter-required A', 'api/type-parameter-removed B', 'api/member-type-changed B.y'],
  ],
  [
    'an overload that is gone',
    'export declare function a(x: string): void; export declare function a(x: number, y: number, z: number): void;',
    'export declare function a(x: string): void;',
    ['api/overload-removed a'],
  ],
  [
    'types: narrower, wider, other',
    "export type A = 'x' | 'y'; export type B = 'x'; export type C = 'x';",
    "export type A = 'x'; export type B = 'x' | 'y'; export type C = 'z';",
    ['api/type-narrowed A', 'api/type-widened B', 'api/type-changed C'],
  ],
  [
    'an abstract class',
    'export declare class A { constructor(); }',
    'export declare abstract class A { constructor(); }',
    ['api/became-abstract A'],
  ],
])('tells of %s', (_, old, now, expected) => {
  expect(lines(old, now)).toEqual(expected);
});

it.each<[string, string, string]>([
  [
    'names of parameters and type parameters',
    'export declare function a<T>(x: T, y: string): T[];',
    'export declare function a<U>(z: U, text: string): Array<U>;',
  ],
  ['an interface written as an alias', 'export interface A { x: string }', 'export type A = { x: string };'],
  [
    'a function written as a constant',
    'export declare function a(x: string): void;',
    'export declare const a: (x: string) => void;',
  ],
  [
    'a union in another order, a method as a property',
    'export interface A { f(x: 1 | 2): void }',
    'export interface A { f: (x: 2 | 1) => void }',
  ],
  [
    'what accepts more and gives less',
    'export declare function a(x: string): string | undefined;',
    'export declare function a(x: string | number, y?: string): string;',
  ],
  [
    'a member that went to a base',
    'export interface A { x: string; y: string }',
    'export interface Base { x: string } export interface A extends Base { y: string }',
  ],
  [
    'overloads that became one',
    'export declare function a(x: string): void; export declare function a(x: number): void;',
    'export declare function a(x: string | number): void;',
  ],
  [
    'an alias that is written out',
    'type Name = string; export declare function a(x: Name): Name; export {};',
    'export declare function a(x: string): string;',
  ],
])('says nothing of %s', (_, old, now) => {
  expect(lines(old, now)).toEqual([]);
});

it('tells a member that is gone once, not of every class that inherits or returns it', () => {
  const rest =
    'export declare class A extends Base { a(): Base } export declare class B extends A { b(): A } export declare function make(): B;';
  expect(
    lines(
      `export declare class Base { gone(): void; kept(): void } ${rest}`,
      `export declare class Base { kept(): void } ${rest}`,
    ),
  ).toEqual(['api/member-removed Base.gone']);
});

it('tells both signatures as people write them', () => {
  const [change] = changes(
    'export declare function a<T>(items: readonly T[], size?: number): T;',
    'export declare function a<T>(items: readonly T[], size: number): T;',
  );
  expect(change).toMatchObject({
    before: '<T>(items: ReadonlyArray<T>, size?: number): T',
    after: '<T>(items: ReadonlyArray<T>, size: number): T',
  });
});

it('reads what plain JavaScript exports', () => {
  const manifest = JSON.stringify({ name: 'plain', version: '1.0.0', main: 'index.js' });
  const old = surfaceOf('old', 'plain', {
    'package.json': manifest,
    'index.js': "exports.a = function (x) {};\nexports.b = require('./b');\nclass C { m() {} }\nexports.C = C;\n",
    'b.js': 'module.exports = function b() {};\n',
  });
  const now = surfaceOf('new', 'plain', {
    'package.json': manifest,
    'index.js': 'class C { n() {} }\nmodule.exports = { C, a(x) {} };\n',
  });
  expect([old.source, now.source]).toEqual(['javascript', 'javascript']);
  expect(diffSurfaces(old, now).map(({ rule, symbol }) => `${rule} ${symbol}`)).toEqual(
    expect.arrayContaining(['api/removed b', 'api/member-removed C.m']),
  );
});
