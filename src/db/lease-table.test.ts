import { expect, it } from 'vitest';
import * as z from 'zod';
import { createDatabase, type TestDatabase, withDatabase } from '../../test/support/database.ts';
import { openLease, type TestLease, until } from '../../test/support/execution.ts';
import { connectTo } from './drivers/postgres/connect.ts';
import { fence } from './lease-table.ts';

const never = new AbortController().signal;

/** Opens leases on a database of its own, and closes what is left of them. */
async function withLeases(
  work: (open: (place?: string) => Promise<TestLease>, database: TestDatabase) => Promise<void>,
): Promise<void> {
  await withDatabase(async (database) => {
    const opened: TestLease[] = [];
    try {
      await work(async (place = 'host-a, process 1') => {
        const lease = await openLease(database.url, { place });
        opened.push(lease);
        return lease;
      }, database);
    } finally {
      for (const lease of opened) await lease.end();
    }
  });
}

it('raises the token each time, and says who holds the lease', async () => {
  await withLeases(async (open) => {
    const [one, other] = [await open('host-a, process 7'), await open()];
    expect(await other.holder()).toBeUndefined();
    const first = await one.acquire('run-1', never);
    expect(first).toEqual({ runId: 'run-1', token: 1 });
    expect(await other.holder()).toMatchObject({ runId: 'run-1', token: 1, where: 'host-a, process 7' });
    await one.heartbeat(first);
    await one.release(first);
    expect(await other.holder()).toBeUndefined();
    expect(await other.acquire('run-2', never)).toEqual({ runId: 'run-2', token: 2 });
  });
});

it('refuses a second runner while the first one lives, naming it', async () => {
  await withLeases(async (open) => {
    const [one, other] = [await open('host-a, process 7'), await open()];
    await one.acquire('run-1', never);
    await expect(other.acquire('run-2', never)).rejects.toMatchObject({
      code: 'lease-held',
      explanation: { why: expect.stringMatching(/Run run-1 has the lease since \d{4}-.*, from host-a, process 7/) },
    });
  });
});

it('gives the lease to exactly one of many that ask at the same instant', async () => {
  await withLeases(async (open) => {
    const runners = await Promise.all(Array.from({ length: 8 }, (_, index) => open(`runner ${index}`)));
    const results = await Promise.allSettled(runners.map((runner, index) => runner.acquire(`run-${index}`, never)));
    const won = results.filter(({ status }) => status === 'fulfilled');
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
    expect(won).toHaveLength(1);
    expect(refused).toEqual(Array.from({ length: 7 }, () => 'lease-held'));
  });
});

it('takes over at once from a holder whose connection is gone', async () => {
  await withLeases(async (open, database) => {
    const [one, other] = [await open(), await open()];
    const first = await one.acquire('run-1', never);
    await endBackends(database, 'lease');
    const second = await other.acquire('run-1', never);
    expect(second.token).toBe(2);
    await expect(one.heartbeat(first)).rejects.toMatchObject({ code: 'lease-lost' });
  });
});

it('takes over from a holder that is silent for too long, and ends its connection', async () => {
  await withLeases(async (open, database) => {
    const [one, other] = [await open(), await open()];
    const first = await one.acquire('run-1', never);
    await database.query("UPDATE godwit.heartbeat SET at = clock_timestamp() - interval '11 s'");
    const second = await other.acquire('run-2', never);
    expect(second).toEqual({ runId: 'run-2', token: 2 });
    await expect(one.heartbeat(first)).rejects.toMatchObject({ code: 'lease-lost' });
    await other.heartbeat(second);
  });
});

it('does not take a connection that was lost for a takeover', async () => {
  await withLeases(async (open, database) => {
    const one = await open();
    const lease = await one.acquire('run-1', never);
    await endBackends(database, 'lease');
    await expect(one.heartbeat(lease)).rejects.toMatchObject({ code: 'connection-lost' });
  });
});

it('refuses the transaction of a fenced-off holder, and waits for one that had passed the fence', async () => {
  await withLeases(async (open, database) => {
    const [one, other] = [await open(), await open()];
    const first = await one.acquire('run-1', never);
    const session = await connectTo(database.url)({ purpose: 'old hand', signal: never });
    await endBackends(database, 'lease');
    let isTaken = false;
    const taking = session.transaction(async () => {
      await fence(session, first);
      const acquiring = other.acquire('run-2', never).then(() => {
        isTaken = true;
      });
      await until(() => isWaiting(database), 'the successor waits for the row of the lease');
      expect(isTaken).toBe(false);
      return { acquiring };
    });
    await (await taking).acquiring;
    await expect(session.transaction(() => fence(session, first))).rejects.toMatchObject({ code: 'lease-lost' });
    await session.close();
  });
});

it('ends what a predecessor left running before it says that the lease is taken', async () => {
  await withLeases(async (open, database) => {
    const [one, other] = [await open(), await open()];
    const lease = await one.acquire('run-1', never);
    await database.query('CREATE TABLE written (id int)');
    const orphan = await connectTo(database.url)({ purpose: 'worker 1', run: lease, signal: never });
    const work = orphan.query('INSERT INTO public.written SELECT 1 FROM pg_sleep(60)').catch((error: unknown) => error);
    await until(() => isRunning(database, orphan.backendId), 'the orphan works');
    await endBackends(database, 'lease');
    await other.acquire('run-1', never);
    expect(await isThere(database, orphan.backendId)).toBe(false);
    expect(await work).toMatchObject({ code: 'connection-lost' });
    expect(await database.query('SELECT count(*)::int AS rows FROM written')).toEqual([{ rows: 0 }]);
    await orphan.close();
  });
});

it('says which backend an administrator has to end where the role may not', async () => {
  await withLeases(async (open, database) => {
    const stranger = await createDatabase();
    try {
      const one = await open();
      const foreignUrl = Object.assign(new URL(database.url), { username: stranger.role }).href;
      const orphan = await connectTo(foreignUrl)({
        purpose: 'worker 1',
        run: { runId: 'run-0', token: 0 },
        signal: never,
      });
      await expect(one.acquire('run-1', never)).rejects.toMatchObject({
        code: 'lease-held',
        explanation: {
          why: expect.stringContaining(`a backend of role "${stranger.role}"`),
          next: expect.stringContaining(`pg_terminate_backend(${orphan.backendId})`),
        },
      });
      await orphan.close();
      await until(async () => !(await isThere(database, orphan.backendId)), 'the orphan is gone');
      expect((await one.acquire('run-1', never)).token).toBeGreaterThan(0);
    } finally {
      await stranger.drop();
    }
  });
});

it('stops asking when it is told to', async () => {
  await withLeases(async (open) => {
    const [one, other] = [await open(), await open()];
    await one.acquire('run-1', never);
    const stop = AbortSignal.abort(new Error('Ctrl-C'));
    await expect(other.acquire('run-2', stop)).rejects.toThrow('Ctrl-C');
  });
});

async function endBackends(database: TestDatabase, purpose: string): Promise<void> {
  const ended = await database.query(
    `SELECT pg_terminate_backend(pid), pid FROM pg_stat_activity
     WHERE datname = current_database() AND application_name LIKE 'godwit run-% ' || $1`,
    [purpose],
  );
  expect(ended).toHaveLength(1);
  const { pid } = z.object({ pid: z.number() }).parse(ended[0]);
  await until(async () => !(await isThere(database, pid)), 'the backend is gone');
}

async function isThere(database: TestDatabase, pid: number): Promise<boolean> {
  return (await database.query('SELECT 1 FROM pg_stat_activity WHERE pid = $1', [pid])).length > 0;
}

async function isRunning(database: TestDatabase, pid: number): Promise<boolean> {
  const rows = await database.query("SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'", [pid]);
  return rows.length > 0;
}

async function isWaiting(database: TestDatabase): Promise<boolean> {
  const rows = await database.query(
    `SELECT 1 FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'UPDATE godwit.lease%'`,
  );
  return rows.length > 0;
}
