import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type TestDatabase, withDatabase } from '../../test/support/database.ts';
import { executionContext, executionTools, openLease, until } from '../../test/support/execution.ts';
import { startDoomedRunner } from '../../test/support/kill-runner.ts';
import { databaseExecutors } from './executors/index.ts';

const never = new AbortController().signal;
const deed = { runId: 'run-1', deed: 'step-1#0' };

it('ends the transaction of a runner that was killed: nothing of it is written later', async () => {
  await withDatabase(async (database) => {
    await database.query('CREATE TABLE public.written (id int)');
    const action = sqlAction('INSERT INTO public.written SELECT 1 FROM pg_catalog.pg_sleep(60)');
    const runner = await startDoomedRunner(database.url, { ...deed, action });
    await until(() => isAtWork(database, 'INSERT%'), 'the statement runs');
    await runner.kill();
    // The fact that this is about: the statement of a runner that is gone runs on.
    expect(await isAtWork(database, 'INSERT%')).toBe(true);
    const leases = await openLease(database.url);
    await leases.acquire('run-1', never);
    expect(await backendsOf(database, 1)).toEqual([]);
    await sleep(1_000);
    expect(await database.query('SELECT count(*)::int AS rows FROM written')).toEqual([{ rows: 0 }]);
    await leases.end();
  });
});

it('ends the index build of a runner that was killed, and its successor builds the index', async () => {
  await withDatabase(async (database) => {
    await database.query('CREATE TABLE public.big AS SELECT n AS id FROM generate_series(1, 20000) AS n');
    await database.query(
      `CREATE FUNCTION public.slowly(n int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT n FROM pg_sleep(0.001)'`,
    );
    const action = indexAction('CREATE INDEX CONCURRENTLY big_slow ON public.big (public.slowly(id))');
    const runner = await startDoomedRunner(database.url, { ...deed, action });
    await until(() => isAtWork(database, 'CREATE INDEX%'), 'the build runs');
    await until(async () => (await validity(database, 'big_slow')) === false, 'the index is there, not valid yet');
    await runner.kill();
    expect(await isAtWork(database, 'CREATE INDEX%')).toBe(true);
    const leases = await openLease(database.url);
    const lease = await leases.acquire('run-1', never);
    expect(await backendsOf(database, 1)).toEqual([]);
    expect(await validity(database, 'big_slow')).toBe(false);
    await database.query(
      `CREATE OR REPLACE FUNCTION public.slowly(n int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT n'`,
    );
    const executor = databaseExecutors(executionTools(database.url, lease)).find(({ kind }) => kind === 'db/index');
    const outcome = await executor?.execute(action, executionContext('run-1'));
    expect(outcome?.detail).toContain('after an invalid one was dropped');
    expect(await validity(database, 'big_slow')).toBe(true);
    await leases.end();
  });
});

function sqlAction(statement: string) {
  return { kind: 'db/sql', statements: [statement], locks: [], lockTimeoutMs: 500, statementTimeoutMs: 0 };
}

function indexAction(create: string) {
  const table = { schema: 'public', name: 'big' };
  return { kind: 'db/index', want: 'present', table, index: 'big_slow', create, deadlineMs: 60_000, locks: [] };
}

async function isAtWork(database: TestDatabase, like: string): Promise<boolean> {
  const rows = await database.query(
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE $1",
    [like],
  );
  return rows.length > 0;
}

async function backendsOf(database: TestDatabase, token: number): Promise<readonly unknown[]> {
  return await database.query(
    'SELECT pid, application_name FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE $1',
    [`godwit run-1 ${token} %`],
  );
}

async function validity(database: TestDatabase, index: string): Promise<unknown> {
  const rows = await database.query(
    'SELECT indisvalid FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE relname = $1',
    [index],
  );
  return rows[0]?.indisvalid;
}
