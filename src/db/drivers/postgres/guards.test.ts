import { expect, test } from 'vitest';
import type { Guard } from '#core/domain';
import { withDatabase } from '../../../../test/support/database.ts';
import { withSession } from '../../../../test/support/open-session.ts';
import { connectTo } from './connect.ts';
import { guardLimitsDefault, postgresGuards } from './guards.ts';
import { lockWaiters, longTransactions } from './locks.ts';

const never = new AbortController().signal;
const held = { schema: 'public', name: 'held' };

function guardNamed(guards: readonly Guard[], id: string): Guard {
  const found = guards.find((guard) => guard.id === id);
  if (found === undefined) throw new Error(`no guard ${id}`);
  return found;
}

test('who waits behind a session of ours is seen, by row and by table', async () => {
  await withDatabase(async ({ url, query }) => {
    await query('CREATE TABLE held (n integer); INSERT INTO held VALUES (1)');
    const limits = { ...guardLimitsDefault, waitSlowMs: 1, waitHoldMs: 60_000 };
    const slow = guardNamed(postgresGuards(connectTo(url), limits), 'lock-waiters');
    const strict = guardNamed(postgresGuards(connectTo(url), { ...limits, waitHoldMs: 1 }), 'lock-waiters');
    expect(await slow.read(never)).toEqual({ kind: 'go' });
    await withSession(url, async (ours) => {
      await ours.query('BEGIN; UPDATE public.held SET n = 2');
      const waiting = query('UPDATE held SET n = 3');
      await withSession(url, async (monitor) => {
        await expect
          .poll(() => lockWaiters(monitor), { timeout: 10_000 })
          .toMatchObject([{ on: 'row', isBehindUs: true, application: 'godwit-test' }]);
        await expect.poll(() => slow.read(never), { timeout: 10_000 }).toMatchObject({ kind: 'slow', factor: 2 });
        expect(await strict.read(never)).toMatchObject({ kind: 'hold' });
        await ours.query('ROLLBACK');
        await waiting;
        await ours.query('BEGIN; LOCK TABLE public.held');
        const reading = query('SELECT FROM held');
        await expect
          .poll(() => lockWaiters(monitor, [held]), { timeout: 10_000 })
          .toMatchObject([{ on: 'public.held', mode: 'AccessShareLock', isBehindUs: true }]);
        await ours.query('ROLLBACK');
        await reading;
        expect(await lockWaiters(monitor, [held])).toEqual([]);
      });
    });
  });
});

test('long transactions are seen by relation and age', async () => {
  await withDatabase(async ({ url, superUrl, query }) => {
    await query('CREATE TABLE held (n integer); CREATE TABLE other ()');
    const { Client } = (await import('pg')).default;
    const client = new Client({ connectionString: url, application_name: 'report' });
    await client.connect();
    try {
      await client.query('BEGIN; SELECT FROM held');
      const on = { relations: [held], olderThanMs: 5 };
      await withSession(superUrl, async (session) => {
        await expect
          .poll(() => longTransactions(session, on))
          .toMatchObject([{ application: 'report', state: 'idle in transaction', isOnRelations: true }]);
        expect(await longTransactions(session, { ...on, relations: [{ schema: 'public', name: 'other' }] })).toEqual(
          [],
        );
        expect(await longTransactions(session, { olderThanMs: 3_600_000 })).toEqual([]);
      });
      const guards = postgresGuards(connectTo(superUrl), { ...guardLimitsDefault, transactionSlowMs: 1 });
      expect(await guardNamed(guards, 'long-transactions').read(never)).toMatchObject({
        kind: 'slow',
        why: expect.stringContaining('report'),
      });
    } finally {
      await client.end();
    }
  });
});

test('a server at rest lets a run go, and a full one holds it', async () => {
  await withDatabase(async ({ url }) => {
    for (const guard of postgresGuards(connectTo(url))) expect(await guard.read(never)).toEqual({ kind: 'go' });
    const full = postgresGuards(connectTo(url), { ...guardLimitsDefault, connectionsHold: 0.01 });
    expect(await guardNamed(full, 'active-sessions').read(never)).toMatchObject({ kind: 'hold' });
  });
});

test('guards share one session, read again after it was lost, and leave none behind', async () => {
  await withDatabase(async ({ url, superQuery, name }) => {
    const ours = () =>
      superQuery("SELECT pid FROM pg_stat_activity WHERE datname = $1 AND application_name LIKE 'godwit - - monitor'", [
        name,
      ]);
    const guards = postgresGuards(connectTo(url));
    await Promise.all(guards.map((guard) => guard.read(never)));
    expect((await ours()).length).toBe(1);
    await superQuery(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'godwit - - monitor' AND datname = $1",
      [name],
    );
    const [first] = guards;
    await expect(first?.read(never)).rejects.toMatchObject({ code: 'connection-lost' });
    expect(await first?.read(never)).toEqual({ kind: 'go' });
    await expect.poll(async () => (await ours()).length, { timeout: 10_000 }).toBe(0);
  });
});
