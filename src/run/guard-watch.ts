import type { Guard } from '#core/domain';
import { type Failure, fail } from '#core/error';
import type { Pace } from '#core/executor';
import type { RunLimits } from './options.ts';
import type { Surroundings } from './surroundings.ts';

type Reading = { readonly pace: Pace; readonly atMs: number };

/** A guard that has not answered by then is unreadable. */
const readingMaxMs = 5_000;
/** Holds with nobody asking for so long in between are not one hold. */
const unbrokenMs = 30_000;
/** A hold is told at its start, and then so often. */
const sayMs = 1_000;
/** Between two looks while everything holds. */
const lookMs = 500;

export type GuardWatch = {
  /** The worst that the guards say; at most `paceFreshMs` old. Throws `guard` after a hold of `holdMaxMs`. */
  pace(): Promise<Pace>;
  /** Resolves as soon as no guard holds. Throws `guard` likewise, or `signal.reason`. */
  untilClear(): Promise<void>;
};

/** Watches the guards of a run. `stop` is told when a hold has lasted too long. */
export function watchGuards(options: {
  readonly guards: readonly Guard[];
  readonly surroundings: Surroundings;
  readonly limits: RunLimits;
  readonly signal: AbortSignal;
  readonly stop: (failure: Failure) => void;
}): GuardWatch {
  const { surroundings, limits, signal } = options;
  let reading: Promise<Reading> | undefined;
  let readAtMs = Number.NEGATIVE_INFINITY;
  let saidAtMs = Number.NEGATIVE_INFINITY;
  let hold: { readonly sinceMs: number; readonly lastMs: number } | undefined;

  function fresh(): Promise<Reading> {
    const nowMs = surroundings.monotonicMs();
    if (reading === undefined || nowMs - readAtMs > limits.paceFreshMs) {
      readAtMs = nowMs;
      reading = readAll(options.guards, surroundings, signal).then((pace) => ({ pace, atMs: nowMs }));
    }
    return reading;
  }

  async function pace(): Promise<Pace> {
    const { pace: now, atMs } = await fresh();
    if (now.kind !== 'hold') {
      hold = undefined;
      return now;
    }
    const isSame = hold !== undefined && atMs - hold.lastMs <= unbrokenMs;
    hold = { sinceMs: isSame && hold !== undefined ? hold.sinceMs : atMs, lastMs: atMs };
    const heldMs = atMs - hold.sinceMs;
    if (!isSame || atMs - saidAtMs >= sayMs) {
      saidAtMs = atMs;
      surroundings.on({ kind: 'held', why: now.why, heldMs });
    }
    if (heldMs < limits.holdMaxMs) return now;
    const failure = heldTooLong(now.why, heldMs);
    options.stop(failure);
    throw failure;
  }

  async function untilClear(): Promise<void> {
    // Bounded: `pace` throws once the hold has lasted for holdMaxMs.
    while ((await pace()).kind === 'hold') await surroundings.wait(lookMs, signal);
  }

  return { pace, untilClear };
}

/** Combines what guards say: any hold holds; else the slowest factor, with every reason. */
export function worst(paces: readonly Pace[]): Pace {
  const holds = paces.flatMap((pace) => (pace.kind === 'hold' ? [pace.why] : []));
  if (holds.length > 0) return { kind: 'hold', why: holds.join('; ') };
  const slows = paces.flatMap((pace) => (pace.kind === 'slow' ? [pace] : []));
  if (slows.length === 0) return { kind: 'go' };
  return {
    kind: 'slow',
    factor: Math.max(1, ...slows.map(({ factor }) => factor)),
    why: slows.map(({ why }) => why).join('; '),
  };
}

async function readAll(guards: readonly Guard[], surroundings: Surroundings, signal: AbortSignal): Promise<Pace> {
  const paces: Pace[] = [];
  for (const guard of guards) paces.push(await readOne(guard, surroundings, signal));
  return worst(paces);
}

async function readOne(guard: Guard, surroundings: Surroundings, signal: AbortSignal): Promise<Pace> {
  const answered = new AbortController();
  const late = new AbortController();
  const deadline = surroundings.wait(readingMaxMs, AbortSignal.any([signal, answered.signal])).then(
    (): Pace => {
      late.abort(new Error('the guard answered too late'));
      return { kind: 'hold', why: `guard ${guard.id} became unreadable: no answer within ${readingMaxMs / 1000} s` };
    },
    (error: unknown): Pace => ({ kind: 'hold', why: `guard ${guard.id} was not read: ${String(error)}` }),
  );
  try {
    return await Promise.race([guard.read(AbortSignal.any([signal, late.signal])), deadline]);
  } catch (error) {
    // Whatever keeps a guard from being read, going on blindly is worse than waiting.
    signal.throwIfAborted();
    return {
      kind: 'hold',
      why: `guard ${guard.id} became unreadable: ${error instanceof Error ? error.message : String(error)}`,
    };
  } finally {
    answered.abort();
  }
}

function heldTooLong(why: string, heldMs: number): Failure {
  return fail('guard', {
    what: 'The run is paused: a guard held it for too long.',
    why: `For ${Math.round(heldMs / 1000)} s: ${why}.`,
    next: 'Look after the cause, then run the same command again to go on, or `godwit rollback` to take it back.',
  });
}
