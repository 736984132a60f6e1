import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { buildingPrefix } from './cache.ts';
import { type Account, removeDirectory } from './command.ts';
import type { Machine } from './machine.ts';
import { commandLineOf, pidNamespace, startOf } from './processes.ts';

/** Directories of throw-away servers have names of the form `godwit-postgres-<owner>-<word>`. */
export const homePrefix = 'godwit-postgres-';

const endTimeoutMs = 10_000;
const pollMs = 20;

/**
 * Removes what processes left behind that were killed together with their watchdog: servers that still run,
 * directories of servers, half-built entries of the cache. What belongs to a living process, to another user or to
 * another container is not touched.
 */
export async function sweep(
  places: { readonly temporary: string; readonly cache: string },
  account: Account,
  machine: Machine,
): Promise<void> {
  for (const directory of await deadDirectories(places.temporary, homePrefix, machine)) {
    const found = await lstat(directory).catch(() => undefined);
    if (!found?.isDirectory() || found.uid !== account.uid) continue;
    await endOrphan(join(directory, 'data'), machine);
    await removeDirectory(directory, account, machine.env);
  }
  for (const directory of await deadDirectories(places.cache, buildingPrefix, machine)) {
    await removeDirectory(directory, undefined, machine.env);
  }
}

async function deadDirectories(parent: string, prefix: string, machine: Machine): Promise<readonly string[]> {
  const namespace = await pidNamespace();
  const dead: string[] = [];
  for (const name of await readdir(parent).catch(() => [])) {
    if (!name.startsWith(prefix)) continue;
    const [ownerNamespace, pid, started] = name.slice(prefix.length).split('-');
    if (ownerNamespace !== namespace || pid === undefined) continue;
    if ((await startOf(Number(pid), machine)) !== started) dead.push(join(parent, name));
  }
  return dead;
}

/** Ends a server that runs on the data directory with no watchdog left. */
async function endOrphan(dataDirectory: string, machine: Machine): Promise<void> {
  const text = await readFile(join(dataDirectory, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  if (!(pid > 1)) return;
  for (let waitedMs = 0; waitedMs < endTimeoutMs; waitedMs += pollMs) {
    if (!(await commandLineOf(pid, machine)).includes(dataDirectory)) return;
    signalProcess(pid, waitedMs === 0 ? 'SIGQUIT' : 0);
    await setTimeout(pollMs);
  }
  signalProcess(pid, 'SIGKILL');
}

function signalProcess(pid: number, signal: NodeJS.Signals | 0): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
