import { assert } from '#core/assert';
import type { Lease } from '#core/domain';
import type { ExecutionContext } from '#core/executor';
import type { Driver } from './driver.ts';
import type { Connect, Session } from './session.ts';

/** Bounds of what the executors try. Times in milliseconds. */
export type ExecutionLimits = {
  /** How often a lock is asked for. */
  readonly attemptsMax: number;
  /** How long all attempts may take together. */
  readonly attemptsMaxMs: number;
  readonly backoffFirstMs: number;
  readonly backoffMaxMs: number;
  /** A transaction that holds a lock in our way for longer is waited for, without queueing the application behind us. */
  readonly longTransactionMs: number;
  /** How often a build is looked at. */
  readonly watchEveryMs: number;
  /** How long statements are watched when some used an old name earlier. */
  readonly usageWindowMs: number;
};

export const defaultExecutionLimits: ExecutionLimits = {
  attemptsMax: 30,
  attemptsMaxMs: 180_000,
  backoffFirstMs: 100,
  backoffMaxMs: 10_000,
  longTransactionMs: 1_000,
  watchEveryMs: 500,
  usageWindowMs: 5_000,
};

/** What every executor of `db/…` actions is made from. */
export type ExecutionTools = {
  readonly connect: Connect;
  readonly driver: Pick<Driver, 'usesOf' | 'spelling'>;
  /** The lease that this process holds, if any: only checks go without. */
  lease(): Lease | undefined;
  /** From 0 up to 1. */
  random(): number;
  readonly limits: ExecutionLimits;
};

/**
 * Opens a session for one execution, closes it afterwards, and rejects with `signal.reason` where that was aborted.
 * Without a lease the session can only read.
 */
export async function withSession<T>(
  { connect, lease }: Pick<ExecutionTools, 'connect' | 'lease'>,
  { purpose, signal }: { readonly purpose: string; readonly signal: AbortSignal },
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const run = lease();
  try {
    const session = await connect({ purpose, signal, ...(run === undefined ? { isReadOnly: true } : { run }) });
    try {
      await useOwnSearchPath(session);
      return await work(session);
    } finally {
      await session.close();
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw error;
  }
}

/**
 * What we write names its schemas. But the user's triggers, checks and functions run inside our statements, and many of
 * them find their tables along the search path that the role has by default; under ours they would fail.
 */
export async function useOwnSearchPath(session: Session): Promise<void> {
  await session.query('RESET search_path');
}

/** The lease under which a deed is done. */
export function leaseOf(tools: Pick<ExecutionTools, 'lease'>, context: ExecutionContext): Lease {
  const lease = tools.lease();
  assert(lease !== undefined && lease.runId === context.runId, `${context.deed} is to be done without the lease`);
  return lease;
}
