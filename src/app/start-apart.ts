import { readdirSync, readFileSync } from 'node:fs';
import { withoutSecrets } from '#code/process/without-secrets';
import { commandRunner } from '#run/run-command';
import { isForTree } from './domain-of.ts';
import type { Surroundings } from './verb.ts';

const running: ReadonlySet<string> = new Set(['rehearse', 'verify', 'apply', 'resume', 'rollback']);

/** True where a verb runs programs of the project: its checks and its install, for a plan of the working tree. */
export async function runsProject(
  verb: string,
  plan: string | undefined,
  surroundings: Surroundings,
): Promise<boolean> {
  return running.has(verb) && (await isForTree(plan, surroundings));
}

/**
 * Does work in which programs of the project run that somebody started who is no person: they are given no variable that is a
 * secret, and what is left of them when the work ends is ended, wherever it put itself. The latter on Linux only.
 */
export async function startApart<T>(given: Surroundings, work: (surroundings: Surroundings) => Promise<T>): Promise<T> {
  const mark = given.randomId();
  const env = { ...withoutSecrets(given.env), [markName]: mark };
  try {
    return await work({ ...given, env, runCommand: commandRunner({ cwd: given.cwd, env }) });
  } finally {
    endMarked(`${markName}=${mark}`);
  }
}

/** Every process inherits it; a daemon that leaves its group keeps it. */
const markName = 'GODWIT_CALL';
const roundsMax = 10;

/** What is ended may have started another meanwhile, so that it is looked again until there is none. */
function endMarked(mark: string): void {
  if (process.platform !== 'linux') return;
  for (let round = 0; round < roundsMax; round += 1) {
    const left = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && hasMark(name, mark));
    if (left.length === 0) return;
    for (const pid of left) end(Number(pid));
  }
}

/** What ends is empty, and what belongs to others cannot be read (proc_pid_environ(5)). */
function hasMark(pid: string, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(mark);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
