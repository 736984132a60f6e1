import { link, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Lease, LeaseHolder, LeaseStore } from '#core/domain';
import { fail } from '#core/error';
import { fenceJournal } from './journal-file.ts';
import type { Surroundings } from './surroundings.ts';

const holderSchema = z.object({ runId: z.string(), token: z.number(), since: z.string(), where: z.string() });

/** A holder that has been silent for so long is taken for dead. Ten heartbeats. */
const silenceMaxMs = 10_000;
const attemptsMax = 5;

/**
 * A lease in a folder: the file `lease/<token>` belongs to the holder. Only one process can make the file with the
 * next number (link(2) fails where it exists), and its time of change is the heartbeat. Released, it is emptied: its
 * number stays taken, so that tokens only rise. Together with `journalFile` over the same folder, whose fence it sets.
 */
export function leaseFile(dir: string, surroundings: Pick<Surroundings, 'now' | 'who'>): LeaseStore {
  const place: Place = { dir: join(dir, 'lease'), journalDir: dir, surroundings };
  return {
    acquire: (runId, signal) => acquire(place, runId, signal),
    heartbeat: (lease) => heartbeat(place, lease),
    release: async (lease) => {
      await checkHeld(place, lease);
      await writeFile(fileOf(place, lease.token), '');
    },
    holder: async () => (await newest(place))?.holder,
  };
}

type Place = {
  readonly dir: string;
  readonly journalDir: string;
  readonly surroundings: Pick<Surroundings, 'now' | 'who'>;
};
type Newest = { readonly token: number; readonly holder: LeaseHolder | undefined };

async function acquire(place: Place, runId: string, signal: AbortSignal): Promise<Lease> {
  await mkdir(place.dir, { recursive: true });
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    signal.throwIfAborted();
    const before = await newest(place);
    if (before?.holder !== undefined) throw held(before.holder);
    const token = (before?.token ?? 0) + 1;
    if (!(await take(place, { runId, token, since: place.surroundings.now(), where: place.surroundings.who })))
      continue;
    await fenceJournal(place.journalDir, token);
    await removeOlder(place, token);
    return { runId, token };
  }
  throw held({ runId, token: 0, since: place.surroundings.now(), where: 'several runners at once' });
}

/** False when another process was faster. The file appears whole: nobody sees a lease without its holder. */
async function take(place: Place, holder: LeaseHolder): Promise<boolean> {
  const folder = await mkdtemp(join(place.dir, 'taking-'));
  try {
    const draft = join(folder, 'lease');
    const now = new Date(place.surroundings.now());
    await writeFile(draft, JSON.stringify(holder), { flush: true, mode: 0o600 });
    await utimes(draft, now, now);
    await link(draft, fileOf(place, holder.token));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function heartbeat(place: Place, lease: Lease): Promise<void> {
  await checkHeld(place, lease);
  const now = new Date(place.surroundings.now());
  await utimes(fileOf(place, lease.token), now, now);
}

async function checkHeld(place: Place, lease: Lease): Promise<void> {
  const token = (await tokens(place)).at(-1) ?? 0;
  if (token === lease.token) return;
  throw fail('lease-lost', {
    what: `Run ${lease.runId} was taken over by another runner.`,
    why: `It holds token ${token}, this one had ${lease.token}; this one stopped before doing anything more.`,
    next: 'Look with `godwit status`; the other runner goes on.',
  });
}

/** The highest token ever given, and who lives on it. */
async function newest(place: Place): Promise<Newest | undefined> {
  const token = (await tokens(place)).at(-1);
  if (token === undefined) return undefined;
  const seen = await look(fileOf(place, token));
  // Gone again: somebody else has just taken a higher one.
  if (seen === undefined) return { token, holder: undefined };
  const isSilent = Date.parse(place.surroundings.now()) - seen.changedMs > silenceMaxMs;
  const parsed = holderSchema.safeParse(parseJson(seen.text));
  return { token, holder: parsed.success && !isSilent ? parsed.data : undefined };
}

async function look(file: string): Promise<{ readonly text: string; readonly changedMs: number } | undefined> {
  try {
    return { text: await readFile(file, 'utf8'), changedMs: (await stat(file)).mtimeMs };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function tokens(place: Place): Promise<readonly number[]> {
  try {
    const names = await readdir(place.dir);
    return names
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .sort((a, b) => a - b);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

async function removeOlder(place: Place, token: number): Promise<void> {
  for (const older of await tokens(place)) {
    if (older < token) await rm(fileOf(place, older), { force: true });
  }
}

function fileOf(place: Place, token: number): string {
  return join(place.dir, String(token));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function held(holder: LeaseHolder): Error {
  return fail('lease-held', {
    what: 'Another runner is at work here.',
    why: `${holder.where} has worked on run ${holder.runId} since ${holder.since}.`,
    next: 'Wait for it, or stop it with `godwit pause`. A runner that died is noticed after 10 seconds.',
  });
}
