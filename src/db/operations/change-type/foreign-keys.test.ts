import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { createDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { beginLife, type Look } from '../../../../test/support/life.ts';

/** One table to which others refer, in every way that the server knows. */
const setup = `
CREATE TABLE users (id integer PRIMARY KEY, boss integer REFERENCES users ON DELETE SET NULL ON UPDATE CASCADE);
INSERT INTO users SELECT n, nullif(n - 1, 0) FROM generate_series(1, 20) AS n;
CREATE TABLE plain (id integer PRIMARY KEY, user_id integer REFERENCES users);
CREATE TABLE strict (id integer PRIMARY KEY, user_id integer REFERENCES users ON DELETE RESTRICT ON UPDATE RESTRICT);
CREATE TABLE late (id integer PRIMARY KEY, user_id integer REFERENCES users DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE casc (id integer PRIMARY KEY, user_id integer REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE);
CREATE TABLE cleared (id integer PRIMARY KEY, user_id integer REFERENCES users ON DELETE SET NULL ON UPDATE SET NULL);
CREATE TABLE preset (id integer PRIMARY KEY, user_id integer DEFAULT 1 REFERENCES users ON DELETE SET DEFAULT ON UPDATE SET DEFAULT);
INSERT INTO plain VALUES (1, 2); INSERT INTO strict VALUES (1, 3); INSERT INTO late VALUES (1, 4);
INSERT INTO casc VALUES (1, 10), (2, 11); INSERT INTO cleared VALUES (1, 10), (2, 11); INSERT INTO preset VALUES (1, 10), (2, 11)`;

/** Rows that a key without an action keeps from going, and the SQLSTATE. */
const keepers = [
  [2, '23503'],
  [3, '23001'],
  [4, '23503'],
] as const;
const children = ['plain', 'strict', 'late', 'casc', 'cleared', 'preset'];

/** Numbers are quoted, so that they are of any type. What the application counts on, asked in transactions that are taken back. */
function promises(): readonly { readonly sql: string; readonly gives: unknown }[] {
  // RESTRICT has an SQLSTATE of its own since PostgreSQL 18.
  const refused = (sql: string, gives = '23503') => ({ sql, gives });
  const rows = children
    .slice(3)
    .map((table) => `(SELECT string_agg(id || ':' || coalesce(user_id::text, '-'), ' ' ORDER BY id) FROM ${table})`);
  const then = (sql: string, ...gives: readonly string[]) => ({
    sql: `${sql}; SELECT ${rows.join(` || ' / ' || `)} AS found`,
    gives: gives.join(' / '),
  });
  return [
    ...children.map((table) =>
      refused(`INSERT INTO ${table} (id, user_id) VALUES (9, '99'); SET CONSTRAINTS ALL IMMEDIATE`),
    ),
    ...children.map((table) => refused(`UPDATE ${table} SET user_id = '99'; SET CONSTRAINTS ALL IMMEDIATE`)),
    refused(`UPDATE users SET boss = '99'`),
    ...keepers.map(([id, state]) =>
      refused(`DELETE FROM users WHERE id = '${id}'; SET CONSTRAINTS ALL IMMEDIATE`, state),
    ),
    ...keepers.map(([id, state]) =>
      refused(`UPDATE users SET id = '50' WHERE id = '${id}'; SET CONSTRAINTS ALL IMMEDIATE`, state),
    ),
    // A deferred key waits for the end of the transaction.
    {
      sql: `INSERT INTO late (id, user_id) VALUES (9, '60'); INSERT INTO users (id) VALUES ('60'); SET CONSTRAINTS ALL IMMEDIATE; SELECT 'kept' AS found`,
      gives: 'kept',
    },
    then(`DELETE FROM users WHERE id = '10'`, '2:11', '1:- 2:11', '1:1 2:11'),
    then(`UPDATE users SET id = '70' WHERE id = '10'`, '1:70 2:11', '1:- 2:11', '1:1 2:11'),
    { sql: `DELETE FROM users WHERE id = '14'; SELECT boss::text AS found FROM users WHERE id = '15'`, gives: null },
    {
      sql: `UPDATE users SET id = '80' WHERE id = '14'; SELECT boss::text AS found FROM users WHERE id = '15'`,
      gives: '80',
    },
  ];
}

const answer = z.object({ rows: z.array(z.object({ found: z.string().nullable() })) });

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await createDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const every = [
  'users ALTER COLUMN id',
  'users ALTER COLUMN boss',
  ...children.map((table) => `${table} ALTER COLUMN user_id`),
];
const cases = [
  ['both ends', every.map((column) => `ALTER TABLE ${column} TYPE bigint`)],
  ['the end that is referred to', ['ALTER TABLE users ALTER COLUMN id TYPE bigint']],
  ['the ends that refer', every.slice(1).map((column) => `ALTER TABLE ${column} TYPE bigint`)],
  [
    'both ends, into a type that does not compare with the old one',
    every.map((column) => `ALTER TABLE ${column} TYPE text`),
  ],
] as const;

describe('every foreign key is in force after every single action, forward and back', () => {
  test.each(cases)('%s', { timeout: 240_000 }, async (_, statements) => {
    const life = await beginLife({ setup, sql: statements.join(';\n') }, database);
    const broken: string[] = [];
    const look: Look = async (where) => {
      for (const { sql, gives } of promises()) {
        const found = await tried(sql);
        if (found !== gives) broken.push(`${where}: ${sql} gave ${String(found)}`);
      }
    };
    await look('at the start');
    await life.forward(undefined, look);
    await life.back(['contract'], look);
    await life.forward(['contract'], look);
    await life.back(undefined, look);
    expect(broken.slice(0, 5)).toEqual([]);
  });
});

test('values that would not come back as they are stop the plan before contract', async () => {
  const life = await beginLife(
    {
      setup: `CREATE TABLE users (code numeric(8,2) PRIMARY KEY); INSERT INTO users VALUES (1), (2.25);
        CREATE TABLE orders (id bigint PRIMARY KEY, code numeric(8,2) REFERENCES users); INSERT INTO orders VALUES (1, 2.25)`,
      sql: 'ALTER TABLE users ALTER COLUMN code TYPE integer; ALTER TABLE orders ALTER COLUMN code TYPE integer',
    },
    database,
  );
  await life.forward(['prepare', 'expand']);
  await expect(life.forward(['migrate'])).rejects.toThrow('migrate-6-returns-code: 1 rows differ');
});

/** What the last statement finds, or the SQLSTATE; nothing stays. */
async function tried(sql: string): Promise<unknown> {
  await client.query('BEGIN');
  try {
    const results: unknown = await client.query(sql);
    const last: unknown = Array.isArray(results) ? results.at(-1) : results;
    return answer.parse(last).rows[0]?.found;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  } finally {
    await client.query('ROLLBACK');
  }
}
