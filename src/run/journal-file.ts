import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { JournalStore, Lease, RunRecord } from '#core/domain';
import { fail } from '#core/error';
import { chain, type JournalEntry, type JournalEvent, journalEventSchema } from '#core/journal';
import type { Plan } from '#core/plan';

/**
 * A journal in a folder, as lines of JSON in `journal.ndjson`, each synced to disk before it counts.
 *
 * A line is an entry of a run with its holder's token, or `{ fence }` with a token: written by whoever takes the
 * lease. Entries with a token below the last fence do not count, so that a runner which lost the lease cannot write
 * any more, whenever its write arrives. Appending is atomic with O_APPEND (open(2)).
 */
const lineSchema = z.union([
  z.strictObject({
    token: z.number(),
    runId: z.string(),
    seq: z.number(),
    previousHash: z.string(),
    hash: z.string(),
    event: journalEventSchema,
  }),
  z.strictObject({ fence: z.number() }),
]);
type Line = z.infer<typeof lineSchema>;
type EntryLine = Extract<Line, { readonly runId: string }>;
type FenceLine = Extract<Line, { readonly fence: number }>;

/** Opens the journal in a folder. Nothing is made before the first write. */
export function journalFile(dir: string): JournalStore {
  return {
    runs: async () => runsIn(await readLines(dir)),
    read: async (runId) => entriesOf(await readLines(dir), runId),
    append: (lease, event) => append(dir, lease, event),
    keepPlan: (lease, plan) => keepPlan(dir, lease, plan),
    keptPlan: async (runId) => {
      const text = await readIfThere(planFileIn(dir, runId));
      return text === undefined ? undefined : (parseJson(text) ?? text);
    },
    requestPause: async (runId, by) => {
      await mkdir(join(dir, 'pauses'), { recursive: true });
      await writeFile(pauseFileIn(dir, runId), by, { flush: true, mode: 0o600 });
    },
    withdrawPause: (runId) => rm(pauseFileIn(dir, runId), { force: true }),
    pauseRequested: (runId) => readIfThere(pauseFileIn(dir, runId)),
  };
}

/**
 * Fences off every holder of a lower token. A line that a crash left half written is ended here, and does not count:
 * it stands right before a fence.
 */
export async function fenceJournal(dir: string, token: number): Promise<void> {
  const text = (await readIfThere(fileIn(dir))) ?? '';
  const isTorn = text !== '' && !text.endsWith('\n');
  await appendText(dir, `${isTorn ? '\n' : ''}${JSON.stringify({ fence: token })}\n`);
}

async function append(dir: string, lease: Lease, event: JournalEvent): Promise<JournalEntry> {
  const before = await readLines(dir);
  if (before.fence !== lease.token) throw leaseLost(lease, before.fence);
  const entry = chain(entriesOf(before, lease.runId).at(-1), journalEventSchema.parse(event));
  await appendText(dir, `${JSON.stringify({ token: lease.token, runId: lease.runId, ...entry })}\n`);
  const after = await readLines(dir);
  const counts = after.entries.some(({ token, hash }) => token === lease.token && hash === entry.hash);
  if (!counts) throw leaseLost(lease, after.fence);
  return entry;
}

async function keepPlan(dir: string, lease: Lease, plan: Plan): Promise<void> {
  const file = planFileIn(dir, lease.runId);
  if ((await readIfThere(file)) !== undefined) return;
  const { fence } = await readLines(dir);
  if (fence !== lease.token) throw leaseLost(lease, fence);
  await mkdir(join(dir, 'plans'), { recursive: true });
  const draft = `${file}.${lease.token}`;
  await writeFile(draft, JSON.stringify(plan), { flush: true, mode: 0o600 });
  await rename(draft, file);
}

type Lines = { readonly entries: readonly EntryLine[]; readonly fence: number };

async function readLines(dir: string): Promise<Lines> {
  const text = (await readIfThere(fileIn(dir))) ?? '';
  // What follows the last line break was never finished, and does not count.
  const lines = text.split('\n').slice(0, -1).map(parseLine);
  const entries: EntryLine[] = [];
  let fence = 0;
  for (const [index, line] of lines.entries()) {
    if (line === undefined) {
      if (!isFence(lines[index + 1])) throw broken(dir, index + 1);
    } else if (isFence(line)) fence = Math.max(fence, line.fence);
    else if (line.token >= fence) entries.push(line);
  }
  return { entries, fence };
}

function parseLine(raw: string): Line | undefined {
  const parsed = lineSchema.safeParse(parseJson(raw));
  return parsed.success ? parsed.data : undefined;
}

function isFence(line: Line | undefined): line is FenceLine {
  return line !== undefined && 'fence' in line;
}

function runsIn({ entries }: Lines): readonly RunRecord[] {
  const runs = entries.flatMap(({ runId, event }): readonly RunRecord[] =>
    event.kind === 'run-started'
      ? [{ runId, planHash: event.planHash, planId: event.planId, startedAt: event.at }]
      : [],
  );
  return runs.reverse();
}

function entriesOf({ entries }: Lines, runId: string): readonly JournalEntry[] {
  return entries
    .filter((line) => line.runId === runId)
    .map(({ seq, previousHash, hash, event }) => ({ seq, previousHash, hash, event }));
}

async function appendText(dir: string, text: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  const file = await open(fileIn(dir), 'a', 0o600);
  try {
    await file.write(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function fileIn(dir: string): string {
  return join(dir, 'journal.ndjson');
}

function pauseFileIn(dir: string, runId: string): string {
  return join(dir, 'pauses', encodeURIComponent(runId));
}

function planFileIn(dir: string, runId: string): string {
  return join(dir, 'plans', `${encodeURIComponent(runId)}.json`);
}

function broken(dir: string, number: number): Error {
  return fail('journal-broken', {
    what: `The journal in ${fileIn(dir)} cannot be trusted.`,
    why: `Its line ${number} is not an entry of a journal.`,
    next: 'Find out what wrote there, and bring the file back from a backup.',
  });
}

function leaseLost(lease: Lease, fence: number): Error {
  return fail('lease-lost', {
    what: `Run ${lease.runId} was taken over by another runner.`,
    why: `It holds token ${fence}, this one had ${lease.token}; this one stopped before doing anything more.`,
    next: 'Look with `godwit status`; the other runner goes on.',
  });
}
