import { readFile, stat } from 'node:fs/promises';
import { fail } from '#core/error';
import type { Account } from './command.ts';
import type { Machine } from './machine.ts';

/**
 * The account under which the server runs: our own, or, because PostgreSQL refuses root, another one: the owner of
 * the data directory where there is one already, else the first that /etc/passwd has of postgres and nobody.
 * (A free number would not do: initdb looks its own user up by name.)
 * Throws `embedded-missing` on Windows and where root finds no other account.
 */
export async function chooseAccount(machine: Machine, dataDirectory: string | undefined): Promise<Account> {
  const { uid, gid } = machine;
  if (uid === undefined || gid === undefined) {
    throw fail('embedded-missing', {
      what: `The embedded PostgreSQL is not built for ${machine.platform}.`,
      why: 'It needs a POSIX system, for its user ids and its watchdog.',
      next: 'Name a database with --db URL, or run godwit in WSL or a container.',
    });
  }
  if (uid !== 0) return { uid, gid, isOther: false };
  return (dataDirectory === undefined ? undefined : await ownerOf(dataDirectory)) ?? (await unprivilegedAccount());
}

async function ownerOf(directory: string): Promise<Account | undefined> {
  const found = await stat(directory).catch(() => undefined);
  return found === undefined || found.uid === 0 ? undefined : { uid: found.uid, gid: found.gid, isOther: true };
}

async function unprivilegedAccount(): Promise<Account> {
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n').map((line) => line.split(':'));
  for (const wanted of ['postgres', '_postgres', 'nobody']) {
    const [, , uid, gid] = lines.find(([name]) => name === wanted) ?? [];
    if (Number(uid) > 0 && Number(gid) > 0) return { uid: Number(uid), gid: Number(gid), isOther: true };
  }
  throw fail('embedded-missing', {
    what: 'The embedded PostgreSQL cannot run here.',
    why: 'PostgreSQL refuses to run as root, and /etc/passwd has neither a user postgres nor nobody to run it as.',
    next: 'Run godwit as an ordinary user, or add one: useradd --system postgres.',
  });
}
