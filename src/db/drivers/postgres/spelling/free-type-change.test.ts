import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../../../../../test/support/database.ts';
import { isFreeTypeChange } from './free-type-change.ts';

let database: TestDatabase;
let client: Client;
const work: string[] = [];
beforeAll(async () => {
  database = await createDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query('SET client_min_messages = debug1');
  client.on('notice', ({ message = '' }) => {
    // A type that may be stored outside of the row gets an empty TOAST table.
    if (/^(rewriting|verifying) table|^building index "(?!pg_toast)/.test(message)) work.push(message);
  });
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** What the server says it has to do: rewrite the table, read it, or build indexes. */
async function workFor(from: string, to: string): Promise<readonly string[]> {
  await client.query(`DROP TABLE IF EXISTS t; CREATE TABLE t (id int, c ${from}); CREATE INDEX ON t (c)`);
  await client.query('INSERT INTO t (id) VALUES (1), (2)');
  work.length = 0;
  await client.query(`ALTER TABLE t ALTER COLUMN c TYPE ${to} USING c::${to}`);
  return [...work];
}

const plain = (type: string) => ({ type, collation: undefined });

const types = [
  'smallint',
  'integer',
  'bigint',
  'numeric',
  'numeric(10,2)',
  'numeric(12,2)',
  'numeric(12,4)',
  'text',
  'character varying',
  'character varying(20)',
  'character varying(40)',
  'bit varying(8)',
  'bit varying',
  'timestamp(3) without time zone',
  'timestamp(6) without time zone',
  'timestamp without time zone',
  'time(3) without time zone',
  'time(6) without time zone',
  'interval(3)',
  'interval',
];

const families = [/^(smallint|integer|bigint|numeric)/, /^text|^char/, /^bit/, /^timestamp/, /^time\(/, /^interval/];
const cases = families.flatMap((family) => {
  const members = types.filter((type) => family.test(type));
  return members.flatMap((from) => members.filter((to) => to !== from).map((to) => [from, to] as const));
});

describe('what is called free costs the server neither a rewrite nor a scan nor an index, and nothing else is free', () => {
  test.each(cases)('%s to %s', async (from, to) => {
    const needed = await workFor(from, to);
    if (isFreeTypeChange(plain(from), plain(to))) expect(needed).toEqual([]);
    else expect(needed).not.toEqual([]);
  });
});

test('another collation, a domain and an array are never called free', () => {
  const free = (from: string, to: string, collation?: string) => isFreeTypeChange(plain(from), { type: to, collation });
  expect(free('character varying(20)', 'text', '"C"')).toBe(false);
  expect(free('character varying(20)[]', 'character varying(40)[]')).toBe(false);
  expect(free('citext', 'text')).toBe(false);
});

test('what stands on the column makes the server work all the same', async () => {
  const also = async (standing: string) => {
    await client.query(`DROP TABLE IF EXISTS t; CREATE TABLE t (id int, c varchar(20)); ${standing}`);
    work.length = 0;
    await client.query('ALTER TABLE t ALTER COLUMN c TYPE varchar(40)');
    return work.length > 0;
  };
  expect(await also('CREATE INDEX ON t (c); CREATE UNIQUE INDEX ON t (c, id)')).toBe(false);
  expect(await also("CREATE INDEX ON t (id) WHERE c <> ''")).toBe(true);
  expect(await also('CREATE INDEX ON t (lower(c))')).toBe(true);
  expect(await also("ALTER TABLE t ADD CHECK (c <> '')")).toBe(true);
});
