import { expect, it } from 'vitest';
import type { JournalStore, Lease } from '#core/domain';
import { brokenLink, type JournalEvent } from '#core/journal';
import { planOf, typicalShape } from '../../test/simulation/plans.ts';
import { type TestDatabase, withDatabase } from '../../test/support/database.ts';
import { openLease } from '../../test/support/execution.ts';
import { connectTo } from './drivers/postgres/connect.ts';
import { journalTable } from './journal-table.ts';
import { shareSession } from './shared-session.ts';

const signal = new AbortController().signal;
const at = '2030-01-01T00:00:00.000Z';
const started: JournalEvent = {
  kind: 'run-started',
  planHash: 'f00',
  planId: 'p',
  godwit: '0',
  objects: ['public.users'],
  at,
};

/** A journal with its connections, as a domain has it. */
function openJournal(url: string): { readonly journal: JournalStore; readonly close: () => Promise<void> } {
  const connect = connectTo(url);
  const reader = shareSession(() => connect({ purpose: 'reader', isReadOnly: true, signal }));
  const asker = shareSession(() => connect({ purpose: 'asker', signal }));
  const writer = shareSession(() => connect({ purpose: 'journal', signal }));
  const close = async () => {
    await Promise.all([reader.close(), asker.close(), writer.close()]);
  };
  return { journal: journalTable({ reader, asker, writer: () => writer }), close };
}

type Opened = { readonly journal: JournalStore; readonly lease: Lease; readonly database: TestDatabase };

async function withJournal(work: (opened: Opened) => Promise<void>): Promise<void> {
  await withDatabase(async (database) => {
    const leases = await openLease(database.url);
    const { journal, close } = openJournal(database.url);
    try {
      await work({ journal, lease: await leases.acquire('run-1', signal), database });
    } finally {
      await close();
      await leases.end();
    }
  });
}

it('is empty where godwit has never run, and makes nothing there', async () => {
  await withDatabase(async ({ url, query }) => {
    const { journal, close } = openJournal(url);
    expect(await journal.runs()).toEqual([]);
    expect(await journal.read('run-1')).toEqual([]);
    expect(await journal.pauseRequested('run-1')).toBeUndefined();
    await close();
    expect(await query("SELECT to_regnamespace('godwit') AS schema")).toEqual([{ schema: null }]);
  });
});

it('keeps events in a chain that holds, and lists the run', async () => {
  await withJournal(async ({ journal, lease }) => {
    const events: JournalEvent[] = [
      started,
      { kind: 'step-started', stepId: 'expand-1', part: 0, direction: 'forward', at },
      {
        kind: 'step-done',
        stepId: 'expand-1',
        part: 0,
        direction: 'forward',
        ms: 12.345678901234,
        detail: 'a "b" \\ ü 🐦',
        at,
      },
      { kind: 'failed', code: 'command-failed', message: 'nul \0 and half \ud83d of a pair', at },
    ];
    const appended = [];
    for (const event of events) appended.push(await journal.append(lease, event));
    const read = await journal.read('run-1');
    expect(read).toEqual(appended);
    expect(brokenLink(read)).toBeUndefined();
    expect(read.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(await journal.runs()).toEqual([{ runId: 'run-1', planHash: 'f00', planId: 'p', startedAt: at }]);
  });
});

it('keeps the chain whole under two writers of the same run', async () => {
  await withJournal(async ({ journal, lease, database }) => {
    await journal.append(lease, started);
    const other = openJournal(database.url);
    const note = (message: string): JournalEvent => ({ kind: 'exception', stepId: 's', message, at });
    const writing = Array.from({ length: 20 }, (_, index) => [
      journal.append(lease, note(`one ${index}`)),
      other.journal.append(lease, note(`other ${index}`)),
    ]);
    await Promise.all(writing.flat());
    const read = await journal.read('run-1');
    expect(read).toHaveLength(41);
    expect(brokenLink(read)).toBeUndefined();
    await other.close();
  });
});

it('refuses the holder of an older token', async () => {
  await withJournal(async ({ journal, lease, database }) => {
    await journal.append(lease, started);
    await database.query('UPDATE godwit.lease SET token = token + 1');
    await expect(journal.append(lease, { kind: 'done', at })).rejects.toMatchObject({ code: 'lease-lost' });
    expect(await journal.read('run-1')).toHaveLength(1);
  });
});

it('says which entry something else than godwit has changed', async () => {
  await withJournal(async ({ journal, lease, database }) => {
    await journal.append(lease, started);
    await database.query(`UPDATE godwit.journal SET event = '{"kind": "nonsense"}'`);
    await expect(journal.read('run-1')).rejects.toMatchObject({ code: 'journal-broken' });
  });
});

it('goes on with a new connection after the old one was lost', async () => {
  await withJournal(async ({ journal, lease, database }) => {
    await journal.append(lease, started);
    await database.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'godwit %journal'",
    );
    await expect(journal.append(lease, { kind: 'done', at })).rejects.toMatchObject({ code: 'connection-lost' });
    expect((await journal.append(lease, { kind: 'done', at })).seq).toBe(2);
  });
});

it('carries a wish to pause from another terminal', async () => {
  await withJournal(async ({ journal, database }) => {
    const other = openJournal(database.url);
    await other.journal.requestPause('run-1', 'ada');
    await other.journal.requestPause('run-1', 'bob');
    expect(await journal.pauseRequested('run-1')).toBe('bob');
    expect(await journal.pauseRequested('run-2')).toBeUndefined();
    await other.journal.withdrawPause('run-1');
    expect(await journal.pauseRequested('run-1')).toBeUndefined();
    await other.close();
  });
});

it('says how a run ended without its journal being read, and that an open one did not', async () => {
  await withJournal(async ({ journal, lease }) => {
    const ends: unknown[] = [];
    const events: readonly JournalEvent[] = [
      started,
      { kind: 'done', at },
      { kind: 'purged', by: 'ada', at },
      { kind: 'rollback-started', at },
      { kind: 'rolled-back', toPhase: 'deploy', at },
      { kind: 'rolled-back', at },
    ];
    for (const event of events) {
      await journal.append(lease, event);
      ends.push((await journal.runs())[0]?.end);
    }
    expect(ends).toEqual([undefined, 'done', 'done', undefined, undefined, 'rolled-back']);
  });
});

it('keeps the plan of a run as it was first given', async () => {
  await withJournal(async ({ journal, lease }) => {
    const plan = planOf(typicalShape);
    await journal.append(lease, started);
    expect(await journal.keptPlan('run-1')).toBeUndefined();
    await journal.keepPlan(lease, plan);
    await journal.keepPlan(lease, { ...plan, title: 'another' });
    expect(await journal.keptPlan('run-1')).toEqual(plan);
    await expect(journal.keepPlan({ ...lease, token: 0 }, plan)).rejects.toMatchObject({ code: 'lease-lost' });
  });
});
