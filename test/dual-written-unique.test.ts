import { Client } from 'pg';
import { expect, test } from 'vitest';
import { postgresSpelling } from '#db/drivers/postgres/spelling/index';
import type { TestDatabase } from './support/database.ts';
import { until } from './support/execution.ts';
import { beginLife } from './support/life.ts';

const clients = 8;
const turns = 150;
const values = 12;
const birth = {
  setup: 'CREATE TABLE users (id bigserial PRIMARY KEY, mail text UNIQUE, times int NOT NULL DEFAULT 1)',
  sql: 'ALTER TABLE users RENAME COLUMN mail TO email',
};
const part = { type: 'text', omitted: { kind: 'same', sql: 'NULL' } } as const;

test('eight clients upsert on both names of a unique column while it is renamed, and none is refused', async () => {
  const life = await beginLife(birth);
  try {
    await life.forward(['prepare', 'expand', 'migrate']);
    expect(await upsertOnBoth(life.database.url)).toEqual([]);
    const found = await life.database.query(
      'SELECT count(*)::int AS rows, sum(times)::int AS times, bool_and(mail = email) AS same FROM users',
    );
    expect(found).toEqual([{ rows: values, times: clients * turns, same: true }]);
  } finally {
    await life.end();
  }
});

test.each([
  { lockValues: true, refused: [] },
  { lockValues: false, refused: ['23505'] },
])(
  'two sessions upsert one value under two names at one instant, with lock on values: $lockValues',
  async (example) => {
    const life = await beginLife(birth);
    try {
      await stage(life.database, example.lockValues);
      expect(await upsertAtOnce(life.database)).toEqual(example.refused);
    } finally {
      await life.end();
    }
  },
);

/** The advisory lock at which a session stands that says so. */
const gate = 7;

/**
 * The new name beside the old one, and between their two unique indexes, in the order of their making, one whose
 * expression waits at the gate: the server looks for conflicts before it fills the indexes, in that order.
 */
async function stage({ query }: TestDatabase, lockValues: boolean): Promise<void> {
  await query(`CREATE FUNCTION held(text) RETURNS text IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN
    IF current_setting('test.held', true) = 'on' THEN PERFORM pg_advisory_xact_lock_shared(${gate}); END IF;
    RETURN $1; END $$`);
  await query('CREATE INDEX ON users (held(mail))');
  await query('ALTER TABLE users ADD COLUMN email text UNIQUE');
  const sync = {
    table: { schema: 'public', name: 'users' },
    name: 'godwit_sync_test',
    from: { column: 'mail', ...part },
    to: { column: 'email', ...part },
    up: 'new.mail',
    down: 'new.email',
    lockValues,
    searchPath: ['public'],
  };
  for (const statement of postgresSpelling.createSync(sync)) await query(statement);
}

/** The first session has looked for conflicts and not filled the second name's index when the other one comes. */
async function upsertAtOnce({ url, query }: TestDatabase): Promise<readonly unknown[]> {
  const [keeper, first, second] = await Promise.all([connected(url), connected(url), connected(url)]);
  const waiting = async (count: number) => {
    const sql = `SELECT count(*)::int AS count FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await until(async () => (await query(sql))[0]?.count === count, `${count} sessions wait`);
  };
  try {
    await keeper.query(`SELECT pg_advisory_lock(${gate})`);
    await first.query(`SET test.held = 'on'`);
    const held = refusalOf(first, 'mail', 'one value');
    await waiting(1);
    const other = refusalOf(second, 'email', 'one value');
    await waiting(2);
    await keeper.query(`SELECT pg_advisory_unlock(${gate})`);
    return (await Promise.all([held, other])).filter((refusal) => refusal !== undefined);
  } finally {
    await Promise.all([keeper, first, second].map((client) => client.end()));
  }
}

async function connected(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  await client.connect();
  return client;
}

/** The SQLSTATE with which the server refuses an upsert, or undefined. */
async function refusalOf(client: Client, column: string, value: string): Promise<unknown> {
  const text = `INSERT INTO users AS u (${column}) VALUES ($1) ON CONFLICT (${column}) DO UPDATE SET times = u.times + 1`;
  const refused = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error);
  return await client.query(text, [value]).then(() => undefined, refused);
}

/** SQLSTATEs of what was refused. */
async function upsertOnBoth(url: string): Promise<readonly unknown[]> {
  const all = await Promise.all(Array.from({ length: clients }, (_, place) => upserts(url, place)));
  return all.flat();
}

async function upserts(url: string, place: number): Promise<readonly unknown[]> {
  const client = await connected(url);
  const refused: unknown[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const refusal = await refusalOf(client, place % 2 === 0 ? 'mail' : 'email', `value ${turn % values}`);
    if (refusal !== undefined) refused.push(refusal);
  }
  await client.end();
  return refused;
}
