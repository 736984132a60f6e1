import { assert } from '#core/assert';
import type { Lease } from '#core/domain';
import { exitCodes, type Failure, fail, isFailure } from '#core/error';
import type { Executor } from '#core/executor';
import { brokenLink, type JournalEntry, type JournalEvent } from '#core/journal';
import { advance, type RunState, replay } from '#core/run-state';
import { asFailure, interrupted, pausedBy } from './failure.ts';
import { type GuardWatch, watchGuards } from './guard-watch.ts';
import { keepLease } from './lease-keeper.ts';
import { defaultLimits, type RunOptions } from './options.ts';

/** An event before the session stamps it with the time. */
export type Unstamped = JournalEvent extends infer Event
  ? Event extends JournalEvent
    ? Omit<Event, 'at'>
    : never
  : never;

export type SessionOptions = Pick<RunOptions, 'plan' | 'domain' | 'surroundings' | 'limits'>;

/** A run held by this runner: the lease is ours, and nothing is done but through here. */
export type Session = SessionOptions & {
  readonly runId: string;
  /** Aborts with the Failure that says why. */
  readonly signal: AbortSignal;
  readonly guards: GuardWatch;
  state(): RunState;
  entries(): readonly JournalEntry[];
  journal(event: Unstamped): Promise<void>;
  executor(kind: string): Executor;
  /** Throws `interrupted`, `lease-lost` or `paused` when it is time to stop; called before every deed. */
  safePoint(): Promise<void>;
};

/**
 * Takes the lease for a run, lends the session to `work`, and gives the lease back whatever happens. A stop on the
 * way (Ctrl-C, pause, guard, failure of a step) is journaled before it is thrown on. `check` is asked again under
 * the lease whether this is still the right run. Throws `lease-held`, `journal-broken`, and what `work` throws.
 */
export async function withSession<Result>(
  options: SessionOptions & { readonly runId: string; readonly check: () => Promise<void> },
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const { domain, surroundings, runId } = options;
  if (surroundings.signal.aborted) throw interrupted();
  await domain.prepare();
  const lease = await domain.lease.acquire(runId, surroundings.signal).catch((error: unknown) => {
    throw surroundings.signal.aborted ? interrupted() : error;
  });
  const stopping = new AbortController();
  const stop = (failure: Failure): void => stopping.abort(failure);
  const onInterrupt = (): void => stop(interrupted());
  surroundings.signal.addEventListener('abort', onInterrupt, { once: true });
  if (surroundings.signal.aborted) onInterrupt();
  const limits = { ...defaultLimits, ...options.limits };
  const keeper = keepLease({ domain, lease, surroundings, heartbeatMs: limits.heartbeatMs, stop });
  try {
    await options.check();
    const guards = watchGuards({ guards: domain.guards, surroundings, limits, signal: stopping.signal, stop });
    const session = await openSession(options, { lease, signal: stopping.signal, guards, stop });
    return await work(session).catch(async (error: unknown) => {
      throw await journalStop(session, error);
    });
  } finally {
    surroundings.signal.removeEventListener('abort', onInterrupt);
    await keeper.end();
    await release(options, lease);
  }
}

async function openSession(
  options: SessionOptions & { readonly runId: string },
  held: {
    readonly lease: Lease;
    readonly signal: AbortSignal;
    readonly guards: GuardWatch;
    readonly stop: (failure: Failure) => void;
  },
): Promise<Session> {
  const { domain, surroundings, runId } = options;
  const { lease, signal, guards } = held;
  const entries = [...(await readRun(options, runId))];
  let state = replay(entries);
  // A run that an older godwit began, or whose runner died right after its first entry, has no plan kept yet.
  if (entries.length > 0) await domain.journal.keepPlan(lease, options.plan);
  return {
    ...options,
    signal,
    guards,
    state: () => state,
    entries: () => entries,
    journal: async (event) => {
      const entry = await domain.journal.append(lease, { ...event, at: surroundings.now() });
      entries.push(entry);
      state = advance(state, entry.event);
      if (entry.event.kind === 'run-started') await domain.journal.keepPlan(lease, options.plan);
    },
    executor: (kind) => {
      const executor = domain.executors.find((one) => one.kind === kind);
      assert(executor !== undefined, `no executor for ${kind}, though the plan was checked`);
      return executor;
    },
    safePoint: async () => {
      signal.throwIfAborted();
      const who = await domain.journal.pauseRequested(runId);
      if (who !== undefined) held.stop(pausedBy(who));
      signal.throwIfAborted();
    },
  };
}

/** Reads a run's journal. Throws `journal-broken` where its hash chain does not hold. */
export async function readRun(
  { domain }: Pick<SessionOptions, 'domain'>,
  runId: string,
): Promise<readonly JournalEntry[]> {
  const entries = await domain.journal.read(runId);
  const broken = brokenLink(entries);
  if (broken === undefined) return entries;
  throw fail('journal-broken', {
    what: `The journal of run ${runId} cannot be trusted.`,
    why: `Its entry ${broken} does not follow from the one before: it was changed by something other than godwit, or damaged.`,
    next: 'Find out who writes there. Nothing was changed; bring the journal back from a backup to go on.',
  });
}

/** Journals why the work stopped, as far as it still can, and returns what to throw. */
async function journalStop(session: Session, error: unknown): Promise<unknown> {
  if (!session.signal.aborted) return error;
  const failure = asFailure(session.signal.reason, 'The run');
  if (failure.code === 'lease-lost' || session.entries().length === 0) return failure;
  return (await journalLast(session, [stopEvent(session, failure)])) ?? failure;
}

/** Journals last words: returns `lease-lost` when they are not wanted any more; another mishap is only a notice. */
export async function journalLast(session: Session, events: readonly Unstamped[]): Promise<Failure | undefined> {
  try {
    for (const event of events) await session.journal(event);
    return undefined;
  } catch (error) {
    if (isFailure(error, 'lease-lost')) return error;
    const message = error instanceof Error ? error.message : String(error);
    session.surroundings.on({ kind: 'notice', message: `The stop itself could not be journaled: ${message}` });
    return undefined;
  }
}

/** The event that says how a failure leaves the run: interrupted, paused (it can simply go on later) or failed. */
export function stopEvent(session: Pick<Session, 'surroundings'>, failure: Failure): Unstamped {
  if (failure.code === 'interrupted') return { kind: 'interrupted' };
  if (failure.exitCode === exitCodes.paused) {
    return { kind: 'paused', by: session.surroundings.who, why: failure.message };
  }
  return { kind: 'failed', code: failure.code, message: failure.message };
}

async function release({ domain, surroundings }: SessionOptions, lease: Lease): Promise<void> {
  try {
    await domain.lease.release(lease);
  } catch (error) {
    if (isFailure(error, 'lease-lost')) return;
    const message = error instanceof Error ? error.message : String(error);
    surroundings.on({ kind: 'notice', message: `The lease could not be given back and has to lapse: ${message}` });
  }
}
