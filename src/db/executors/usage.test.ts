import { expect, it } from 'vitest';
import type { Lease } from '#core/domain';
import { type TestDatabase, withDatabase } from '../../../test/support/database.ts';
import { executionContext, executionTools, openLease } from '../../../test/support/execution.ts';
import { usageExecutor } from './usage.ts';

const never = new AbortController().signal;
const action = { kind: 'db/usage', uses: [{ table: { schema: 'public', name: 'users' }, column: 'name' }] };
const extensions = ['pg_stat_statements'];

type Running = { readonly database: TestDatabase; readonly lease: Lease | undefined };
type Application = { readonly during?: () => Promise<unknown> };

async function withUsers(
  work: (running: Running) => Promise<void>,
  options: { extensions?: string[] } = { extensions },
) {
  await withDatabase(async (database) => {
    await database.query('CREATE TABLE public.users (id int, name text, full_name text)');
    const leases = await openLease(database.url);
    try {
      await work({ database, lease: await leases.acquire('run-1', never) });
    } finally {
      await leases.end();
    }
  }, options);
}

async function look({ database, lease }: Running, { during }: Application = {}) {
  const tools = executionTools(database.url, lease, { usageWindowMs: 300 });
  const context = executionContext('run-1', { deed: 'deploy#usage', direction: 'check' });
  let isOver = false;
  const application = (async () => {
    while (during !== undefined && !isOver) await during();
  })();
  const outcome = await usageExecutor(tools).execute(action, context);
  isOver = true;
  await application;
  return outcome;
}

it('watches at the first look, and at the next one knows what was called since', async () => {
  await withUsers(async (running) => {
    const { query } = running.database;
    await query('SELECT name FROM users');
    expect(await look(running)).toMatchObject({
      ok: true,
      detail: 'no statement used public.users.name in 0.3 s of watching',
    });
    expect(await look(running)).toMatchObject({
      ok: true,
      detail: expect.stringMatching(/^no statement has used public\.users\.name since \d{4}-/),
    });
    await query('SELECT name FROM public.users');
    expect((await look(running)).detail).toContain(
      'in 0.3 s of watching; 1 call since the look before did: what runs more seldom',
    );
  });
});

it('does not let pass what is in use, and shows by which statement', async () => {
  await withUsers(async (running) => {
    const outcome = await look(running, {
      during: () => running.database.query("SELECT name FROM users WHERE name = 'secret'"),
    });
    expect(outcome.ok).toBe(false);
    expect(outcome.detail).toMatch(
      /^public\.users\.name was used \d+ times in 0\.3 s, for example by: SELECT name FROM users WHERE name = \$1$/,
    );
  });
});

it('is not misled by other columns, other tables, or statements of godwit', async () => {
  await withUsers(async (running) => {
    const { query } = running.database;
    await query('CREATE TABLE public.dogs (name text)');
    const during = () =>
      query('SELECT full_name AS name FROM users; SELECT name FROM dogs; SELECT /* godwit */ name FROM users');
    expect((await look(running, { during })).ok).toBe(true);
  });
});

it('says that it could not measure without the extension, so that a person has to', async () => {
  await withUsers(async (running) => {
    expect(await look(running)).toMatchObject({
      ok: true,
      findings: [
        { rule: 'evidence/unreadable', message: expect.stringContaining('pg_stat_statements is not installed') },
      ],
    });
  }, {});
});

it('says so where other roles are at work, whose statements it may not read', async () => {
  await withUsers(async (running) => {
    const outcome = await look(running, { during: () => running.database.superQuery('SELECT name FROM users') });
    expect(outcome).toMatchObject({
      ok: true,
      findings: [{ rule: 'evidence/unreadable', message: expect.stringContaining('pg_read_all_stats') }],
    });
  });
});

it('measures without the lease too, and notes nothing then', async () => {
  await withUsers(async ({ database }) => {
    expect((await look({ database, lease: undefined })).ok).toBe(true);
    expect(await database.query('SELECT count(*)::int AS notes FROM godwit.usage')).toEqual([{ notes: 0 }]);
  });
});
