import { beforeAll, expect, it } from 'vitest';
import { mentionsColumn, mentionsTable } from './function-body.ts';
import { loadParser } from './syntax-tree.ts';

beforeAll(loadParser);

const users = { schema: 'public', name: 'users' };

function plpgsql(body: string, head = 'f(p int) RETURNS void'): string {
  return `CREATE OR REPLACE FUNCTION public.${head} LANGUAGE plpgsql AS $function$ ${body} $function$`;
}

it.each([
  ['NEW of a trigger', plpgsql('BEGIN NEW.name := lower(NEW.name); RETURN NEW; END', 'f() RETURNS trigger'), true],
  ['a body alone', "BEGIN NEW.name := ''; RETURN NEW; END", true],
  ['a body alone of another column', "BEGIN NEW.age := ''; RETURN NEW; END", false],
  ['a query', plpgsql('BEGIN PERFORM 1 FROM users WHERE name IS NULL; END'), true],
  ['a query of another table', plpgsql('BEGIN PERFORM name FROM teams; END'), false],
  ['a query of both tables', plpgsql('BEGIN PERFORM name FROM teams, users; END'), true],
  [
    'an expression',
    plpgsql('DECLARE n int; BEGIN IF (SELECT max(name) FROM users) > 0 THEN n := 1; END IF; END'),
    true,
  ],
  ['an assignment', plpgsql('DECLARE n int; BEGIN n := (SELECT max(u.name) FROM users u); END'), true],
  [
    'a loop',
    plpgsql('DECLARE r record; BEGIN FOR r IN SELECT * FROM users LOOP RAISE NOTICE $$%$$, r.name; END LOOP; END'),
    true,
  ],
  ['a declared type', plpgsql('DECLARE v users.name%TYPE; BEGIN v := 1; END'), true],
  ['a comment', plpgsql('BEGIN /* name */ PERFORM 1 FROM users; -- name\n END'), false],
  ['a string that is no code', plpgsql("BEGIN RAISE NOTICE 'your name'; PERFORM id FROM users; END"), false],
  ['dynamic SQL', plpgsql("BEGIN EXECUTE 'UPDATE users SET name = 1'; END"), true],
  ['dynamic SQL of another column', plpgsql("BEGIN EXECUTE 'UPDATE users SET age = 1'; END"), false],
  [
    'a returned dynamic query',
    plpgsql("BEGIN RETURN QUERY EXECUTE format('SELECT %I', 'name'); END", 'f() RETURNS SETOF text'),
    true,
  ],
  ['what does not parse', plpgsql('BEGIN THIS IS name OF NOTHING END'), true],
  ['SQL', 'CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT u.name FROM users u $$', true],
  [
    'SQL of another table',
    'CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT t.name FROM teams t, users $$',
    false,
  ],
  [
    'SQL with BEGIN ATOMIC',
    'CREATE FUNCTION f() RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT users.name FROM users; END',
    true,
  ],
  [
    'another language',
    "CREATE FUNCTION f() RETURNS text LANGUAGE plpython3u AS $$ return plpy.execute('select name')  $$",
    true,
  ],
  [
    'another language without it',
    'CREATE FUNCTION f() RETURNS text LANGUAGE plpython3u AS $$ return username $$',
    false,
  ],
])('%s', (_, definition, expected) => {
  expect(mentionsColumn(definition, users, 'name')).toBe(expected);
});

it('tables are looked for in the same way', () => {
  expect(mentionsTable(plpgsql('BEGIN PERFORM 1 FROM public.users; END'), users)).toBe(true);
  expect(mentionsTable(plpgsql('BEGIN PERFORM 1 FROM app.users; END'), users)).toBe(false);
  expect(mentionsTable(plpgsql("BEGIN EXECUTE 'DELETE FROM users'; END"), users)).toBe(true);
  expect(mentionsTable(plpgsql('BEGIN PERFORM 1 FROM teams; END'), users)).toBe(false);
});
