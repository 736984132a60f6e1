import { fail, isFailure } from '#core/error';
import type { ExecutionContext } from '#core/executor';
import { type Blocker, blockersOf, describeBlockers } from './blockers.ts';
import type { ExecutionLimits } from './execution.ts';
import type { Session } from './session.ts';
import type { SharedSession } from './shared-session.ts';

/** What is asked for again and again, and how to see who keeps it from us. */
export type Patience = {
  readonly context: Pick<ExecutionContext, 'wait' | 'now' | 'progress'>;
  readonly limits: ExecutionLimits;
  random(): number;
  /** What the locks are on, for messages, e.g. `public.users`. */
  readonly on: string;
  /** The session that attempts, and one that can look on meanwhile. */
  readonly session: Session;
  readonly monitor: SharedSession;
  /** How long an attempt waits for a lock. */
  readonly lockTimeoutMs: number;
  /** Who holds what we shall ask for, at this moment. */
  inTheWay(): Promise<readonly Blocker[]>;
  /** Makes autovacuum give way, where it is in the way. */
  endAutovacuum(): Promise<void>;
};

/** Long transactions are waited for without asking; but they may never end, so every fourth time is a real attempt. */
const realAttemptEvery = 4;

/**
 * Attempts until the locks are granted: at most `attemptsMax` times within `attemptsMaxMs`, with exponential backoff
 * and full jitter. While a long transaction is in the way, attempts are held back, because the application would queue
 * behind each. Tells through progress who is in the way. Throws `lock-timeout` naming them; any other failure at once.
 */
export async function patiently<T>(attempt: () => Promise<T>, patience: Patience): Promise<T> {
  const { context, limits, lockTimeoutMs } = patience;
  const start = context.now();
  let inTheWay: readonly Blocker[] = [];
  for (let round = 1; round <= limits.attemptsMax; round += 1) {
    const long = await longInTheWay(patience);
    const isHeldBack = long.length > 0 && round % realAttemptEvery !== 0 && round < limits.attemptsMax;
    const tried = isHeldBack ? { blockers: long } : await tryOnce(attempt, patience);
    if ('value' in tried) return tried.value;
    if (tried.blockers.length > 0) inTheWay = tried.blockers;
    const pauseMs = backoffMs(round, patience);
    const spentMs = context.now() - start;
    if (round === limits.attemptsMax || spentMs + pauseMs + lockTimeoutMs > limits.attemptsMaxMs) {
      throw neverGranted(patience, { attempts: round, spentMs, inTheWay });
    }
    context.progress({ done: 0, total: 1, unit: 'transaction', throttled: waiting(patience, inTheWay, round) });
    await context.wait(pauseMs);
  }
  throw neverGranted(patience, { attempts: limits.attemptsMax, spentMs: context.now() - start, inTheWay });
}

/** Those whose transaction is long already. Autovacuum is not waited for: it is made to give way first. */
async function longInTheWay(patience: Patience): Promise<readonly Blocker[]> {
  const { inTheWay, endAutovacuum, limits } = patience;
  const now = await inTheWay();
  if (now.some(({ isAutovacuum }) => isAutovacuum)) await endAutovacuum();
  return now.filter((one) => !one.isAutovacuum && (one.transactionMs ?? 0) > limits.longTransactionMs);
}

type Tried<T> = { readonly value: T } | { readonly blockers: readonly Blocker[] };

async function tryOnce<T>(attempt: () => Promise<T>, patience: Patience): Promise<Tried<T>> {
  const { context, session, monitor, lockTimeoutMs } = patience;
  let isSettled = false;
  const look = () => (isSettled ? [] : monitor.use((other) => blockersOf(other, session.backendId)));
  // Not awaited where the attempt succeeds, which is nearly always, and at once.
  const spotted = context
    .wait(lockTimeoutMs * 0.6)
    .then(look)
    .catch(nobody);
  try {
    return { value: await attempt() };
  } catch (error) {
    if (!isFailure(error, 'lock-timeout')) throw error;
    const seen = await spotted;
    return { blockers: seen.length > 0 ? seen : await patience.inTheWay() };
  } finally {
    isSettled = true;
  }
}

/** Who was in the way is told where it can be seen; that it cannot be seen must not fail the attempt. */
function nobody(error: unknown): readonly Blocker[] {
  if (isFailure(error) || error instanceof Error) return [];
  throw error;
}

function backoffMs(round: number, { limits, random }: Patience): number {
  const ceiling = Math.min(limits.backoffMaxMs, limits.backoffFirstMs * 2 ** (round - 1));
  return ceiling / 2 + (random() * ceiling) / 2;
}

function waiting({ on }: Patience, inTheWay: readonly Blocker[], round: number): string {
  const who = inTheWay.length === 0 ? 'nobody is seen in the way now' : `in the way: ${describeBlockers(inTheWay)}`;
  return `waiting for a lock on ${on} (attempt ${round}); ${who}`;
}

type Spent = { readonly attempts: number; readonly spentMs: number; readonly inTheWay: readonly Blocker[] };

function neverGranted({ on, lockTimeoutMs }: Patience, { attempts, spentMs, inTheWay }: Spent): Error {
  const ids = inTheWay.flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  return fail('lock-timeout', {
    what: `No lock on ${on} was granted in ${attempts} attempts over ${(spentMs / 1000).toFixed(1)} s.`,
    why:
      inTheWay.length === 0
        ? `Others held it each time for longer than ${lockTimeoutMs} ms, and this role could not see who.`
        : `In the way: ${describeBlockers(inTheWay)}.`,
    next: `Nothing was changed. ${ids.length === 0 ? 'Find and end the transaction that holds it' : `Let that transaction end, or end it: SELECT ${ids.map((pid) => `pg_terminate_backend(${pid})`).join(', ')}`}; then run the same command again.`,
  });
}
