import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Lease } from '#core/domain';
import { brokenLink, type JournalEvent } from '#core/journal';
import { optionsOf } from '../../test/simulation/drive.ts';
import { fakeDeeds } from '../../test/simulation/fake-deeds.ts';
import { planOf, typicalShape } from '../../test/simulation/plans.ts';
import { fakeWorld } from '../../test/support/fake-world.ts';
import { applyPlan } from './apply.ts';
import { journalFile } from './journal-file.ts';
import { leaseFile } from './lease-file.ts';
import type { RunResult } from './options.ts';
import { rollBack } from './roll-back.ts';

const never = new AbortController().signal;
const started: JournalEvent = {
  kind: 'run-started',
  planHash: 'h',
  planId: 'p',
  godwit: '0',
  at: '2026-01-01T00:00:00.000Z',
};
const resumed: JournalEvent = { kind: 'resumed', by: 'ada', at: '2026-01-01T00:00:01.000Z' };

let dir = '';
let nowMs = 0;
beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), 'godwit-test-')), 'state');
  nowMs = Date.UTC(2026, 0, 1);
});
afterEach(() => rmSync(join(dir, '..'), { recursive: true, force: true }));

const lease = () => leaseFile(dir, { now: () => new Date(nowMs).toISOString(), who: 'ada@here' });
const file = () => join(dir, 'journal.ndjson');
const forced = async (): Promise<Lease> => {
  nowMs += 60_000;
  return lease().acquire('run-2', never);
};

describe('the journal in a folder', () => {
  it('keeps what was written, for whoever opens it next, and makes nothing for who only looks', async () => {
    expect(await journalFile(dir).runs()).toEqual([]);
    expect(await lease().holder()).toBeUndefined();
    expect(existsSync(dir)).toBe(false);
    const held = await lease().acquire('run-1', never);
    const first = await journalFile(dir).append(held, started);
    const second = await journalFile(dir).append(held, resumed);
    expect(await journalFile(dir).read('run-1')).toEqual([first, second]);
    expect(brokenLink([first, second])).toBeUndefined();
    expect(await journalFile(dir).runs()).toEqual([
      { runId: 'run-1', planHash: 'h', planId: 'p', startedAt: started.at },
    ]);
    expect(await journalFile(dir).read('run-9')).toEqual([]);
  });

  it('loses nothing but the line that a crash left half written', async () => {
    const held = await lease().acquire('run-1', never);
    const first = await journalFile(dir).append(held, started);
    appendFileSync(file(), readFileSync(file(), 'utf8').slice(20, 60));
    expect(await journalFile(dir).read('run-1')).toEqual([first]);
    const next = await forced();
    const second = await journalFile(dir).append({ ...next, runId: 'run-1' }, resumed);
    expect(await journalFile(dir).read('run-1')).toEqual([first, second]);
  });

  it('does not trust a line that somebody else changed', async () => {
    const held = await lease().acquire('run-1', never);
    await journalFile(dir).append(held, started);
    await journalFile(dir).append(held, resumed);
    const text = readFileSync(file(), 'utf8');
    writeFileSync(file(), text.replace('"by":"ada"', '"by":"eve"'));
    expect(brokenLink(await journalFile(dir).read('run-1'))).toBe(2);
    writeFileSync(file(), text.replace('"kind":"resumed"', '"kind":"nonsense"'));
    await expect(journalFile(dir).read('run-1')).rejects.toMatchObject({ code: 'journal-broken' });
  });

  it('ignores a write that arrives after another runner took over', async () => {
    const held = await lease().acquire('run-1', never);
    await journalFile(dir).append(held, started);
    const before = readFileSync(file(), 'utf8');
    await journalFile(dir).append(held, resumed);
    const late = readFileSync(file(), 'utf8').slice(before.length);
    writeFileSync(file(), before);
    await forced();
    appendFileSync(file(), late);
    expect((await journalFile(dir).read('run-1')).map(({ event }) => event.kind)).toEqual(['run-started']);
    await expect(journalFile(dir).append(held, resumed)).rejects.toMatchObject({ code: 'lease-lost' });
  });

  it('keeps a wish to pause until it is taken back', async () => {
    const store = journalFile(dir);
    await store.requestPause('../run/1', 'ada');
    expect(await store.pauseRequested('../run/1')).toBe('ada');
    expect(await store.pauseRequested('run-2')).toBeUndefined();
    await store.withdrawPause('../run/1');
    await store.withdrawPause('../run/1');
    expect(await store.pauseRequested('../run/1')).toBeUndefined();
  });
});

describe('the lease in a folder', () => {
  it('is held by one runner at a time, and its token only rises', async () => {
    const first = await lease().acquire('run-1', never);
    await expect(lease().acquire('run-2', never)).rejects.toMatchObject({ code: 'lease-held' });
    expect(await lease().holder()).toMatchObject({ runId: 'run-1', token: 1, where: 'ada@here' });
    await lease().release(first);
    expect(await lease().holder()).toBeUndefined();
    expect((await lease().acquire('run-2', never)).token).toBe(2);
  });

  it('is taken from a holder that is silent for too long, who notices', async () => {
    const first = await lease().acquire('run-1', never);
    nowMs += 9_000;
    await lease().heartbeat(first);
    nowMs += 9_000;
    await expect(lease().acquire('run-2', never)).rejects.toMatchObject({ code: 'lease-held' });
    nowMs += 2_000;
    expect((await lease().acquire('run-2', never)).token).toBe(2);
    await expect(lease().heartbeat(first)).rejects.toMatchObject({ code: 'lease-lost' });
    await expect(lease().release(first)).rejects.toMatchObject({ code: 'lease-lost' });
  });

  it('goes to exactly one of many who ask at once', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 8 }, () => lease().acquire('run-1', never)));
    const refused = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused).toHaveLength(7);
    for (const reason of refused) expect(reason).toMatchObject({ code: 'lease-held' });
  });
});

it('a plan runs over it forward, back and forward', async () => {
  const world = fakeWorld({ executors: fakeDeeds });
  const plan = planOf(typicalShape);
  const options = () => {
    const made = optionsOf(world.start(), plan);
    const domain = { ...made.domain, journal: mirrored(), lease: lease() };
    return { ...made, domain };
  };
  // The fake deeds look into the world's own journal for the rule of the house.
  const mirrored = () => {
    const store = journalFile(dir);
    return {
      ...store,
      append: async (held: Lease, event: JournalEvent) => {
        const entry = await store.append(held, event);
        world.journals.set(held.runId, [...(world.journals.get(held.runId) ?? []), entry]);
        return entry;
      },
    };
  };
  const stateOf = async (result: Promise<RunResult>) => (await result).state.state;
  expect(await stateOf(applyPlan(options()))).toBe('waiting');
  world.application = 'new';
  expect(await stateOf(applyPlan(options()))).toBe('done');
  expect(await stateOf(rollBack(options()))).toBe('rolled-back');
  expect(await stateOf(applyPlan(options()))).toBe('waiting');
  expect(await journalFile(dir).runs()).toHaveLength(2);
  expect(world.breaches).toEqual([]);
});
