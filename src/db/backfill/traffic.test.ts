import { Client } from 'pg';
import { expect, it } from 'vitest';
import { type TestDatabase, withDatabase } from '../../../test/support/database.ts';
import { until } from '../../../test/support/execution.ts';
import { withSession } from '../../../test/support/open-session.ts';
import type { Session } from '../session.ts';
import { type Traffic, watchTraffic } from './traffic.ts';

type Stage = {
  readonly database: TestDatabase;
  readonly session: Session;
  readonly traffic: Traffic;
  pass(ms: number): void;
};

/** A table with a key, a session of ours that watches it, and a clock that the test turns. */
async function onStage(work: (stage: Stage) => Promise<void>): Promise<void> {
  await withDatabase(async (database) => {
    await database.query(`CREATE TABLE rows (id int PRIMARY KEY, n int NOT NULL DEFAULT 0);
      INSERT INTO rows SELECT i FROM generate_series(1, 1000) AS i; ANALYZE rows`);
    await withSession(database.url, async (session) => {
      let nowMs = 1_000_000;
      const traffic = await watchTraffic(session, { schema: 'public', name: 'rows' }, () => nowMs);
      const pass = (ms: number) => {
        nowMs += ms;
      };
      await work({ database, session, traffic, pass });
    });
  });
}

/** A batch of ours, and a look at the counters after it. */
async function batch({ session, traffic, pass }: Stage): Promise<void> {
  await session.transaction(async () => {
    await session.query('UPDATE public.rows SET n = n + 1 WHERE id <= 500');
    traffic.note((await session.query(`SELECT ${traffic.signs}`)).rows[0]);
  });
  pass(250);
  await traffic.look(session);
}

it('is busy at first, and idle when nobody but us was there for a while', async () => {
  await onStage(async (stage) => {
    // The counters of those who filled the table may arrive late.
    await until(
      async () =>
        (await stage.database.query('SELECT pg_stat_get_live_tuples($1::regclass) AS n', ['rows']))[0]?.n === '1000',
      'counted',
    );
    expect(stage.traffic.isBusy()).toBe(true);
    for (let turn = 0; turn < 12; turn += 1) await batch(stage);
    expect(stage.traffic.isBusy()).toBe(false);
    expect(stage.traffic.patience()).toBe(1);
  });
});

it.each([
  'SELECT n FROM rows WHERE id = 7',
  'INSERT INTO rows (id) VALUES (5000)',
  'SELECT FROM rows WHERE id = 8 FOR UPDATE',
])('sees the application: %s', async (statement) => {
  await onStage(async (stage) => {
    for (let turn = 0; turn < 12; turn += 1) await batch(stage);
    await until(async () => {
      stage.pass(5_000);
      await batch(stage);
      return !stage.traffic.isBusy();
    }, 'it is idle');
    await stage.database.query('SET enable_seqscan = off');
    await stage.database.query(`${statement}; SELECT pg_stat_force_next_flush()`);
    await batch(stage);
    expect(stage.traffic.isBusy()).toBe(true);
    expect(stage.traffic.wasUsed()).toBe(true);
    stage.pass(5_000);
    await batch(stage);
    expect(stage.traffic.isBusy()).toBe(false);
  });
});

it('sees a session that waits for a row of a batch, and wants shorter ones', async () => {
  await onStage(async (stage) => {
    const { session, traffic, database, pass } = stage;
    pass(10_000);
    await batch(stage);
    const other = new Client({ connectionString: database.url });
    await other.connect();
    let waiting: Promise<unknown> = Promise.resolve();
    await session.transaction(async () => {
      await session.query('UPDATE public.rows SET n = n + 1 WHERE id <= 500');
      waiting = other.query('UPDATE rows SET n = 0 WHERE id = 3');
      const sees = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
      await until(async () => (await database.query(sees))[0]?.n === 1, 'somebody waits');
      traffic.note((await session.query(`SELECT ${traffic.signs}`)).rows[0]);
    });
    await waiting;
    await other.end();
    expect(traffic.isBusy()).toBe(true);
    expect(traffic.patience()).toBe(0.5);
    await batch(stage);
    expect(traffic.patience()).toBeCloseTo(0.55);
  });
});
