import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { expect, it } from 'vitest';
import { isFailure } from '#core/error';
import type { Pace, Progress } from '#core/executor';
import { incrementAll, runBatches } from '../../../test/support/batches.ts';
import { type TestDatabase, withDatabase } from '../../../test/support/database.ts';
import { executionContext, until } from '../../../test/support/execution.ts';
import { startDoomedRunner } from '../../../test/support/kill-runner.ts';

const id = [['id', 'integer']] as const;
const first = { deed: 'step-1#0' };

async function withRows(rows: number, work: (database: TestDatabase) => Promise<void>): Promise<void> {
  await withDatabase(async (database) => {
    await database.query(`CREATE TABLE rows (id int PRIMARY KEY, n int NOT NULL DEFAULT 0, old text, new text);
      INSERT INTO rows SELECT i, 0, nullif(i % 9, 0) FROM generate_series(1, ${rows}) AS i; ANALYZE rows`);
    await work(database);
  });
}

async function countOf(database: TestDatabase, where: string): Promise<number> {
  const [row] = await database.query(`SELECT count(*)::int AS count FROM rows WHERE ${where}`);
  return Number(row?.count);
}

/** Rows that the checkpoints say are done, and rows that are. */
async function progressOf(database: TestDatabase) {
  const [row] = await database.query(
    `SELECT (SELECT coalesce(sum(rows), 0)::int FROM godwit.checkpoint) AS told, (SELECT sum(n)::int FROM rows) AS done`,
  );
  return { told: Number(row?.told), done: Number(row?.done) };
}

it('kill -9 in the middle, again and again: every row exactly once', async () => {
  await withRows(60_000, async (database) => {
    const slow = `UPDATE public.rows AS t SET n = n + 1 WHERE $range AND (id % 500 <> 0 OR pg_sleep(0.004)::text = '')`;
    const action = incrementAll(id, { workers: 2, statements: [slow] });
    for (let kill = 1; kill <= 3; kill += 1) {
      const runner = await startDoomedRunner(database.url, { runId: 'run-1', ...first, action });
      const least = kill * 4_000;
      await until(async () => (await countOf(database, 'n > 0')) > least, `${least} rows are done`);
      await runner.kill();
    }
    await runBatches(database, action);
    expect(await progressOf(database)).toEqual({ told: 60_000, done: 60_000 });
    expect(await countOf(database, 'n <> 1')).toBe(0);
  });
});

it('stops between two batches when it is asked to, and goes on later', async () => {
  await withRows(30_000, async (database) => {
    const stop = new AbortController();
    const reason = new Error('asked to stop');
    const progress = ({ done }: Progress) => {
      if (done > 5_000) stop.abort(reason);
    };
    const run = runBatches(database, incrementAll(id), { context: { signal: stop.signal }, instead: { progress } });
    await expect(run).rejects.toBe(reason);
    const { told, done } = await progressOf(database);
    expect(told).toBe(done);
    expect(done).toBeGreaterThan(5_000);
    expect(done).toBeLessThan(30_000);
    expect((await runBatches(database, incrementAll(id))).measures?.rows).toBe(30_000);
    expect(await countOf(database, 'n <> 1')).toBe(0);
  });
});

it('a connection that is lost stops it, and nothing is lost', async () => {
  await withRows(30_000, async (database) => {
    let killed = false;
    const pace = async (): Promise<Pace> => {
      if (!killed && (await countOf(database, 'n > 0')) > 3_000) {
        killed = true;
        await database.superQuery(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'godwit % worker %'",
        );
      }
      return { kind: 'go' };
    };
    const error = await runBatches(database, incrementAll(id, { workers: 2 }), { instead: { pace } }).catch(
      (thrown: unknown) => thrown,
    );
    expect(isFailure(error, 'connection-lost')).toBe(true);
    const { told, done } = await progressOf(database);
    expect(told).toBe(done);
    await runBatches(database, incrementAll(id, { workers: 2 }));
    expect(await countOf(database, 'n <> 1')).toBe(0);
  });
});

it('waits while a guard holds, rests while it wants it slower, and says why', async () => {
  await withRows(5_000, async (database) => {
    const paces: Pace[] = [
      { kind: 'hold', why: 'a replica lags' },
      { kind: 'hold', why: 'a replica lags' },
      { kind: 'slow', factor: 3, why: 'locks are waited for' },
    ];
    const pace = async () => paces.shift() ?? ({ kind: 'go' } as const);
    const waits: number[] = [];
    const wait = async (ms: number) => {
      waits.push(ms);
    };
    const outcome = await runBatches(database, incrementAll(id), { instead: { pace, wait } });
    expect(outcome.measures?.rows).toBe(5_000);
    expect(waits.slice(0, 2)).toEqual([250, 250]);
    expect(waits).toHaveLength(3);
    const said = outcome.heard.progress.flatMap(({ throttled }) => throttled ?? []);
    expect(new Set(said)).toEqual(new Set(['a replica lags', 'locks are waited for']));
  });
});

it('halves batches that run into the limit, and names the rows that are too slow for the smallest', async () => {
  await withRows(700, async (database) => {
    const slow = (ms: number) =>
      `UPDATE public.rows AS t SET n = n + 1 WHERE $range AND (id <> 620 OR pg_sleep(${ms / 1000})::text = '')`;
    const limits = { batchMaxMs: 200 };
    const perRow = `UPDATE public.rows AS t SET n = n + 1 WHERE $range AND pg_sleep(0.001)::text = ''`;
    const outcome = await runBatches(database, incrementAll(id, { statements: [perRow] }), { limits });
    expect(outcome.measures?.rows).toBe(700);
    const stuck = runBatches(database, incrementAll(id, { statements: [slow(2_000)] }), {
      limits,
      context: { deed: 'step-2#0' },
    });
    await expect(stuck).rejects.toMatchObject({
      code: 'statement-timeout',
      message: expect.stringMatching(/^A batch of 50 rows of public\.rows \(id after \d+ up to \d+\) took too long\./),
    });
    expect(await progressOf(database)).toMatchObject({ told: (await progressOf(database)).done });
  });
});

it('takes back a batch whose rows somebody holds, and does it when they are free', async () => {
  await withRows(3_000, async (database) => {
    const other = new Client({ connectionString: database.url });
    await other.connect();
    await other.query('BEGIN; UPDATE rows SET old = NULL WHERE id = 700');
    const run = runBatches(database, incrementAll(id));
    await until(async () => (await waitersOf(database)) > 0, 'the batch waits');
    await until(async () => (await waitersOf(database)) === 0, 'the batch has given up waiting');
    await other.query('COMMIT');
    await other.end();
    expect((await run).measures?.rows).toBe(3_000);
    expect(await countOf(database, 'n <> 1')).toBe(0);
  });
});

async function waitersOf(database: TestDatabase): Promise<number> {
  const [row] = await database.query(
    "SELECT count(*)::int AS count FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
  );
  return Number(row?.count);
}

it('names the rows that the server refuses, and keeps what was done before', async () => {
  await withRows(3_000, async (database) => {
    const statements = ['UPDATE public.rows AS t SET n = n + 1 / (id - 2500) + 1 WHERE $range'];
    const run = runBatches(database, incrementAll(id, { statements }));
    await expect(run).rejects.toMatchObject({
      code: 'step-failed',
      explanation: {
        what: expect.stringMatching(/^The server refused a batch of public\.rows \(id after \d+ up to \d+\)\.$/),
        why: expect.stringContaining('division by zero'),
      },
    });
    const { told } = await progressOf(database);
    expect(told).toBe(await countOf(database, 'n > 0'));
    expect(told).toBeGreaterThan(0);
  });
});

it('a policy that would hide rows from the owner is an error', async () => {
  await withRows(100, async (database) => {
    await database.query(
      'ALTER TABLE rows ENABLE ROW LEVEL SECURITY; ALTER TABLE rows FORCE ROW LEVEL SECURITY; CREATE POLICY own ON rows USING (id < 10)',
    );
    await expect(runBatches(database, incrementAll(id))).rejects.toThrow(/row-level security/);
  });
});

it("keeps the user's triggers from firing where the role may, and says where it may not", async () => {
  await withRows(1_000, async (database) => {
    await database.query(`ALTER TABLE rows ADD COLUMN updated_at timestamptz;
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.updated_at := now(); RETURN new; END $$;
      CREATE TRIGGER touch BEFORE UPDATE ON rows FOR EACH ROW EXECUTE FUNCTION touch()`);
    const action = incrementAll(id, { quietTriggers: true });
    const fired = await runBatches(database, action);
    expect(fired.detail).toMatch(/triggers of the table fired/);
    expect(await countOf(database, 'updated_at IS NULL')).toBe(0);
    await database.query(
      'UPDATE rows SET n = 0; ALTER TABLE rows DISABLE TRIGGER touch; UPDATE rows SET updated_at = NULL',
    );
    await database.query('ALTER TABLE rows ENABLE TRIGGER touch');
    await database.superQuery(`GRANT SET ON PARAMETER session_replication_role TO ${database.role}`);
    const quiet = await runBatches(database, action, { context: { deed: 'step-2#0' } });
    expect(quiet.detail).toMatch(/^1,000 rows of public\.rows in \d+ batches$/);
    expect(await countOf(database, 'updated_at IS NOT NULL OR n <> 1')).toBe(0);
    await database.superQuery(`REVOKE SET ON PARAMETER session_replication_role FROM ${database.role}`);
  });
});

it('inserts, deletes and moves of keys meanwhile: every row is filled at the end', async () => {
  await withRows(40_000, async (database) => {
    await database.query(`CREATE FUNCTION sync() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF tg_op = 'INSERT' OR new.old IS DISTINCT FROM old.old THEN new.new := new.old; END IF; RETURN new; END $$;
      CREATE TRIGGER sync BEFORE INSERT OR UPDATE ON rows FOR EACH ROW
        WHEN (current_setting('godwit.quiet', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION sync()`);
    const stop = new AbortController();
    const application = applicationOn(database, stop.signal);
    const statements = ['UPDATE public.rows AS t SET new = old WHERE $range AND new IS DISTINCT FROM old'];
    const action = incrementAll(id, { statements, isIdempotent: true, isSelfLimiting: true, workers: 2, targetMs: 10 });
    const outcome = await runBatches(database, action, { limits: { idleFactor: 1 } });
    stop.abort();
    expect(await application).toBeGreaterThan(50);
    expect(outcome.measures?.rows).toBeGreaterThan(30_000);
    expect(await countOf(database, 'new IS DISTINCT FROM old')).toBe(0);
  });
});

/** Deletes, inserts, moves rows from the end to the front, and changes values, until it is stopped. */
async function applicationOn(database: TestDatabase, signal: AbortSignal): Promise<number> {
  let turns = 0;
  for (; !signal.aborted; turns += 1) {
    await database.query(`DELETE FROM rows WHERE id = ${turns + 1}; UPDATE rows SET id = ${-turns - 1} WHERE id = ${40_000 - turns};
      INSERT INTO rows (id, old) VALUES (${50_000 + turns}, 'x'); UPDATE rows SET old = 'y' WHERE id = ${20_000 + turns}`);
    await sleep(1);
  }
  return turns;
}

it('a runner whose lease was taken over does no batch more', async () => {
  await withRows(1_000, async (database) => {
    const context = executionContext('run-1');
    let looks = 0;
    const pace = async (): Promise<Pace> => {
      looks += 1;
      if (looks === 1) await database.query('UPDATE godwit.lease SET token = token + 1');
      return { kind: 'go' };
    };
    await expect(runBatches(database, incrementAll(id), { instead: { ...context, pace } })).rejects.toMatchObject({
      code: 'lease-lost',
    });
    expect(await progressOf(database)).toEqual({ told: 500, done: 500 });
  });
});
