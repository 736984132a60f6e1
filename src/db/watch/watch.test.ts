import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type TestDatabase, withDatabase } from '../../../test/support/database.ts';
import { until } from '../../../test/support/execution.ts';
import { postgres } from '../drivers/postgres/index.ts';
import type { Session } from '../session.ts';
import { type Observed, openWatch } from './watch.ts';

const waiters = `SELECT pid FROM pg_locks WHERE relation = 'public.users'::regclass AND NOT granted`;
const run = { runId: 'r1', token: 1 };

it('sees locks however short they are held, and for how long', async () => {
  let locked = { atLeastMs: 0, atMostMs: 0 };
  const seen = await watched(async (session, { query }) => {
    const startMs = performance.now();
    await session.transaction(async () => {
      await session.query('ALTER TABLE public.users ADD COLUMN more int');
      const gotMs = performance.now();
      await until(async () => (await query(waiters)).length > 0, 'a writer waits');
      await session.query('SELECT pg_sleep(1)');
      locked = { ...locked, atLeastMs: performance.now() - gotMs };
    });
    locked = { ...locked, atMostMs: performance.now() - startMs };
  });
  const [lock] = seen.locks.filter(({ mode }) => mode === 'AccessExclusiveLock');
  expect(lock).toMatchObject({ relation: 'public.users' });
  // What the watch sees from outside may lag by a look of its own.
  expect(lock?.heldMs).toBeGreaterThan(locked.atLeastMs - 10);
  expect(lock?.heldMs).toBeLessThan(locked.atMostMs + 50);
  expect(seen.longestWaitMs).toBeGreaterThan(100);
  expect(seen.rewrites).toEqual([]);
  const brief = await watched((session) =>
    session.transaction(() => session.query('LOCK TABLE public.users IN SHARE MODE')),
  );
  expect(brief.locks.map(({ mode }) => mode)).toContain('ShareLock');
});

it('sees a table that is written anew, and one that is read as a whole', async () => {
  const rewritten = await watched((session) =>
    session.query('ALTER TABLE public.users ALTER COLUMN id TYPE bigint USING id + 1'),
  );
  expect(rewritten.rewrites).toEqual(['public.users']);
  const scanned = await watched((session) => session.query('SELECT count(*) FROM public.users WHERE name IS NULL'));
  expect(scanned).toMatchObject({ rewrites: [], scans: ['public.users'] });
  const byKey = await watched((session) => session.query('SELECT * FROM public.users WHERE id = 5'));
  expect(byKey).toMatchObject({ rewrites: [], scans: [] });
});

it('takes nothing of one deed for another one', async () => {
  const seen = await watched(
    (session) => session.query('LOCK TABLE public.users IN SHARE MODE; SELECT pg_sleep(0.05)'),
    (session) => session.query('SELECT pg_sleep(0.1)'),
  );
  expect(seen.locks).toEqual([]);
});

/** What the watch saw of the last deed; each deed has a session of its own, as the executors do. */
async function watched(
  ...deeds: readonly ((session: Session, database: TestDatabase) => Promise<unknown>)[]
): Promise<Observed> {
  return withDatabase(async (database) => {
    await database.query(`CREATE TABLE users (id int PRIMARY KEY, name text);
      INSERT INTO users SELECT i, 'n' FROM generate_series(1, 5000) AS i; ANALYZE users`);
    const seen: Observed[] = [];
    const watch = await watchOn(database);
    try {
      for (const deed of deeds) {
        const work = async () => {
          const session = await watch.connect({ purpose: 'sql', run, signal: new AbortController().signal });
          await deed(session, database).finally(() => session.close());
        };
        await watch.observe(work, (observed) => seen.push(observed));
      }
    } finally {
      await watch.close();
    }
    const last = seen.at(-1);
    if (last === undefined) throw new Error('nothing was seen');
    return last;
  });
}

function watchOn({ url, superUrl }: TestDatabase) {
  return openWatch({
    connect: postgres.connect(url),
    connectAsAdmin: postgres.connect(superUrl),
    spelling: postgres.spelling,
    probed: [{ schema: 'public', name: 'users' }],
    signal: new AbortController().signal,
    nowMs: () => performance.now(),
    wait: (ms, signal) => setTimeout(ms, undefined, { signal }),
  });
}
