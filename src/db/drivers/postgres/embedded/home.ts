import { chown, mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '#core/error';
import { canReach } from './cache.ts';
import { type ClusterRequest, createCluster, majorOfCluster } from './cluster.ts';
import type { Account } from './command.ts';
import type { Machine } from './machine.ts';

/** The usual temporary directory; where the server's account cannot enter it (below root's home), another. */
export async function temporaryPlace(machine: Machine, account: Account, cache: string): Promise<string> {
  for (const directory of [machine.temporaryDirectory, '/tmp', '/var/tmp']) {
    if (await canReach(directory, account, machine)) return directory;
  }
  return cache;
}

/** Makes a server's directory and the data in it where they are missing, owned by the account. Throws `bad-input`. */
export async function prepareHome(home: string, request: ClusterRequest): Promise<void> {
  const { account, machine, major } = request;
  const data = join(home, 'data');
  const present = await majorOfCluster(data);
  if (present === major) return;
  if (present !== undefined) throw notHome(home, major, `It holds the data of PostgreSQL ${present}.`);
  if ((await readdir(home).catch(() => [])).length > 0) throw notHome(home, major, 'The directory is not empty.');
  // The directory alone is private: those above it, made by root, would keep the account out.
  await mkdir(dirname(home), { recursive: true });
  await mkdir(home, { recursive: true, mode: 0o700 });
  if (account.isOther) await chown(home, account.uid, account.gid);
  if (!(await canReach(home, account, machine))) {
    throw notHome(
      home,
      major,
      `PostgreSQL refuses to run as root, and user id ${account.uid}, which runs it, cannot enter it.`,
    );
  }
  await createCluster(data, request);
}

function notHome(home: string, major: number, why: string): Error {
  return fail('bad-input', {
    what: `${home} cannot hold the data of an embedded PostgreSQL ${major}.`,
    why,
    next: 'Name a new directory, which is not below a private home.',
  });
}
