import type { Domain } from '#core/domain';
import type { Executor } from '#core/executor';

/** A process that dies: nothing of it runs after that. */
export class Death extends Error {}

/** A real domain in a process that dies at one point: before or after an entry of the journal or an action. */
export type MortalDomain = {
  readonly domain: Domain;
  readonly isDead: () => boolean;
  /** Points passed so far. */
  readonly points: () => number;
};

/** Wraps a domain so that its process dies at point `deadlyPoint` (from 1); never where undefined. */
export function mortalDomain(real: Domain, deadlyPoint: number | undefined): MortalDomain {
  let points = 0;
  let dead = false;
  const live = (): void => {
    if (dead) throw new Death('dead already');
  };
  const point = (): void => {
    live();
    points += 1;
    if (points === deadlyPoint) {
      dead = true;
      throw new Death(`died at point ${points}`);
    }
  };
  const around = async <T>(work: () => Promise<T>): Promise<T> => {
    point();
    const result = await work();
    point();
    return result;
  };
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    live();
    return work();
  };
  const executors: readonly Executor[] = real.executors.map((executor) => ({
    kind: executor.kind,
    execute: (action, context) => around(() => executor.execute(action, context)),
  }));
  const domain: Domain = {
    name: real.name,
    executors,
    guards: real.guards,
    journal: {
      runs: () => guarded(() => real.journal.runs()),
      read: (runId) => guarded(() => real.journal.read(runId)),
      append: (lease, event) => around(() => real.journal.append(lease, event)),
      keepPlan: (lease, plan) => around(() => real.journal.keepPlan(lease, plan)),
      keptPlan: (runId) => guarded(() => real.journal.keptPlan(runId)),
      requestPause: (runId, by) => guarded(() => real.journal.requestPause(runId, by)),
      withdrawPause: (runId) => guarded(() => real.journal.withdrawPause(runId)),
      pauseRequested: (runId) => guarded(() => real.journal.pauseRequested(runId)),
    },
    lease: {
      acquire: (runId, signal) => guarded(() => real.lease.acquire(runId, signal)),
      heartbeat: (lease) => guarded(() => real.lease.heartbeat(lease)),
      release: (lease) => guarded(() => real.lease.release(lease)),
      holder: () => guarded(() => real.lease.holder()),
    },
    prepare: () => guarded(() => real.prepare()),
    checkReady: () => guarded(() => real.checkReady?.() ?? Promise.resolve()),
    fingerprint: (origin) => guarded(() => real.fingerprint(origin)),
    close: () => real.close(),
  };
  return { domain, isDead: () => dead, points: () => points };
}
