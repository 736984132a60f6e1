import type { Domain, Lease } from '#core/domain';
import { type Failure, isFailure } from '#core/error';
import { asFailure, pausedBy } from './failure.ts';
import type { Surroundings } from './surroundings.ts';

/** After so many heartbeats in a row that did not get through, nobody knows who holds the lease: stop. */
const missesMax = 3;

export type LeaseKeeper = {
  /** Ends the heartbeat and waits until it is quiet. Does not release the lease. */
  end(): Promise<void>;
};

/**
 * Keeps a lease alive with a heartbeat, and listens on the way for a wish to pause. Calls `stop` with `lease-lost`,
 * with `paused`, or with what kept three heartbeats in a row from getting through.
 */
export function keepLease(options: {
  readonly domain: Domain;
  readonly lease: Lease;
  readonly surroundings: Surroundings;
  readonly heartbeatMs: number;
  readonly stop: (failure: Failure) => void;
}): LeaseKeeper {
  const ended = new AbortController();
  const beating = beat(options, ended.signal);
  return {
    end: () => {
      ended.abort();
      return beating;
    },
  };
}

async function beat(options: Parameters<typeof keepLease>[0], ended: AbortSignal): Promise<void> {
  let misses = 0;
  while (misses < missesMax && (await waited(options, ended))) {
    const failure = await heartbeat(options);
    if (ended.aborted) return;
    misses = failure === undefined || isFailure(failure, 'paused') ? 0 : misses + 1;
    if (failure === undefined) continue;
    if (isFailure(failure, 'paused') || isFailure(failure, 'lease-lost') || misses === missesMax) options.stop(failure);
    if (isFailure(failure, 'lease-lost')) return;
  }
}

async function heartbeat({ domain, lease }: Parameters<typeof keepLease>[0]): Promise<Failure | undefined> {
  try {
    await domain.lease.heartbeat(lease);
    const who = await domain.journal.pauseRequested(lease.runId);
    return who === undefined ? undefined : pausedBy(who);
  } catch (error) {
    return asFailure(error, 'The heartbeat of the run');
  }
}

async function waited(options: Parameters<typeof keepLease>[0], ended: AbortSignal): Promise<boolean> {
  try {
    await options.surroundings.wait(options.heartbeatMs, ended);
    return !ended.aborted;
  } catch (error) {
    if (ended.aborted) return false;
    options.stop(asFailure(error, 'The heartbeat of the run'));
    return false;
  }
}
