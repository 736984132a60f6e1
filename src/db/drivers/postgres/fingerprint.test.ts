import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { withSession } from '../../../../test/support/open-session.ts';
import type { Snapshot } from '../../schema.ts';
import { changedObjects, fingerprintOf } from './fingerprint.ts';
import { inspect } from './inspect/inspect.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
  await database.query(`CREATE TYPE mood AS ENUM ('a', 'b');
    CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, feeling mood);
    CREATE TABLE orders (id serial PRIMARY KEY, user_id bigint REFERENCES users);
    CREATE TABLE elsewhere (n integer);
    CREATE VIEW names AS SELECT name FROM users; CREATE VIEW names_again AS SELECT name FROM names;
    CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TRIGGER touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
    CREATE SCHEMA godwit;
    CREATE FUNCTION godwit.sync() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`);
});
afterAll(async () => {
  await database.drop();
});

async function look(): Promise<Snapshot> {
  return await withSession(database.url, inspect);
}

/** Names of what a change moves in the fingerprint of public.users; the change is taken back. */
async function movedBy(change: string, undo: string): Promise<readonly string[]> {
  const before = await look();
  await database.query(change);
  const after = await look();
  await database.query(undo);
  const moved = changedObjects(before, after, ['public.users']);
  expect(fingerprintOf(before, ['public.users']) === fingerprintOf(after, ['public.users'])).toBe(moved.length === 0);
  expect(fingerprintOf(await look())).toBe(fingerprintOf(before));
  return moved;
}

describe('the fingerprint of a table', () => {
  test.each<readonly [string, string]>([
    ['ALTER TABLE elsewhere ADD m integer', 'ALTER TABLE elsewhere DROP m'],
    ['ALTER TABLE users ADD more integer; ALTER TABLE users DROP more', 'SELECT'],
    ["INSERT INTO users (name) VALUES ('x'); ANALYZE users; SELECT nextval('orders_id_seq')", 'TRUNCATE users CASCADE'],
    [
      'CREATE TRIGGER zz_sync BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION godwit.sync()',
      'DROP TRIGGER zz_sync ON users',
    ],
    ['CREATE TABLE godwit.journal ()', 'DROP TABLE godwit.journal'],
    ['ALTER SEQUENCE users_id_seq RENAME TO other_seq', 'ALTER SEQUENCE other_seq RENAME TO users_id_seq'],
    [
      'ALTER TABLE users ALTER name DROP NOT NULL; ALTER TABLE users ADD CONSTRAINT other_name CHECK (name IS NOT NULL); ALTER TABLE users ALTER name SET NOT NULL; ALTER TABLE users DROP CONSTRAINT other_name',
      'SELECT',
    ],
  ])('does not move by %s', async (change, undo) => {
    expect(await movedBy(change, undo)).toEqual([]);
  });

  test.each<readonly [string, string, string]>([
    ['ALTER TABLE users ADD more integer', 'ALTER TABLE users DROP more', 'table public.users'],
    ['ALTER TABLE users ALTER name DROP NOT NULL', 'ALTER TABLE users ALTER name SET NOT NULL', 'table public.users'],
    ['CREATE INDEX i ON users (name)', 'DROP INDEX i', 'table public.users'],
    ['GRANT SELECT (name) ON users TO PUBLIC', 'REVOKE SELECT (name) ON users FROM PUBLIC', 'table public.users'],
    [
      'ALTER TABLE users ALTER name SET STATISTICS 7',
      'ALTER TABLE users ALTER name SET STATISTICS -1',
      'table public.users',
    ],
    ['ALTER TABLE users DISABLE TRIGGER touch', 'ALTER TABLE users ENABLE TRIGGER touch', 'table public.users'],
    [
      "CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
      "CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
      'function public.touch()',
    ],
    [
      'CREATE OR REPLACE VIEW names_again AS SELECT lower(name) AS name FROM names',
      'CREATE OR REPLACE VIEW names_again AS SELECT name FROM names',
      'view public.names_again',
    ],
    [
      'ALTER TABLE orders RENAME CONSTRAINT orders_user_id_fkey TO k',
      'ALTER TABLE orders RENAME CONSTRAINT k TO orders_user_id_fkey',
      'key public.orders.k,key public.orders.orders_user_id_fkey',
    ],
  ])('moves by %s', async (change, undo, moved) => {
    expect((await movedBy(change, undo)).join()).toBe(moved);
  });

  test('that is not there is known as missing', async () => {
    const snapshot = await look();
    expect(fingerprintOf(snapshot, ['public.new'])).not.toBe(fingerprintOf(snapshot, ['public.other']));
    expect(changedObjects(snapshot, { ...snapshot, tables: [] }, ['public.elsewhere'])).toEqual([
      'missing public.elsewhere',
      'table public.elsewhere',
    ]);
  });
});
