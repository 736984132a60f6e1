import { beforeAll, expect, it } from 'vitest';
import { createDatabase } from '../../../../../test/support/database.ts';
import { loadParser } from './syntax-tree.ts';
import { statementUses, usesOf } from './uses.ts';

beforeAll(loadParser);

/** Tables, columns as `table.column` (`?.column` where any table may be meant), and `*`. */
function used(statement: string): string {
  const { tables, columns, star, unreadable } = usesOf(statement);
  const named = (table: { schema: string | undefined; name: string } | undefined) =>
    table === undefined ? '?' : [table.schema, table.name].filter((part) => part !== undefined).join('.');
  const parts = [
    tables.map(named).sort().join(' '),
    columns
      .map(({ table, column }) => `${named(table)}.${column}`)
      .sort()
      .join(' '),
    star ? '*' : '',
    unreadable ? 'unreadable' : '',
  ];
  return parts.filter((part) => part !== '').join(' | ');
}

it.each([
  ['SELECT name FROM users WHERE id = $1', 'users | users.id users.name'],
  ['SELECT Name, "Name" FROM app.users', 'app.users | app.users.Name app.users.name'],
  [
    'SELECT u.name FROM users u JOIN orders AS o ON o.user_id = u.id',
    'orders users | orders.user_id users.id users.name',
  ],
  ['SELECT name FROM users, orders', 'orders users | orders.name users.name'],
  ['SELECT app.users.name FROM app.users', 'app.users | app.users.name'],
  ['SELECT * FROM users', 'users | *'],
  ['SELECT u.* FROM users u', 'users | *'],
  ['SELECT count(*) FROM users', 'users'],
  ['SELECT u FROM users u', 'users | users.u | *'],
  ['SELECT (u).name, upper(name(u)) FROM users u', 'users | users.name users.u | *'],
  ['SELECT full_name AS name FROM users ORDER BY name', 'users | users.full_name'],
  ['SELECT full_name AS name FROM users ORDER BY lower(name)', 'users | users.full_name users.name'],
  ['SELECT id FROM users GROUP BY name HAVING max(age) > $1', 'users | users.age users.id users.name'],
  ['SELECT x.name FROM (SELECT full_name AS name FROM users) x', 'users | users.full_name'],
  ['SELECT x.name FROM (SELECT * FROM users) x', 'users | users.name | *'],
  ['SELECT name FROM (SELECT u.* FROM users u, orders) x', 'orders users | users.name | *'],
  ['WITH x AS (SELECT id FROM users) SELECT id FROM x', 'users | users.id'],
  ['WITH x AS (SELECT * FROM users) SELECT x.name FROM x', 'users | users.name | *'],
  ['WITH RECURSIVE x AS (SELECT id FROM users UNION SELECT parent FROM x) SELECT 1', 'users | users.id'],
  ['WITH users AS (SELECT 1 AS name) SELECT name FROM users', ''],
  ['SELECT name, x.age FROM get_users() x', '?.age ?.name'],
  ['WITH x AS (UPDATE users SET name = $1 RETURNING *) SELECT x.age FROM x', 'users | users.age users.name | *'],
  [
    'SELECT 1 FROM orders WHERE EXISTS (SELECT 1 FROM users u WHERE u.id = user_id)',
    'orders users | orders.user_id users.id users.user_id',
  ],
  ['SELECT 1 FROM users JOIN orders USING (name)', 'orders users | orders.name users.name'],
  ['SELECT 1 FROM users NATURAL JOIN orders', 'orders users | *'],
  ['SELECT 1 FROM users u, LATERAL (SELECT u.name) x', 'users | users.name'],
  ['SELECT 1 FROM users u (a, b)', 'users | *'],
  ['SELECT x.name FROM jsonb_to_recordset($1) AS x (name text)', ''],
  [
    'SELECT name FROM users UNION ALL SELECT title FROM orders ORDER BY name',
    'orders users | ?.name orders.title users.name',
  ],
  ['SELECT name FROM users FOR UPDATE OF users', 'users | users.name'],
  ['SELECT rank() OVER (PARTITION BY team ORDER BY name) FROM users', 'users | users.name users.team'],
  ['SELECT name FROM users TABLESAMPLE system ($1)', 'users | users.name'],
  ['TABLE users', 'users | *'],
  ['INSERT INTO users (id, name) VALUES ($1, $2) RETURNING age', 'users | users.age users.id users.name'],
  ['INSERT INTO users VALUES ($1)', 'users | *'],
  ['INSERT INTO users DEFAULT VALUES', 'users'],
  ['INSERT INTO users (id) SELECT uid FROM people', 'people users | people.uid users.id'],
  [
    'INSERT INTO users AS u (id) VALUES ($1) ON CONFLICT (email, lower(b)) WHERE c DO UPDATE SET name = excluded.d, e = u.f WHERE u.g RETURNING old.h',
    'users | users.b users.c users.d users.e users.email users.f users.g users.h users.id users.name',
  ],
  [
    'UPDATE users SET name = o.title FROM orders o WHERE o.id = users.id RETURNING new.age',
    'orders users | orders.id orders.title users.age users.id users.name',
  ],
  ['UPDATE users SET (a, b) = ($1, c)', 'users | users.a users.b users.c'],
  ['DELETE FROM users USING orders o WHERE o.id = name', 'orders users | orders.id orders.name users.name'],
  [
    'MERGE INTO users u USING orders o ON o.id = u.id WHEN MATCHED THEN UPDATE SET name = o.title WHEN NOT MATCHED THEN INSERT (a) VALUES (o.b)',
    'orders users | orders.b orders.id orders.title users.a users.id users.name',
  ],
  ['COPY users (id, name) FROM STDIN', 'users | users.id users.name'],
  ['COPY (SELECT name FROM users) TO STDOUT', 'users | users.name'],
  ['COPY users TO STDOUT', 'users | *'],
  ['EXPLAIN SELECT name FROM users', 'users | users.name'],
  ['PREPARE x AS SELECT name FROM users', 'users | users.name'],
  ['DECLARE c CURSOR FOR SELECT name FROM users', 'users | users.name'],
  ['TRUNCATE users, orders', 'orders users'],
  ['LOCK TABLE users', 'users'],
  ['SELECT 1 WHERE $1 > now() - interval $2 AND date $3 < x', '?.x'],
  ['SELECT name FROM users WHERE id IN ($1 /*, ... */)', 'users | users.id users.name'],
  ['ALTER TABLE users RENAME name TO full_name', ''],
  ['CREATE INDEX ON users (name)', ''],
  ['/* godwit */ SELECT name FROM users', ''],
  ['SELECT /* godwit backfill */ name FROM users', ''],
  ['SELECT seq FROM godwit.journal', ''],
  ['SELECT frm users whre', 'unreadable'],
  ["DO $$ BEGIN UPDATE users SET name = '' END $$", 'unreadable'],
  ['', ''],
])('%s uses %s', (statement, expected) => {
  expect(used(statement)).toBe(expected);
});

it('the driver counts a column for every table that it may belong to', async () => {
  expect(await statementUses('SELECT 1 FROM users UNION SELECT 2 FROM app.orders ORDER BY name')).toEqual([
    { schema: undefined, table: 'users', column: undefined },
    { schema: 'app', table: 'orders', column: undefined },
    { schema: undefined, table: 'users', column: 'name' },
    { schema: 'app', table: 'orders', column: 'name' },
  ]);
  expect(await statementUses('SELECT FROM WHERE')).toBeUndefined();
});

/** What the server really keeps of statements can be read. */
it('texts of pg_stat_statements are read', async () => {
  const database = await createDatabase({ extensions: ['pg_stat_statements'] });
  try {
    await database.query(`CREATE TABLE users (id int PRIMARY KEY, name text, at timestamptz, tags text[], data jsonb)`);
    const statements = [
      "SELECT name FROM users WHERE at > now() - interval '1 day' AND at < timestamp with time zone '2030-01-01'",
      "SELECT date '2020-01-01', extract(year from at), at AT TIME ZONE 'utc' FROM users LIMIT 5 OFFSET 2",
      "SELECT name FROM users WHERE id IN (1, 2, 3) AND tags[1] = 'a' AND data ->> 'x' = ANY (ARRAY['a', 'b'])",
      "INSERT INTO users (id, name) VALUES (1, 'a'), (2, E'b') ON CONFLICT (id) DO UPDATE SET name = excluded.name",
      "SELECT name::varchar(3), 'a'::char(4), substring(name from 1 for 2) FROM users ORDER BY 1 FETCH FIRST 3 ROWS ONLY",
      "SELECT -1, +2, U&'x', B'1', X'1f', 1e3, NULL, true, name COLLATE \"C\" FROM users WHERE name LIKE 'a%' ESCAPE '!'",
    ];
    for (const statement of statements) await database.query(statement);
    const rows = await database.superQuery(
      "SELECT query FROM pg_stat_statements JOIN pg_database ON oid = dbid WHERE datname = current_database() AND query ~* 'users'",
    );
    const texts = rows.map((row) => String(row.query)).filter((text) => !/CREATE|pg_stat/.test(text));
    expect(texts.length).toBe(statements.length);
    expect(texts.filter((text) => usesOf(text).unreadable)).toEqual([]);
    const names = texts.filter((text) => usesOf(text).columns.some(({ column }) => column === 'name'));
    expect(names.length).toBe(statements.length - 1);
  } finally {
    await database.drop();
  }
});
