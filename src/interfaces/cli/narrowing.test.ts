import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type TestDatabase, withDatabase } from '../../../test/support/database.ts';
import { document, errorSchema, type Godwit } from '../../../test/support/godwit.ts';
import { godwitInside } from '../../../test/support/godwit-inside.ts';

const runSchema = z.object({
  state: z.string(),
  restored: z.object({ schema: z.boolean(), data: z.boolean(), exceptions: z.array(z.string()) }).optional(),
});
const whole = { state: 'rolled-back', restored: { schema: true, data: true, exceptions: [] } };
const points = `
  CREATE TABLE users (id int PRIMARY KEY, points int NOT NULL);
  INSERT INTO users SELECT i, i FROM generate_series(1, 300) AS i`;
const toBigint = 'ALTER TABLE users ALTER COLUMN points TYPE bigint';
const three = `INSERT INTO users VALUES (1001, 3000000000), (1002, 3000000001), (1003, 3000000002)`;

/** After contract the application may write what the old type does not take. */
describe('a rollback to a narrower type', { timeout: 240_000 }, () => {
  it('names the rows that do not fit before it touches anything, and is whole once they are mended', async () => {
    await inDatabase(points, async ({ godwit: { run }, database: { query } }) => {
      const dir = await applied(run, toBigint);
      await query(three);
      const refused = await run('rollback', '--json');
      expect(refused.exit).toBe(6);
      const { error } = document(refused, errorSchema);
      expect(error).toMatchObject({
        code: 'verification-failed',
        what: expect.stringContaining('nothing was touched'),
      });
      expect(error.why).toBe(
        'In 3 rows of public.users points holds a value that integer does not take: id 1001; 1002; 1003.',
      );
      expect((await run('rollback', '--dry-run')).exit).toBe(6);
      expect(document(await run('status', '--json'), runSchema)).toEqual({ state: 'done' });
      expect((await run('verify')).exit).toBe(0);
      expect((await run('apply', dir)).exit).toBe(0);
      await query('INSERT INTO users VALUES (1004, 4000000000)');
      await query('UPDATE users SET points = 0 WHERE points > 2147483647');
      expect(document(await run('rollback', '--json'), runSchema)).toEqual(whole);
      expect(await ownFunctions(query)).toEqual([]);
    });
  });

  it('does the same after a change that was free, and shows five of many', async () => {
    const setup = `CREATE TABLE users (id int PRIMARY KEY, name varchar(10));
      INSERT INTO users SELECT i, 'n' || i FROM generate_series(1, 300) AS i`;
    await inDatabase(setup, async ({ godwit: { run }, database: { query } }) => {
      await applied(run, 'ALTER TABLE users ALTER COLUMN name TYPE text');
      await query(`UPDATE users SET name = name || ' the longest' WHERE id > 200`);
      const { error } = document(await run('rollback', '--json'), errorSchema);
      expect(error.why).toMatch(
        /^In 100 rows of public.users name .* character varying\(10\) .*: id \d+; \d+; \d+; \d+; \d+; …\.$/,
      );
      expect(document(await run('status', '--json'), runSchema)).toEqual({ state: 'done' });
      await query('UPDATE users SET name = left(name, 10)');
      expect(document(await run('rollback', '--json'), runSchema)).toEqual(whole);
      expect(await ownFunctions(query)).toEqual([]);
    });
  });

  it('asks in the names that hold at the end of the plan', async () => {
    const setup = `CREATE TABLE users (id int PRIMARY KEY, name varchar(10), points int);
      INSERT INTO users SELECT i, 'n' || i, i FROM generate_series(1, 30) AS i`;
    const intent = `ALTER TABLE users ALTER COLUMN name TYPE text; ALTER TABLE users ALTER COLUMN points TYPE bigint;
      ALTER TABLE users RENAME COLUMN name TO full_name; ALTER TABLE users RENAME COLUMN id TO number;
      ALTER TABLE users RENAME TO people`;
    await inDatabase(setup, async ({ godwit: { run }, database: { query } }) => {
      await applied(run, intent);
      await query(`UPDATE people SET full_name = 'longer than ten' WHERE number = 7;
        UPDATE people SET points = 3000000000 WHERE number = 8`);
      const { error } = document(await run('rollback', '--json'), errorSchema);
      expect(error.why).toContain('In 1 row of public.people full_name holds a value that character varying(10)');
      expect(error.why).toContain(
        'In 1 row of public.people points holds a value that integer does not take: number 8',
      );
      expect(document(await run('status', '--json'), runSchema)).toEqual({ state: 'done' });
      await query(`UPDATE people SET full_name = '', points = 1 WHERE number IN (7, 8)`);
      expect(document(await run('rollback', '--json'), runSchema)).toEqual(whole);
    });
  });

  it('stops when such a row arrives on the way, refuses nobody meanwhile, and goes on when it is mended', async () => {
    await inDatabase(points, async ({ godwit, database }) => {
      const { query } = database;
      await applied(godwit.run, toBigint);
      const holder = new Client({ connectionString: database.url });
      await holder.connect();
      await holder.query('BEGIN; LOCK TABLE users IN ACCESS SHARE MODE');
      const back = godwit.start('rollback', '--json');
      await waitsForLock(database);
      await holder.query('INSERT INTO users VALUES (1001, 3000000000)');
      await holder.query('COMMIT');
      await holder.end();
      const ran = await back.ended;
      expect(ran.exit).toBe(6);
      expect(document(ran, errorSchema).error.why).toContain('in 1 row of public.users points holds');
      expect(document(await godwit.run('status', '--json'), runSchema).state).toBe('failed');
      const verified = await godwit.run('verify');
      expect([verified.exit, verified.stdout]).toEqual([6, expect.stringContaining('not there yet')]);
      const purged = await godwit.run('purge', '--json');
      expect(document(purged, errorSchema).error).toMatchObject({ code: 'wrong-state' });
      await query(`INSERT INTO users VALUES (1002, 3000000001); UPDATE users SET points = 3000000005 WHERE id = 1`);
      const again = await godwit.run('rollback', '--json');
      expect(document(again, errorSchema).error.why).toContain('In 3 rows of public.users');
      expect(await query('SELECT points FROM users WHERE id = 1001')).toEqual([{ points: '3000000000' }]);
      await query('UPDATE users SET points = 7 WHERE points > 2147483647');
      expect(document(await godwit.run('rollback', '--json'), runSchema)).toEqual(whole);
      await applied(godwit.run, undefined);
      expect(await ownFunctions(query)).toHaveLength(1);
      expect((await godwit.run('purge', '--yes')).exit).toBe(0);
      expect(await ownFunctions(query)).toEqual([]);
    });
  });
});

type Place = { readonly godwit: Godwit; readonly database: TestDatabase };

async function inDatabase(setup: string, test: (place: Place) => Promise<void>): Promise<void> {
  await withDatabase(async (database) => {
    await database.query(setup);
    const godwit = await godwitInside(database.url);
    try {
      await test({ godwit, database });
    } finally {
      await godwit.remove();
    }
  });
}

/** Plans and applies to the end; without an intent, applies the plan of the newest run again. Resolves with its folder. */
async function applied(run: Godwit['run'], intent: string | undefined): Promise<string> {
  const dir =
    intent === undefined
      ? document(await run('status', '--json'), z.object({ planId: z.string() })).planId
      : document(await run('plan', intent, '--json'), z.object({ dir: z.string() })).dir;
  const ran = await run('apply', dir, '--json');
  const { state } = document(ran, runSchema);
  const done = state === 'waiting' ? await run('apply', '--confirm', 'deploy', '--json') : ran;
  expect(document(done, runSchema)).toEqual({ state: 'done' });
  return dir;
}

async function ownFunctions(query: TestDatabase['query']): Promise<readonly unknown[]> {
  return query(`SELECT proname FROM pg_proc WHERE pronamespace = 'godwit'::regnamespace AND proname LIKE '%fits%'`);
}

/** Resolves when a session of godwit waits for a lock. Polled: the server tells nobody. */
async function waitsForLock({ superQuery, name }: TestDatabase): Promise<void> {
  const endMs = performance.now() + 45_000;
  while (performance.now() < endMs) {
    const [found] = await superQuery(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'`,
      [name],
    );
    if (found?.n !== 0) return;
  }
  throw new Error('nobody waits for a lock');
}
