import { Client } from 'pg';
import { expect, it } from 'vitest';
import type { Lease } from '#core/domain';
import { actionSchema } from '#core/plan';
import { type TestDatabase, withDatabase } from '../../../test/support/database.ts';
import { executionContext, executionTools, openLease, until } from '../../../test/support/execution.ts';
import type { IndexAction } from '../action.ts';
import { indexExecutor } from './index-build.ts';

const never = new AbortController().signal;
const create = 'CREATE INDEX CONCURRENTLY users_name ON public.users USING btree (name)';

function indexAction(more: Partial<IndexAction> = {}): IndexAction {
  const table = { schema: 'public', name: 'users' };
  return {
    kind: 'db/index',
    want: 'present',
    table,
    index: 'users_name',
    create,
    deadlineMs: 20_000,
    locks: [],
    ...more,
  };
}
const absent = indexAction({ want: 'absent' });

type Running = { readonly database: TestDatabase; readonly lease: Lease };

async function withUsers(work: (running: Running) => Promise<void>): Promise<void> {
  await withDatabase(async (database) => {
    await database.query(`CREATE TABLE public.users (id int PRIMARY KEY, name text); CREATE TABLE public.other (id int);
      INSERT INTO users SELECT n, 'user ' || n FROM generate_series(1, 1000) AS n`);
    const leases = await openLease(database.url);
    try {
      await work({ database, lease: await leases.acquire('run-1', never) });
    } finally {
      await leases.end();
    }
  });
}

/** Another deed for each call, so that nothing is skipped because it is done, unless a deed is named. */
let deeds = 1;
async function execute(running: Running, action: IndexAction, deed = `step-1#${deeds++}`) {
  return await begin(running, action, deed).working;
}

function begin({ database, lease }: Running, action: IndexAction, deed: string) {
  const context = executionContext('run-1', { deed });
  const working = indexExecutor(executionTools(database.url, lease)).execute(actionSchema.parse(action), context);
  return { working, progress: context.heard.progress };
}

async function validity({ database }: Running, index = 'users_name'): Promise<unknown> {
  const rows = await database.query(
    'SELECT indisvalid FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE relname = $1',
    [index],
  );
  return rows[0]?.indisvalid;
}

/** A transaction of somebody else with a snapshot that stays. */
async function openSnapshot(
  { database }: Running,
  query: string,
): Promise<{ readonly pid: number; readonly end: () => Promise<void> }> {
  const client = new Client({ connectionString: database.url, application_name: 'report' });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  await client.query(query);
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return { pid: rows[0]?.pid ?? 0, end: () => client.end() };
}

it('builds an index and drops it, and finds it there or gone the second time', async () => {
  await withUsers(async (running) => {
    expect((await execute(running, indexAction(), 'step-1#0')).detail).toMatch(/^index users_name built in/);
    expect((await execute(running, indexAction(), 'step-1#0')).detail).toBe('already done');
    expect((await execute(running, indexAction())).detail).toBe('index users_name is already there and valid');
    expect((await execute(running, absent)).detail).toBe('index users_name dropped');
    expect((await execute(running, absent)).detail).toBe('index users_name is not there');
    expect(await validity(running)).toBeUndefined();
  });
});

it('takes no other index of that name for its own', async () => {
  await withUsers(async (running) => {
    await running.database.query('CREATE INDEX users_name ON users (lower(name))');
    await expect(execute(running, indexAction())).rejects.toMatchObject({
      code: 'drift',
      explanation: { why: expect.stringContaining('lower(name)') },
    });
  });
});

it('drops an invalid index that is left there, and builds it again', async () => {
  await withUsers(async (running) => {
    await running.database.superQuery(`CREATE INDEX users_name ON users (name);
      UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'users_name'::regclass`);
    expect((await execute(running, indexAction())).detail).toContain('after an invalid one was dropped');
    expect(await validity(running)).toBe(true);
  });
});

it('shows up to five of the rows that break a uniqueness, before it builds', async () => {
  await withUsers(async (running) => {
    await running.database.query(
      "UPDATE users SET name = 'same' WHERE id IN (1, 2); UPDATE users SET name = 'user 7' WHERE id = 8",
    );
    const action = indexAction({
      create: 'CREATE UNIQUE INDEX CONCURRENTLY users_name ON public.users (name)',
      duplicates: 'SELECT name, count(*) AS rows FROM public.users GROUP BY name HAVING count(*) > 1 ORDER BY name;',
    });
    await expect(execute(running, action)).rejects.toMatchObject({
      code: 'duplicates',
      exitCode: 6,
      explanation: {
        what: 'Rows of public.users break the uniqueness that index users_name is to enforce.',
        why: 'For example: name = same, rows = 2; name = user 7, rows = 2.',
      },
    });
    expect(await validity(running)).toBeUndefined();
  });
});

it('leaves no invalid index behind when the build itself meets a duplicate', async () => {
  await withUsers(async (running) => {
    await running.database.query("UPDATE users SET name = 'same' WHERE id IN (1, 2)");
    const action = indexAction({ create: 'CREATE UNIQUE INDEX CONCURRENTLY users_name ON public.users (name)' });
    await expect(execute(running, action)).rejects.toMatchObject({ code: 'step-failed' });
    expect(await validity(running)).toBeUndefined();
  });
});

it.each([
  // Dropping waits only for those who use the table, so here it works at once; there it has to wait as well.
  { of: 'another table', query: 'SELECT count(*) FROM other', leftover: undefined },
  { of: 'the table itself', query: 'SELECT count(*) FROM users', leftover: false },
])(
  'cancels at its deadline a build that waits for an old snapshot of $of, and builds when that is gone',
  async (given) => {
    await withUsers(async (running) => {
      const other = await openSnapshot(running, given.query);
      const first = begin(running, indexAction({ deadlineMs: 1_500 }), 'step-1#0');
      await expect(first.working).rejects.toMatchObject({
        code: 'lock-timeout',
        exitCode: 5,
        explanation: {
          what: 'Index users_name on public.users was not built within 1.5 s, and was cancelled.',
          why: expect.stringContaining(`process ${other.pid} (report, role owner_`),
        },
      });
      expect(await validity(running)).toBe(given.leftover);
      const again = begin(running, indexAction(), 'step-1#0');
      again.working.catch(() => undefined);
      const saysFor = `waiting for process ${other.pid} (report`;
      await until(
        async () => again.progress.some(({ throttled }) => throttled?.includes(saysFor)),
        'it tells for whom it waits',
      );
      const start = performance.now();
      await running.database.query("UPDATE users SET name = 'new' WHERE id = 3; SELECT count(*) FROM users");
      expect(performance.now() - start).toBeLessThan(500);
      await other.end();
      await again.working;
      expect(await validity(running)).toBe(true);
    });
  },
);

it('does not touch an index that somebody else is building', async () => {
  await withUsers(async (running) => {
    const other = await openSnapshot(running, 'SELECT count(*) FROM users');
    const builder = new Client({ connectionString: running.database.url });
    await builder.connect();
    const theirs = builder.query(create);
    await until(async () => (await validity(running)) === false, 'their build is under way');
    await expect(execute(running, indexAction())).rejects.toMatchObject({
      code: 'lock-timeout',
      explanation: { what: 'Index users_name is being built by somebody else at this moment.' },
    });
    await other.end();
    await theirs;
    await builder.end();
    expect((await execute(running, indexAction())).detail).toBe('index users_name is already there and valid');
  });
});
