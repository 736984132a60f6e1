import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../../../../../test/support/database.ts';
import type { Sync } from '../../../spelling.ts';
import { postgresSpelling } from './index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
  await database.query('CREATE SCHEMA godwit');
});
afterAll(() => database.drop());

const table = { schema: 'public', name: 'users' };
const twoWay: Sync = {
  table,
  name: 'godwit_sync_0_1',
  from: { column: 'a', type: 'text', omitted: { kind: 'same', sql: `'none'::text` } },
  to: { column: 'b', type: 'text', omitted: { kind: 'same', sql: `'none'::text` } },
  up: 'new."a"',
  down: 'new."b"',
  lockValues: false,
  searchPath: ['public'],
};

async function stage(columns: string, sync: Sync): Promise<void> {
  await database.query(`DROP TABLE IF EXISTS users; CREATE TABLE users (id bigint PRIMARY KEY, ${columns})`);
  const old = postgresSpelling.dropSync(sync).filter((text) => text.startsWith('DROP FUNCTION'));
  await database.query([...old, ...postgresSpelling.createSync(sync)].join(';\n'));
}

async function rowsAfter(sql: string): Promise<unknown> {
  await database.query(sql);
  const rows = await database.query('SELECT * FROM users ORDER BY id');
  return rows.map(({ a, b }) => [a, b]);
}

describe('a pair of columns with a constant default', () => {
  beforeEach(() => stage(`a text DEFAULT 'none', b text DEFAULT 'none'`, twoWay));

  test('whichever is written is taken, in INSERT', async () => {
    expect(
      await rowsAfter(`INSERT INTO users (id, a) VALUES (1, 'x'); INSERT INTO users (id, b) VALUES (2, 'y')`),
    ).toEqual([
      ['x', 'x'],
      ['y', 'y'],
    ]);
  });

  test('neither is written: both take the default; an explicit NULL or default is taken too', async () => {
    expect(
      await rowsAfter(`INSERT INTO users (id) VALUES (1); INSERT INTO users (id, a) VALUES (2, NULL);
        INSERT INTO users (id, b) VALUES (3, NULL); INSERT INTO users (id, b) VALUES (4, DEFAULT)`),
    ).toEqual([
      ['none', 'none'],
      [null, null],
      [null, null],
      ['none', 'none'],
    ]);
  });

  test('both are written alike, or else refused', async () => {
    expect(await rowsAfter(`INSERT INTO users (id, a, b) VALUES (1, 'x', 'x')`)).toEqual([['x', 'x']]);
    await expect(rowsAfter(`INSERT INTO users (id, a, b) VALUES (2, 'x', 'y')`)).rejects.toMatchObject({
      code: '23514',
    });
    await expect(rowsAfter(`UPDATE users SET a = 'p', b = 'q'`)).rejects.toMatchObject({ code: '23514' });
    expect(await rowsAfter(`UPDATE users SET a = 'p', b = 'p'`)).toEqual([['p', 'p']]);
  });

  test('the side that changed is taken, in UPDATE and in upserts', async () => {
    await database.query(`INSERT INTO users (id, a) VALUES (1, 'x'), (2, 'x')`);
    expect(await rowsAfter(`UPDATE users SET a = 'y' WHERE id = 1; UPDATE users SET b = 'z' WHERE id = 2`)).toEqual([
      ['y', 'y'],
      ['z', 'z'],
    ]);
    const upsert = `INSERT INTO users (id, b) VALUES (1, 'w') ON CONFLICT (id) DO UPDATE SET b = excluded.b`;
    expect(await rowsAfter(upsert)).toEqual([
      ['w', 'w'],
      ['z', 'z'],
    ]);
  });

  test('our own batches pass, and replicated rows do not', async () => {
    expect(
      await rowsAfter(`BEGIN; SET LOCAL godwit.quiet = 'on'; INSERT INTO users (id, a) VALUES (1, 'x'); COMMIT`),
    ).toEqual([['x', 'none']]);
    await database.superQuery(
      `BEGIN; SET LOCAL session_replication_role = replica; INSERT INTO users (id, a) VALUES (2, 'x'); COMMIT`,
    );
    expect(await database.query('SELECT b FROM users WHERE id = 2')).toEqual([{ b: 'x' }]);
  });
});

test('a volatile default stays with the original; the shadow wins where it was written', async () => {
  const volatile: Sync = {
    ...twoWay,
    from: { column: 'a', type: 'text', omitted: { kind: 'volatile' } },
    to: { column: 'b', type: 'text', omitted: { kind: 'same', sql: 'NULL' } },
  };
  await stage('a text DEFAULT md5(random()::text), b text', volatile);
  await database.query(`INSERT INTO users (id) VALUES (1); INSERT INTO users (id, a) VALUES (2, NULL);
    INSERT INTO users (id, b) VALUES (3, 'y'); INSERT INTO users (id, a) VALUES (4, 'x')`);
  const found = await database.query(
    'SELECT a = b AS same, length(a) AS length, a IS NULL AND b IS NULL AS empty FROM users ORDER BY id',
  );
  expect(found).toEqual([
    { same: true, length: 32, empty: false },
    { same: null, length: null, empty: true },
    { same: true, length: 1, empty: false },
    { same: true, length: 1, empty: false },
  ]);
});

test('types without equality are compared byte for byte', async () => {
  const json = { type: 'json', omitted: { kind: 'same', sql: 'NULL' } } as const;
  await stage('a json, b json', { ...twoWay, from: { column: 'a', ...json }, to: { column: 'b', ...json } });
  expect(await rowsAfter(`INSERT INTO users (id, a) VALUES (1, '{"x": 1}'); UPDATE users SET b = '{"x":1}'`)).toEqual([
    [{ x: 1 }, { x: 1 }],
  ]);
});

test('upserts by either unique column do not meet each other half-way', async () => {
  await stage('a text UNIQUE, b text UNIQUE, n int DEFAULT 0', {
    ...twoWay,
    from: { ...twoWay.from, omitted: { kind: 'same', sql: 'NULL' } },
    to: { ...twoWay.to, omitted: { kind: 'same', sql: 'NULL' } },
    lockValues: true,
  });
  await database.query("CREATE SEQUENCE numbers; ALTER TABLE users ALTER id SET DEFAULT nextval('numbers')");
  const clients = await Promise.all(
    Array.from({ length: 6 }, (_, place) => upserts(place % 2 === 0 ? 'a' : 'b', place)),
  );
  expect(clients.flat()).toEqual([]);
  expect(
    await database.query('SELECT count(*)::int AS rows, sum(n)::int AS sum, bool_and(a = b) AS same FROM users'),
  ).toEqual([{ rows: 40, sum: 6 * 200 - 40, same: true }]);
});

/** SQLSTATEs of the upserts that failed. */
async function upserts(column: 'a' | 'b', seed: number): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const failed: unknown[] = [];
  const text = `INSERT INTO users AS u (${column}) VALUES ($1) ON CONFLICT (${column}) DO UPDATE SET n = u.n + 1`;
  for (let turn = 0; turn < 200; turn += 1) {
    await client.query(text, [`value ${(turn * 7 + seed) % 40}`]).catch((error: unknown) => failed.push(error));
  }
  await client.end();
  return failed;
}
