import { beforeAll, expect, it } from 'vitest';
import { isFailure } from '#core/error';
import {
  bareColumns,
  columnsIn,
  functionsIn,
  normalExpression,
  qualifiersIn,
  qualifyColumns,
  rewriteColumns,
} from './expression.ts';
import { loadParser } from './syntax-tree.ts';

beforeAll(loadParser);

it.each([
  ['1', []],
  ['a + b * a', ['a', 'b']],
  ['u.name || public.users.first', ['name', 'first']],
  ['f(a => b)', ['b']],
  ['"Weird ""one""" IS NULL', ['Weird "one"']],
  ['u.*', ['*']],
  ['(address).street', ['address']],
  ['CASE WHEN a THEN b END::text', ['a', 'b']],
  ["data -> 'name'", ['data']],
  ['Name', ['name']],
])('columns of %s', (expression, columns) => {
  expect(columnsIn(expression)).toEqual(columns);
});

it.each([
  ['lower(name)', 'lower(full_name)'],
  ["  name||' '||u.name  -- name", "  full_name||' '||u.full_name  -- name"],
  ['public . users . "name"', 'public . users . full_name'],
  ["'name' || NAME", "'name' || full_name"],
  ['name(name => name)', 'name(name => full_name)'],
  ['größe + name + größe', '"Größe" + full_name + "Größe"'],
  ["'😀' || name", "'😀' || full_name"],
  ['(name).name', '(full_name).name'],
  ['name.name', 'name.full_name'],
  ['a AND "order"', '"select" AND a'],
  ['name::name', 'full_name::name'],
  ['constructor', 'constructor'],
  ['(NOT name) IS NULL', '(NOT full_name) IS NULL'],
])('%s with new names is %s', (expression, expected) => {
  expect(rewriteColumns(expression, { name: 'full_name', größe: 'Größe', a: 'select', order: 'a' })).toBe(expected);
});

it('a name with Unicode escapes is refused, not missed', () => {
  expect(() => rewriteColumns('U&"n!0061me" UESCAPE \'!\' || U&"x" . name', { name: 'b' })).toThrow(/Unicode escapes/);
});

it('columns go under one qualifier, or under none', () => {
  expect(qualifyColumns("lower(u.name) || public.users.age || ' a'", 't')).toBe(`lower("t".name) || "t".age || ' a'`);
  expect(bareColumns('lower(u.name) || public . users . age')).toBe('lower(name) || age');
  expect(qualifiersIn('u.a + b + s.t.c + u.d')).toEqual(['u', 's.t']);
  expect(functionsIn('lower(a) || app.f(lower(b))')).toEqual(['lower', 'app.f']);
});

it.each([
  ['lower( NAME )', 'lower(name)'],
  ['((a))', 'a'],
  ['a::integer', 'CAST(a AS int4)'],
  ["'x'::text", "CAST('x' AS text)"],
  ['a != 1', 'a <> 1'],
])('%s and %s are the same', (one, other) => {
  expect(normalExpression(one)).toBe(normalExpression(other));
});

it('an expression that the deparser would change is refused', () => {
  expect(() => normalExpression('(NOT a) IS NULL')).toThrow(/not the same/);
});

it('text that is not one expression is refused', () => {
  for (const text of ['', '1, 2) FROM (t', 'a AS b', '1; SELECT 2', 'a) UNION (SELECT 1', 'a) LIMIT (1', '/*']) {
    const refused = (() => {
      try {
        columnsIn(text);
      } catch (error) {
        return isFailure(error, 'sql-syntax');
      }
      return false;
    })();
    expect([text, refused]).toEqual([text, true]);
  }
});
