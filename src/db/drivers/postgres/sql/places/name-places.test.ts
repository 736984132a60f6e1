import { expect, it } from 'vitest';
import type { NamedChange } from '#core/named-change';
import { renderEdits } from '#core/nested-edit';
import type { PlaceRequest } from '../../../../place-request.ts';
import { namePlaces } from './name-places.ts';

const users = { schema: 'public', name: 'users' };
const rename: NamedChange = { kind: 'rename-column', table: users, column: 'name', to: 'full_name' };
const catalog: PlaceRequest['catalog'] = [
  { ...users, columns: ['id', 'name', 'email', 'active'], after: [] },
  { schema: 'public', name: 'orders', columns: ['id', 'user_id', 'total'], after: [] },
  { schema: 'public', name: 'products', columns: ['id', 'name'], after: [] },
  { schema: 'audit', name: 'users', columns: ['id', 'name'], after: [] },
  { schema: 'public', name: 'users_2026', columns: ['id', 'name'], after: [users] },
];

async function read(text: string, changes: readonly NamedChange[] = [rename], unrepeatable: readonly number[] = []) {
  const answer = await namePlaces(text, {
    changes,
    catalog,
    searchPath: ['public'],
    unrepeatable: new Set(unrepeatable),
  });
  if ('message' in answer) throw new Error(answer.message);
  return {
    ...answer,
    said: answer.places.map(
      ({ start, end, role, doubt }) => `${role}${doubt === undefined ? '' : '?'} ${text.slice(start, end)}@${start}`,
    ),
    first: renderEdits(
      text,
      answer.places.flatMap(({ first }) => first),
    ),
    final: renderEdits(
      text,
      answer.places.flatMap(({ final }) => final),
    ),
  };
}

it.each([
  ['SELECT name FROM users', 'SELECT full_name AS name FROM users'],
  [
    'SELECT u.name, u.id FROM users u WHERE u.name = $1',
    'SELECT u.full_name AS name, u.id FROM users u WHERE u.full_name = $1',
  ],
  ['SELECT "name" FROM Users', 'SELECT "full_name" AS "name" FROM Users'],
  ['SELECT NAME AS n FROM public.users ORDER BY name', 'SELECT full_name AS n FROM public.users ORDER BY full_name'],
  ['SELECT name FROM users ORDER BY name', 'SELECT full_name AS name FROM users ORDER BY name'],
  [
    'SELECT name, count(*) FROM users GROUP BY name',
    'SELECT full_name AS name, count(*) FROM users GROUP BY full_name',
  ],
  ['SELECT DISTINCT ON (lower(name)) id FROM users', 'SELECT DISTINCT ON (lower(full_name)) id FROM users'],
  ['SELECT upper(name) FROM users', 'SELECT upper(full_name) FROM users'],
  [
    'SELECT id FROM users WHERE id IN (SELECT id FROM users WHERE name LIKE $1)',
    'SELECT id FROM users WHERE id IN (SELECT id FROM users WHERE full_name LIKE $1)',
  ],
  [
    'SELECT p.name FROM products p WHERE p.name IN (SELECT name FROM users)',
    'SELECT p.name FROM products p WHERE p.name IN (SELECT full_name FROM users)',
  ],
  [
    'SELECT o.id, name FROM orders o JOIN users u ON u.id = o.user_id',
    'SELECT o.id, full_name AS name FROM orders o JOIN users u ON u.id = o.user_id',
  ],
  [
    'WITH w AS (SELECT name FROM users) SELECT name FROM w',
    'WITH w AS (SELECT full_name AS name FROM users) SELECT name FROM w',
  ],
  [
    'WITH w AS (SELECT * FROM users) SELECT w.name FROM w',
    'WITH w AS (SELECT * FROM users) SELECT w.full_name AS name FROM w',
  ],
  ['SELECT s.name FROM (SELECT * FROM users) s', 'SELECT s.full_name AS name FROM (SELECT * FROM users) s'],
  [
    'SELECT (SELECT name FROM users u WHERE u.id = o.user_id) FROM orders o',
    'SELECT (SELECT full_name FROM users u WHERE u.id = o.user_id) FROM orders o',
  ],
  [
    'SELECT id FROM orders o WHERE EXISTS (SELECT 1 FROM users u WHERE u.id = o.user_id AND name = $1)',
    'SELECT id FROM orders o WHERE EXISTS (SELECT 1 FROM users u WHERE u.id = o.user_id AND full_name = $1)',
  ],
  [
    'DELETE FROM users WHERE name = $1 RETURNING name',
    'DELETE FROM users WHERE full_name = $1 RETURNING full_name AS name',
  ],
  ['SELECT users.name FROM users', 'SELECT users.full_name AS name FROM users'],
  ['SELECT public.users.name FROM public.users', 'SELECT public.users.full_name AS name FROM public.users'],
  ['SELECT name FROM users_2026', 'SELECT full_name AS name FROM users_2026'],
  [
    'SELECT name FROM users UNION SELECT name FROM products ORDER BY name',
    'SELECT full_name AS name FROM users UNION SELECT name FROM products ORDER BY name',
  ],
  ["SELECT 'größe 😀', name FROM users", "SELECT 'größe 😀', full_name AS name FROM users"],
  ['SELECT /* name */ name -- name\nFROM users', 'SELECT /* name */ full_name AS name -- name\nFROM users'],
])('reads: %s', async (text, wanted) => {
  const { first, final } = await read(text);
  expect(final).toBe(wanted);
  expect(first).toBe(wanted);
});

it.each([
  'SELECT name FROM products',
  'SELECT name FROM audit.users',
  'SELECT id AS name FROM users ORDER BY name',
  "SELECT 'name' FROM users",
  'SELECT id FROM users WHERE email = name(1)',
  'INSERT INTO users VALUES (1, $1)',
  'SELECT p.name FROM products p JOIN users u USING (id)',
  'WITH users AS (SELECT 1 AS name) SELECT name FROM users',
  'SELECT name FROM (SELECT id AS name FROM users) s',
])('uses nothing: %s', async (text) => {
  const { places, final } = await read(text);
  expect(places).toEqual([]);
  expect(final).toBe(text);
});

it.each([
  [
    'INSERT INTO users (name, email) VALUES ($1, $2) RETURNING id',
    'INSERT INTO users (name, full_name, email) VALUES ($1, $1, $2) RETURNING id',
    'INSERT INTO users (full_name, email) VALUES ($1, $2) RETURNING id',
  ],
  [
    "INSERT INTO users (email, name) VALUES ('a', lower($1)), ('b', DEFAULT)",
    "INSERT INTO users (email, name, full_name) VALUES ('a', lower($1), lower($1)), ('b', DEFAULT, DEFAULT)",
    "INSERT INTO users (email, full_name) VALUES ('a', lower($1)), ('b', DEFAULT)",
  ],
  [
    'UPDATE users SET name = $1, email = $2 WHERE id = $3',
    'UPDATE users SET name = $1, full_name = $1, email = $2 WHERE id = $3',
    'UPDATE users SET full_name = $1, email = $2 WHERE id = $3',
  ],
  [
    'UPDATE users SET name = upper(name) WHERE name IS DISTINCT FROM $1',
    'UPDATE users SET name = upper(full_name), full_name = upper(full_name) WHERE full_name IS DISTINCT FROM $1',
    'UPDATE users SET full_name = upper(full_name) WHERE full_name IS DISTINCT FROM $1',
  ],
  [
    'INSERT INTO users (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE users.name <> excluded.name',
    'INSERT INTO users (id, name, full_name) VALUES ($1, $2, $2) ON CONFLICT (id) DO UPDATE SET name = excluded.full_name, full_name = excluded.full_name WHERE users.full_name <> excluded.full_name',
    'INSERT INTO users (id, full_name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET full_name = excluded.full_name WHERE users.full_name <> excluded.full_name',
  ],
  [
    'INSERT INTO users (name) VALUES ($1) ON CONFLICT (name) DO NOTHING',
    'INSERT INTO users (name, full_name) VALUES ($1, $1) ON CONFLICT (full_name) DO NOTHING',
    'INSERT INTO users (full_name) VALUES ($1) ON CONFLICT (full_name) DO NOTHING',
  ],
])('writes: %s', async (text, first, final) => {
  expect(await read(text)).toMatchObject({ first, final });
});

it.each([
  ['UPDATE users SET name = random()::text', 'UPDATE users SET full_name = random()::text'],
  ['UPDATE users SET (name, email) = ($1, $2)', 'UPDATE users SET (full_name, email) = ($1, $2)'],
  ['INSERT INTO users (name) SELECT name FROM products', 'INSERT INTO users (full_name) SELECT name FROM products'],
  ['INSERT INTO users (name) VALUES ($7)', 'INSERT INTO users (full_name) VALUES ($7)'],
  [
    'MERGE INTO users u USING products p ON u.id = p.id WHEN MATCHED THEN UPDATE SET name = f(p.name) WHEN NOT MATCHED THEN INSERT (id, name) VALUES (p.id, p.name)',
    'MERGE INTO users u USING products p ON u.id = p.id WHEN MATCHED THEN UPDATE SET full_name = f(p.name) WHEN NOT MATCHED THEN INSERT (id, full_name) VALUES (p.id, p.name)',
  ],
])('a value that cannot stand twice is written under the new name alone: %s', async (text, wanted) => {
  expect(await read(text, [rename], [7])).toMatchObject({ first: wanted, final: wanted });
});

it.each([
  ['SELECT * FROM users', ['all? *@7'], [0]],
  ['SELECT u.* FROM users u JOIN products p ON p.id = u.id', ['all? u@7'], [0]],
  ['SELECT p.* FROM users u JOIN products p ON p.id = u.id', [], []],
  ['SELECT to_jsonb(u) FROM users u', ['all? u@16'], []],
  ['SELECT name FROM users u, unnest($1::text[]) v', ['output? name@7'], []],
  ['SELECT u.id FROM users u JOIN products p USING (name)', ['read name@48'], []],
  ['CREATE VIEW v AS SELECT name FROM users', ['definition? name@24'], []],
  ['CREATE INDEX users_by_name ON users (name)', ['definition? name@37'], []],
  ['CREATE TABLE notes (id int, by text REFERENCES users (name))', ['definition? name@54'], []],
  ['CREATE TABLE users (id int); SELECT id FROM users WHERE email = $1', [], []],
  [
    'CREATE TABLE IF NOT EXISTS users (id int, name text); INSERT INTO users (id, name) VALUES (1, $1)',
    ['definition? name@42', 'write? name@77'],
    [],
  ],
  ['INSERT INTO users (email) VALUES ($1) RETURNING *', ['all? *@48'], [0]],
])('what is not certain, or cannot be edited: %s', async (text, said, passedOn) => {
  expect(await read(text)).toMatchObject({
    said,
    passedOn,
    final: text.replace('SELECT name FROM users u,', 'SELECT full_name AS name FROM users u,'),
  });
});

it.each([
  ['INSERT INTO users (email) SELECT x.name FROM json_populate_recordset(null::users, $1) x', ['read? name@35']],
  ['SELECT id FROM jsonb_populate_record(NULL::public.users, $1) WHERE name = $2', ['read? name@67']],
  ['SELECT x.name FROM json_to_recordset($1) AS x (name text)', []],
  ['SELECT x.name FROM json_populate_recordset(null::products, $1) x', []],
])('rows that a function makes of a table: %s', async (text, said) => {
  expect((await read(text)).said).toEqual(said);
});

it('why a certain place has no edit', async () => {
  const text = 'SELECT u.id FROM users u JOIN products p USING (name)';
  const request = { catalog, searchPath: ['public'], unrepeatable: new Set<number>() };
  expect(await namePlaces(text, { ...request, changes: [rename] })).toMatchObject({
    places: [{ unedited: expect.stringContaining('USING takes one name for both tables') }],
  });
  const dropped: NamedChange = { kind: 'drop-column', table: users, column: 'name' };
  expect(JSON.stringify(await namePlaces(text, { ...request, changes: [dropped] }))).not.toContain('unedited');
});

it.each([
  ['DO $$ BEGIN PERFORM name FROM users; END $$', ['read? name@20']],
  ["DO LANGUAGE plpgsql 'BEGIN PERFORM u.name FROM users u; END'", ['read? name@37']],
  [
    'DO $x$ DECLARE r record; BEGIN FOR r IN SELECT * FROM users LOOP RAISE NOTICE $m$%$m$, r.name; END LOOP; END $x$',
    ['read? name@89'],
  ],
  ["DO $$ BEGIN EXECUTE 'UPDATE users SET name = 1'; END $$", ['read? name@38']],
  ['CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT name FROM users $$', ['read? name@59']],
  [
    'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := 1; RETURN NEW; END $$',
    ['read? name@69'],
  ],
  ['SELECT 1; DO $$ BEGIN UPDATE users SET name = 1; END $$;', ['read? name@39']],
  ['DO $$ BEGIN PERFORM name FROM products; END $$', []],
  ['DO $$ BEGIN PERFORM id FROM users; -- name\nEND $$', []],
])('bodies of code: %s', async (text, said) => {
  expect(await read(text)).toMatchObject({ said, final: text });
});

it('a table that is renamed', async () => {
  const people: NamedChange = { kind: 'rename-table', table: users, to: 'people' };
  const { final } = await read('SELECT users.id, o.total FROM users JOIN orders o ON o.user_id = users.id', [people]);
  expect(final).toBe('SELECT people.id, o.total FROM people JOIN orders o ON o.user_id = people.id');
  expect((await read('UPDATE public.users SET email = $1', [people])).final).toBe(
    'UPDATE public.people SET email = $1',
  );
  expect((await read('DELETE FROM users', [{ kind: 'drop-table', table: users }])).said).toEqual(['table users@12']);
});

it('a column of a table that is renamed, under the new name of the table too', async () => {
  const changes: readonly NamedChange[] = [rename, { kind: 'rename-table', table: users, to: 'people' }];
  expect((await read('SELECT name FROM people WHERE email = $1', changes)).final).toBe(
    'SELECT full_name AS name FROM people WHERE email = $1',
  );
  expect((await read('SELECT full_name FROM people', changes)).said).toEqual([]);
  const taken: NamedChange = { kind: 'rename-table', table: users, to: 'products' };
  expect((await read('SELECT name FROM products', [rename, taken])).said).toEqual([]);
});

it('what is no SQL is answered with the place', async () => {
  expect(
    await namePlaces('SELECT FROM WHERE', {
      changes: [rename],
      catalog,
      searchPath: ['public'],
      unrepeatable: new Set(),
    }),
  ).toMatchObject({ index: expect.any(Number) });
});
