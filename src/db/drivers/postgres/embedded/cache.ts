import { chmod, lstat, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '#core/error';
import { type Account, removeDirectory, runCommand, serverEnv } from './command.ts';
import type { Machine } from './machine.ts';
import { ownerTag } from './processes.ts';

export const buildingPrefix = 'building-';
const probeTimeoutMs = 10_000;

/**
 * The directory for what is made once and used often (copies of binaries, downloaded majors, template clusters):
 * ours alone to write, and where the account can reach it. Throws `embedded-missing` when there is no such place.
 */
export async function openCache(machine: Machine, account: Account): Promise<string> {
  const candidates = cacheCandidates(machine);
  for (const directory of candidates) {
    if ((await isOurs(directory, machine)) && (await canReach(directory, account, machine))) return directory;
  }
  throw fail('embedded-missing', {
    what: 'The embedded PostgreSQL has no place for its files.',
    why: `None of ${candidates.join(', ')} is a directory that only we can write and that user id ${account.uid} can reach.`,
    next: 'Make the first of them writable, or set XDG_CACHE_HOME or TMPDIR to a directory of your own.',
  });
}

function cacheCandidates(machine: Machine): readonly string[] {
  if (machine.cacheDirectory !== undefined) return [machine.cacheDirectory];
  const temporary = join(machine.temporaryDirectory, `godwit-cache-${machine.uid}`);
  // Root's own cache lies below a home that the server's account cannot enter.
  if (machine.uid === 0) return ['/var/cache/godwit', temporary, '/tmp/godwit-cache-0'];
  const usual = machine.platform === 'darwin' ? 'Library/Caches' : '.cache';
  return [join(machine.env.XDG_CACHE_HOME ?? join(machine.homeDirectory, usual), 'godwit'), temporary];
}

/** Makes the directory where it is missing. Others must not be able to write there: we run what lies in it. */
async function isOurs(directory: string, machine: Machine): Promise<boolean> {
  try {
    const made = await mkdir(directory, { recursive: true });
    if (made !== undefined) await chmod(directory, 0o755);
    const found = await lstat(directory);
    return found.isDirectory() && found.uid === machine.uid && (found.mode & 0o022) === 0;
  } catch {
    return false;
  }
}

/** True when the account can enter the directory. The kernel is asked, not the mode bits: there are access lists too. */
export async function canReach(directory: string, account: Account, machine: Machine): Promise<boolean> {
  if (!account.isOther) return true;
  const options = { account, env: serverEnv(machine.env), timeoutMs: probeTimeoutMs };
  return (await runCommand('/bin/sh', ['-c', 'cd "$1"', 'sh', directory], options)).isDone;
}

/**
 * The directory of that name in the cache, made by `build` where it is not there yet. It is built under another
 * name and renamed when complete, so that two processes at once, or one that is killed, do no harm.
 */
export async function cached(
  cache: string,
  name: string,
  machine: Machine,
  build: (directory: string) => Promise<void>,
): Promise<string> {
  const target = join(cache, name);
  if (await exists(target)) return target;
  const building = join(cache, `${buildingPrefix}${await ownerTag(machine)}-${machine.randomWord()}`);
  await mkdir(building);
  await chmod(building, 0o755);
  try {
    await build(building);
    await rename(building, target);
  } catch (error) {
    await removeDirectory(building, undefined, machine.env);
    if (!(await exists(target))) throw error;
  }
  return target;
}

/** True when something of that name is there. */
export async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
