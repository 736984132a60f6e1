import { Client } from 'pg';
import { expect, it } from 'vitest';
import type { Lease } from '#core/domain';
import { type TestDatabase, withDatabase } from '../../../test/support/database.ts';
import { executionContext, executionTools, openLease, until } from '../../../test/support/execution.ts';
import { startDoomedRunner } from '../../../test/support/kill-runner.ts';
import type { SqlAction } from '../action.ts';
import type { ExecutionLimits } from '../execution.ts';
import { sqlExecutor } from './sql.ts';

const never = new AbortController().signal;
const usersLock = [{ relation: 'public.users', mode: 'ACCESS EXCLUSIVE' }];

function sqlAction(statements: string[], more: Partial<SqlAction> = {}): SqlAction {
  return { kind: 'db/sql', statements, locks: usersLock, lockTimeoutMs: 300, statementTimeoutMs: 5_000, ...more };
}
const addColumn = sqlAction(['ALTER TABLE public.users ADD COLUMN age int']);
const dropColumn = sqlAction(['ALTER TABLE public.users DROP COLUMN age']);

type Running = { readonly database: TestDatabase; readonly lease: Lease };
type Given = Parameters<typeof executionContext>[1];

/** A database with a table `users` of one row, and the lease for `run-1`. */
async function withUsers(work: (running: Running) => Promise<void>): Promise<void> {
  await withDatabase(async (database) => {
    await database.query(
      "CREATE TABLE public.users (id int PRIMARY KEY, name text); INSERT INTO users VALUES (1, 'a')",
    );
    const leases = await openLease(database.url);
    try {
      await work({ database, lease: await leases.acquire('run-1', never) });
    } finally {
      await leases.end();
    }
  });
}

async function execute(running: Running, action: SqlAction, given: Given = {}, limits: Partial<ExecutionLimits> = {}) {
  const context = executionContext('run-1', given);
  const outcome = await sqlExecutor(executionTools(running.database.url, running.lease, limits)).execute(
    action,
    context,
  );
  return { ...outcome, heard: context.heard };
}

async function columnsOf({ database }: Running): Promise<string> {
  const rows = await database.query(
    "SELECT string_agg(attname, ' ' ORDER BY attname) AS names FROM pg_attribute WHERE attrelid = 'public.users'::regclass AND attnum > 0 AND NOT attisdropped",
  );
  return String(rows[0]?.names);
}

/** A transaction of somebody else that holds a lock on users. */
async function holdLock(
  { database }: Running,
  mode = 'ACCESS SHARE',
): Promise<{ readonly pid: number; readonly end: () => Promise<void> }> {
  const client = new Client({ connectionString: database.url, application_name: 'report' });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('BEGIN');
  await client.query(`LOCK TABLE public.users IN ${mode} MODE`);
  await client.query("SELECT 'secret literal'");
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return { pid: rows[0]?.pid ?? 0, end: () => client.end() };
}

it('does a deed once, also when it is asked twice', async () => {
  await withUsers(async (running) => {
    expect(await execute(running, addColumn)).toMatchObject({ ok: true, detail: '1 statement' });
    expect(await execute(running, addColumn)).toMatchObject({ ok: true, detail: 'already done' });
  });
});

it('goes forward, back and forward, and skips the way back of what never took effect', async () => {
  await withUsers(async (running) => {
    expect((await execute(running, dropColumn, { direction: 'back' })).detail).toBe(
      'nothing of the step had taken effect',
    );
    await execute(running, addColumn);
    await execute(running, dropColumn, { direction: 'back' });
    expect((await execute(running, dropColumn, { direction: 'back' })).detail).toBe('already done');
    expect(await columnsOf(running)).toBe('id name');
    await execute(running, addColumn, { deed: 'step-1#0~1' });
    expect(await columnsOf(running)).toBe('age id name');
    await execute(running, dropColumn, { deed: 'step-1#0~1', direction: 'back' });
    expect(await columnsOf(running)).toBe('id name');
  });
});

it('leaves nothing of a transaction whose last statement fails', async () => {
  await withUsers(async (running) => {
    const action = sqlAction([...addColumn.statements, 'ALTER TABLE public.users ADD COLUMN name text']);
    await expect(execute(running, action)).rejects.toMatchObject({ code: 'step-failed' });
    expect(await columnsOf(running)).toBe('id name');
    expect((await execute(running, addColumn)).detail).toBe('1 statement');
  });
});

it('does once what a runner was doing when it was killed between its statement and its commit', async () => {
  await withDatabase(async (database) => {
    await database.query('CREATE TABLE public.users (id int)');
    const inHalf = sqlAction(['INSERT INTO public.users VALUES (1)', 'SELECT pg_catalog.pg_sleep(8)'], {
      statementTimeoutMs: 0,
    });
    const runner = await startDoomedRunner(database.url, { runId: 'run-1', deed: 'step-1#0', action: inHalf });
    const isSleeping =
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep' AND query LIKE '%(8)'";
    await until(async () => (await database.query(isSleeping)).length > 0, 'the first statement is done');
    await runner.kill();
    const leases = await openLease(database.url);
    const running = { database, lease: await leases.acquire('run-1', never) };
    const action = sqlAction(['INSERT INTO public.users VALUES (1)']);
    expect((await execute(running, action)).detail).toBe('1 statement');
    expect((await execute(running, action)).detail).toBe('already done');
    expect(await database.query('SELECT count(*)::int AS rows FROM users')).toEqual([{ rows: 1 }]);
    await leases.end();
  });
});

it('refuses the deed of a holder that was fenced off', async () => {
  await withUsers(async (running) => {
    await running.database.query('UPDATE godwit.lease SET token = token + 1');
    await expect(execute(running, addColumn)).rejects.toMatchObject({ code: 'lease-lost' });
    expect(await columnsOf(running)).toBe('id name');
  });
});

it('gives up on a lock that is never granted, names who has it, and keeps the application waiting no longer than one attempt', async () => {
  await withUsers(async (running) => {
    const other = await holdLock(running);
    const limits = { attemptsMax: 4, longTransactionMs: 60_000 };
    const waits: number[] = [];
    let isOver = false;
    const application = (async () => {
      while (!isOver) {
        const start = performance.now();
        await running.database.query('SELECT count(*) FROM users');
        waits.push(performance.now() - start);
      }
    })();
    const failure: unknown = await execute(running, addColumn, {}, limits).catch((error: unknown) => error);
    isOver = true;
    await application;
    expect(failure).toMatchObject({
      code: 'lock-timeout',
      exitCode: 5,
      explanation: {
        what: expect.stringContaining('No lock on public.users was granted in 4 attempts'),
        why: expect.stringMatching(
          new RegExp(
            `process ${other.pid} \\(report, role owner_\\w+, idle in transaction, transaction open for [\\d.]+ s, query begun`,
          ),
        ),
      },
    });
    expect(JSON.stringify(failure)).not.toContain('secret literal');
    expect(Math.max(...waits)).toBeGreaterThan(200);
    expect(Math.max(...waits)).toBeLessThan(300 + 250);
    await other.end();
    expect((await execute(running, addColumn)).detail).toBe('1 statement');
  });
});

it('does not queue behind a long transaction: it waits for its end, and tells for whom', async () => {
  await withUsers(async (running) => {
    const other = await holdLock(running);
    const context = executionContext('run-1');
    const limits = { longTransactionMs: 0, attemptsMaxMs: 20_000, backoffFirstMs: 50 };
    const tools = executionTools(running.database.url, running.lease, limits);
    const working = sqlExecutor(tools).execute(addColumn, context);
    await until(async () => context.heard.progress.length >= 2, 'it tells that it waits');
    expect(context.heard.progress[0]?.throttled).toContain(
      `waiting for a lock on public.users (attempt 1); in the way: process ${other.pid} (report`,
    );
    const start = performance.now();
    await running.database.query('SELECT count(*) FROM users');
    expect(performance.now() - start).toBeLessThan(100);
    await other.end();
    expect((await working).detail).toBe('1 statement');
  });
});

it('stops in the middle of waiting when it is told to', async () => {
  await withUsers(async (running) => {
    const other = await holdLock(running);
    const stop = new AbortController();
    const why = new Error('paused');
    const waiting = execute(running, { ...addColumn, lockTimeoutMs: 60_000 }, { signal: stop.signal });
    const isWaiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    await until(async () => (await running.database.query(isWaiting)).length > 0, 'it waits for the lock');
    stop.abort(why);
    await expect(waiting).rejects.toBe(why);
    expect(await running.database.query(isWaiting)).toEqual([]);
    await other.end();
  });
});

it("lets the user's own triggers find what they name without its schema", async () => {
  await withUsers(async (running) => {
    await running.database.query(`CREATE TABLE public.changes (id int);
      CREATE FUNCTION public.note() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN INSERT INTO changes VALUES (new.id); RETURN new; END';
      CREATE TRIGGER note BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION note()`);
    await execute(running, sqlAction(["UPDATE public.users SET name = 'b'"]));
    expect(await running.database.query('SELECT id FROM changes')).toEqual([{ id: 1 }]);
  });
});

it('cancels a statement that runs over its limit, and does not try it again', async () => {
  await withUsers(async (running) => {
    const action = sqlAction(['SELECT pg_catalog.pg_sleep(5)'], { statementTimeoutMs: 100 });
    await expect(execute(running, action)).rejects.toMatchObject({ code: 'statement-timeout', exitCode: 5 });
  });
});
