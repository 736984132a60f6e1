import { Lang, parse, type SgNode } from '@ast-grep/napi';
import { describe, expect, it } from 'vitest';
import { bindingsOf } from './bindings.ts';
import { declarationOf, usesOf } from './scope.ts';

/** Uses of what the file binds to `m`, as `line:column`. */
function uses(source: string, lang = Lang.Tsx): readonly string[] {
  const root = parse(lang, source).root();
  return bindingsOf(root, (name) => name === 'm').flatMap(({ node }) => usesOf(node).map(place));
}

function place(node: SgNode): string {
  const { line, column } = node.range().start;
  return `${line + 1}:${column + 1}`;
}

describe('usesOf', () => {
  it.each([
    [
      'reads, calls, members, writes',
      "import a from 'm';\na(); a.b; x[a]; a = 1; ({ a } = b);",
      ['2:1', '2:6', '2:13', '2:17', '2:27'],
    ],
    [
      'a property of the same name is another thing',
      "import a from 'm';\nx.a; ({ a: 1 }); class C { a = 1; a() {} }",
      [],
    ],
    [
      'shorthand and export',
      "import a from 'm';\nx({ a }); export { a as b }; export { a } from 'n';",
      ['2:5', '2:20'],
    ],
    [
      'types and JSX',
      "import A from 'm';\nlet x: A; type B = typeof A; let y: A.C; <A.D a={A}><A /></A.D>;",
      ['2:8', '2:27', '2:37', '2:43', '2:50', '2:54', '2:60'],
    ],
    [
      'a parameter shadows',
      "import a from 'm';\nfunction f(a) { a(); } (a) => a; a => a; (({ a }, [b = a]) => a); f(a);",
      ['2:69'],
    ],
    ['a default value does not', "import a from 'm';\nfunction f(b = a, { c = a } = {}) {}", ['2:16', '2:25']],
    [
      'blocks shadow within',
      "import a from 'm';\n{ const a = 1; a; } a; for (const a of b) { a; } try {} catch (a) { a; }",
      ['2:21'],
    ],
    ['var shadows the whole function', "import a from 'm';\nfunction f() { a; { var a = 1; } } a;", ['2:36']],
    [
      'functions and classes shadow',
      "import a from 'm';\nfunction f() { a; function a() {} } (class a { b = a; }); a;",
      ['2:59'],
    ],
    ['type parameters shadow', "import A from 'm';\nfunction f<A>(x: A): A { return x; } let y: A;", ['2:45']],
  ])('%s', (_, source, expected) => {
    expect(uses(source)).toEqual(expected);
    if (!/<|: A/.test(source)) expect(uses(source, Lang.JavaScript)).toEqual(expected);
  });
});

describe('bindingsOf', () => {
  it.each([
    ["import a, * as b from 'm';", ['a=default', 'b=*']],
    ["import { c as d, type E, default as f, 'g-h' as g } from 'm';", ['d=c', 'E=E type', 'f=default', 'g=g-h']],
    ["import type { C } from 'm';", ['C=C type']],
    ["import f = require('m');", ['f=*']],
    ["const g = require('m'), { h, i: j, k = 1, l: n = 2 } = require('m');", ['g=*', 'h=h', 'j=i', 'k=k', 'n=l']],
    [
      "const o = require('m').p; const q = (await import('m')).default; const { r } = await import('m');",
      ['o=p', 'q=default', 'r=r'],
    ],
    [
      "require('m')(); import 'm'; export { x } from 'm'; const s = f(require('m')); const t = 'm'; const { u: { v } } = require('m');",
      [],
    ],
  ])('%s', (source, expected) => {
    const found = bindingsOf(parse(Lang.TypeScript, source).root(), (name) => name === 'm');
    expect(found.map(({ local, imported, isTypeOnly }) => `${local}=${imported}${isTypeOnly ? ' type' : ''}`)).toEqual(
      expected,
    );
  });
});

it('finds the declaration of a use, through the scopes above it', () => {
  const root = parse(Lang.TypeScript, 'const a = 1; function f(b) { return a + b + c; }').root();
  const declared = root
    .findAll({ rule: { kind: 'identifier' } })
    .map((node) => declarationOf(node)?.range().start.column);
  expect(declared).toEqual([6, 22, 24, 6, 24, undefined]);
});
