import type { Domain, Lease, RunRecord } from '#core/domain';
import { fail } from '#core/error';
import type { Executor } from '#core/executor';
import { chain, type JournalEntry, type JournalEvent } from '#core/journal';
import type { Plan } from '#core/plan';
import type { Command, RunProgress, Surroundings } from '#run/surroundings';

/** Thrown where the process dies. Whatever the runner makes of it, the process does nothing any more. */
export class Crash extends Error {}

/** One life of a runner's process. Dead, it can touch nothing. */
export type FakeProcess = {
  isAlive: boolean;
  readonly domain: Domain;
  readonly surroundings: Surroundings;
  readonly heard: RunProgress[];
  /** A place where the process may die. Named for messages. */
  point(name: string): void;
  interrupt(): void;
};

export type FakeExecutorMaker = (world: FakeWorld, process: () => FakeProcess) => readonly Executor[];

/** All that outlives a process: values, what deeds left behind, journals, lease, the deployed application. */
export type FakeWorld = {
  readonly values: Map<string, number>;
  /** What executors keep beside the values: old values, checkpoints. */
  readonly kept: Map<string, number | undefined>;
  readonly checkpoints: Set<string>;
  readonly journals: Map<string, JournalEntry[]>;
  /** What a dead process left running: finished or lost by the time the next one has the lease. */
  readonly leftRunning: (() => void)[];
  /** Rules of the house that were broken, in words. */
  readonly breaches: string[];
  /** Errors that executors throw, by deed and direction, e.g. `expand-1#0 forward`. */
  readonly failing: Map<string, Error>;
  /** Called at every point, with its name: the place for what others do meanwhile. */
  onPoint: (name: string, process: FakeProcess) => void;
  application: 'old' | 'new';
  /** Points met so far, over all processes. */
  pointsMet: number;
  /** The points at which a process dies. */
  crashAt: ReadonlySet<number>;
  start(): FakeProcess;
  /** Another runner takes the lease by force, as if this one had been silent for too long. */
  takeOver(): void;
};

export type FakeWorldOptions = {
  readonly executors: FakeExecutorMaker;
  /** Events that the store pretends to keep but loses: a runner that forgets to journal. */
  readonly loses?: ((event: JournalEvent) => boolean) | undefined;
  readonly guards?: Domain['guards'] | undefined;
};

/** A world in memory, with real changes of state, in which processes can die at any point. */
export function fakeWorld(options: FakeWorldOptions): FakeWorld {
  const disk: Disk = {
    token: 0,
    holder: undefined,
    pauses: new Map(),
    plans: new Map(),
    records: [],
    clockMs: 0,
    ids: 0,
  };
  const world: FakeWorld = {
    values: new Map(),
    kept: new Map(),
    checkpoints: new Set(),
    journals: new Map(),
    leftRunning: [],
    breaches: [],
    failing: new Map(),
    onPoint: () => undefined,
    application: 'old',
    pointsMet: 0,
    crashAt: new Set(),
    start: () => startProcess(world, disk, options),
    takeOver: () => {
      disk.token += 1;
    },
  };
  return world;
}

type Disk = {
  token: number;
  holder: { readonly runId: string; readonly process: FakeProcess } | undefined;
  readonly pauses: Map<string, string>;
  readonly plans: Map<string, Plan>;
  readonly records: RunRecord[];
  clockMs: number;
  ids: number;
};

function startProcess(world: FakeWorld, disk: Disk, options: FakeWorldOptions): FakeProcess {
  const heard: RunProgress[] = [];
  const interrupt = new AbortController();
  const process: FakeProcess = {
    isAlive: true,
    heard,
    point: (name) => {
      living(process);
      world.pointsMet += 1;
      world.onPoint(name, process);
      if (!world.crashAt.has(world.pointsMet)) return;
      process.isAlive = false;
      throw new Crash(`died at point ${world.pointsMet}: ${name}`);
    },
    interrupt: () => interrupt.abort(),
    domain: {
      name: 'fake',
      executors: options.executors(world, () => process),
      guards: options.guards ?? [],
      journal: journalOf(world, disk, options, () => process),
      lease: leaseOf(world, disk, () => process),
      prepare: async () => process.point('prepare'),
      fingerprint: async () => fingerprintOf(world),
      close: async () => undefined,
    },
    surroundings: surroundingsOf(world, disk, { heard, signal: interrupt.signal, process: () => process }),
  };
  return process;
}

/** What the world looks like from outside: its values, and which application runs. */
export function fingerprintOf(world: FakeWorld): string {
  const values = [...world.values].filter(([, value]) => value !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(values);
}

function journalOf(
  world: FakeWorld,
  disk: Disk,
  options: FakeWorldOptions,
  process: () => FakeProcess,
): Domain['journal'] {
  return {
    runs: async () => {
      living(process());
      return [...disk.records].reverse();
    },
    read: async (runId) => {
      living(process());
      return [...(world.journals.get(runId) ?? [])];
    },
    append: async (lease, event) => {
      process().point(`before journaling ${event.kind}`);
      fence(disk, lease);
      const entries = world.journals.get(lease.runId) ?? [];
      const entry = chain(entries.at(-1), event);
      if (options.loses?.(event) !== true) world.journals.set(lease.runId, [...entries, entry]);
      if (event.kind === 'run-started') {
        const { planHash, planId, at } = event;
        disk.records.push({ runId: lease.runId, planHash, planId, startedAt: at });
      }
      process().point(`after journaling ${event.kind}`);
      return entry;
    },
    keepPlan: async (lease, plan) => {
      process().point('before keeping the plan');
      fence(disk, lease);
      disk.plans.set(lease.runId, disk.plans.get(lease.runId) ?? plan);
      process().point('after keeping the plan');
    },
    keptPlan: async (runId) => {
      living(process());
      return disk.plans.get(runId);
    },
    requestPause: async (runId, by) => {
      disk.pauses.set(runId, by);
    },
    withdrawPause: async (runId) => {
      process().point('before withdrawing a pause');
      disk.pauses.delete(runId);
    },
    pauseRequested: async (runId) => {
      living(process());
      return disk.pauses.get(runId);
    },
  };
}

function leaseOf(world: FakeWorld, disk: Disk, process: () => FakeProcess): Domain['lease'] {
  return {
    acquire: async (runId) => {
      process().point('before taking the lease');
      if (disk.holder?.process.isAlive === true) {
        throw fail('lease-held', { what: 'Another runner is at work.', why: 'It lives.', next: 'Wait.' });
      }
      disk.token += 1;
      disk.holder = { runId, process: process() };
      for (const finish of world.leftRunning.splice(0)) finish();
      process().point('after taking the lease');
      return { runId, token: disk.token };
    },
    heartbeat: async (lease) => {
      living(process());
      fence(disk, lease);
    },
    release: async (lease) => {
      process().point('before giving the lease back');
      fence(disk, lease);
      disk.holder = undefined;
    },
    holder: async () =>
      disk.holder === undefined
        ? undefined
        : { runId: disk.holder.runId, token: disk.token, since: '2026-01-01T00:00:00.000Z', where: 'fake' },
  };
}

function surroundingsOf(
  world: FakeWorld,
  disk: Disk,
  own: { readonly heard: RunProgress[]; readonly signal: AbortSignal; readonly process: () => FakeProcess },
): Surroundings {
  return {
    version: '0.0.0-test',
    who: 'tester',
    now: () => new Date(Date.UTC(2026, 0, 1) + disk.clockMs).toISOString(),
    monotonicMs: () => disk.clockMs,
    wait: (ms, signal) => wait(disk, ms, signal),
    randomId: () => {
      disk.ids += 1;
      return `run-${disk.ids}`;
    },
    signal: own.signal,
    on: (event) => {
      own.heard.push(event);
    },
    runCommand: async (command) => {
      own.process().point(`before command ${lineOf(command)}`);
      if (lineOf(command) === 'revert') world.application = 'old';
      own.process().point(`after command ${lineOf(command)}`);
      return { exitCode: lineOf(command).startsWith('fail') ? 1 : 0, output: '', errors: '' };
    },
    temporaryDirectory: '/nowhere',
  };
}

/** Waiting moves the clock: nothing in a simulation takes time of ours. */
function wait(disk: Disk, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    setImmediate(() => {
      signal.removeEventListener('abort', stop);
      if (signal.aborted) return;
      disk.clockMs += ms;
      resolve();
    });
  });
}

function living(process: FakeProcess): void {
  if (!process.isAlive) throw new Crash('this process is dead');
}

function fence(disk: Disk, lease: Lease): void {
  if (lease.token === disk.token) return;
  throw fail('lease-lost', {
    what: 'Another runner has taken over.',
    why: `The lease has token ${disk.token} now, not ${lease.token}.`,
    next: 'Nothing to do.',
  });
}

function lineOf(command: Command): string {
  return command.kind === 'shell' ? command.line : command.file;
}
