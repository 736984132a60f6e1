import { randomUUID } from 'node:crypto';
import { hostname, tmpdir, userInfo } from 'node:os';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { commandRunner } from '#run/run-command';
import type { Surroundings as RunSurroundings } from '#run/surroundings';
import type { Surroundings } from './verb.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What the runner takes from the real machine. `signal` aborts at Ctrl-C. */
export function thisMachine(place: {
  readonly version: string;
  readonly cwd: string;
  readonly env: Env;
  readonly signal: AbortSignal;
}): Omit<RunSurroundings, 'on'> & Pick<Surroundings, 'random'> {
  return {
    version: place.version,
    who: `${userName(place.env)}@${hostname()}`,
    now: () => new Date().toISOString(),
    monotonicMs: () => performance.now(),
    wait,
    random: () => Math.random(),
    randomId: () => randomUUID().slice(0, 18),
    signal: place.signal,
    runCommand: commandRunner(place),
    temporaryDirectory: tmpdir(),
  };
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw error;
  }
}

/** A uid without an account has no name (os.userInfo throws), as in many containers. */
function userName(env: Env): string {
  try {
    return userInfo().username;
  } catch {
    return env.USER ?? env.LOGNAME ?? `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}
