import type { Executor, Pace } from './executor.ts';
import type { JournalEntry, JournalEvent } from './journal.ts';
import type { Origin, Plan } from './plan.ts';

/** The right to run, held by one runner at a time. A higher token fences off every holder of a lower one. */
export type Lease = { readonly runId: string; readonly token: number };

/** Who holds the lease now, for messages. */
export type LeaseHolder = {
  readonly runId: string;
  readonly token: number;
  readonly since: string;
  readonly where: string;
};

/** Lease with heartbeat and fencing token. One per target. */
export interface LeaseStore {
  /**
   * Takes the lease for a run, raising the token. Ends what a dead predecessor left running, and waits until it is gone.
   * Throws `lease-held` while a living runner has it.
   */
  acquire(runId: string, signal: AbortSignal): Promise<Lease>;
  /** Says that the holder lives. Throws `lease-lost` when somebody else took over. */
  heartbeat(lease: Lease): Promise<void>;
  release(lease: Lease): Promise<void>;
  holder(): Promise<LeaseHolder | undefined>;
}

/** A run as the journal store lists it. */
export type RunRecord = {
  readonly runId: string;
  readonly planHash: string;
  readonly planId: string;
  readonly startedAt: string;
  /** How it ended, so that nobody has to read its journal for that. Undefined while it is open, or where unknown. */
  readonly end?: 'done' | 'rolled-back' | undefined;
};

/** Where events are kept. Appending is refused (`lease-lost`) to a holder of an old token. */
export interface JournalStore {
  /** All runs on this target, newest first. Empty where godwit has never run; creates nothing. */
  runs(): Promise<readonly RunRecord[]>;
  read(runId: string): Promise<readonly JournalEntry[]>;
  append(lease: Lease, event: JournalEvent): Promise<JournalEntry>;
  /** Keeps the plan of a run beside its journal, so that the run does not depend on the plan's folder. Again is fine. */
  keepPlan(lease: Lease, plan: Plan): Promise<void>;
  /** What was kept as the plan of a run, not yet proved to be one; undefined where an older godwit kept none. */
  keptPlan(runId: string): Promise<unknown>;
  /** A wish from another terminal, obeyed by the runner at its next safe point. */
  requestPause(runId: string, by: string): Promise<void>;
  withdrawPause(runId: string): Promise<void>;
  pauseRequested(runId: string): Promise<string | undefined>;
}

/** Watches one danger while a run goes on. Unreadable in the middle of a run counts as hold. */
export interface Guard {
  readonly id: string;
  /** What it watches, for `doctor` and reports. */
  readonly summary: string;
  read(signal: AbortSignal): Promise<Pace>;
}

/** A place where state lives, opened for running: all that the runner needs to know of it. */
export interface Domain {
  readonly name: string;
  readonly executors: readonly Executor[];
  readonly guards: readonly Guard[];
  readonly journal: JournalStore;
  readonly lease: LeaseStore;
  /** Makes what the journal and lease need (schema godwit); called before the first write. */
  prepare(): Promise<void>;
  /** Throws where no run can begin here now, e.g. on a working tree with uncommitted changes. Asked before the first write. */
  checkReady?(): Promise<void>;
  /** Fingerprint now of the objects that the origin names. */
  fingerprint(origin: Origin): Promise<string>;
  close(): Promise<void>;
}
