import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findFreePort } from '#db/drivers/postgres/embedded/free-port';
import { thisMachine } from '#db/drivers/postgres/embedded/machine';
import { startEmbedded } from '#db/drivers/postgres/embedded/start-embedded';

/** How a server dies: `pg_ctl stop -m immediate`, its first process alone, or all its processes at one instant. */
export const deaths = ['immediate', 'postmaster', 'all'] as const;
export type Death = (typeof deaths)[number];

/** A durable server that can die and be started again on the same data and the same port. */
export type MortalServer = {
  /** The superuser's, the same in every life. */
  readonly url: string;
  urlOf(database: string, user?: string): string;
  readonly directory: string;
  /** Resolves when none of its processes is left. */
  die(how: Death): Promise<void>;
  /** Starts it again on what it left. */
  rise(): Promise<void>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
};

export type MortalOptions = {
  readonly settings?: Readonly<Record<string, string>>;
  /** Where its data shall lie: an empty directory that everybody can enter. */
  readonly directory?: string;
  readonly major?: number;
};

/** Starts it. The caller removes it. */
export async function startMortal({ settings = {}, directory, major = 18 }: MortalOptions = {}): Promise<MortalServer> {
  const home = directory ?? (await mkdtemp(join(tmpdir(), 'godwit-mortal-')));
  // Root's server runs as somebody else.
  await chmod(home, 0o755);
  const place = join(home, 'server');
  const port = await findFreePort();
  const machine = { ...thisMachine(), findFreePort: () => Promise.resolve(port) };
  const start = () => startEmbedded({ directory: place, settings, major, durable: true, machine });
  let server = await start();
  return {
    url: server.url,
    urlOf: server.urlOf,
    directory: place,
    die: async (how) => {
      await kill(Number.parseInt(await readFile(join(place, 'data', 'postmaster.pid'), 'utf8'), 10), how);
      await server.stop();
    },
    rise: async () => {
      server = await start();
    },
    remove: async () => {
      await server.stop();
      await rm(directory === undefined ? home : place, { recursive: true, force: true });
    },
  };
}

async function kill(postmaster: number, how: Death): Promise<void> {
  const family = [postmaster, ...(await childrenOf(postmaster))];
  if (how === 'immediate') process.kill(postmaster, 'SIGQUIT');
  for (const pid of how === 'all' ? family : how === 'postmaster' ? [postmaster] : []) killIfThere(pid);
  for (let waitedMs = 0; family.some(isThere); waitedMs += 10) {
    if (waitedMs > 20_000) throw new Error(`processes of the server live on: ${family.filter(isThere).join(', ')}`);
    await setTimeout(10);
  }
}

async function childrenOf(parent: number): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  const pairs = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([pid, ppid]) => (ppid === parent && pid !== undefined ? [pid] : []));
}

function killIfThere(pid: number): void {
  if (isThere(pid)) process.kill(pid, 'SIGKILL');
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
