import * as z from 'zod';
import type { JournalStore, Lease, RunRecord } from '#core/domain';
import { fail } from '#core/error';
import { chain, type JournalEntry, type JournalEvent, journalEventSchema } from '#core/journal';
import type { Plan } from '#core/plan';
import { hasGodwitSchema } from './godwit-schema.ts';
import { fence } from './lease-table.ts';
import { rowsOf } from './rows.ts';
import type { Row, Session } from './session.ts';
import { type SharedSession, smallAnswerMaxMs } from './shared-session.ts';

export type JournalTableOptions = {
  /** For what only looks; its transactions are read-only. */
  readonly reader: SharedSession;
  /** For appending. It bears the token of the lease, so that a successor ends it too. */
  writer(lease: Lease): SharedSession;
  /** For wishes from another terminal, which holds no lease. */
  readonly asker: SharedSession;
};

const entrySchema = z.object({
  seq: z.coerce.number(),
  previousHash: z.string(),
  hash: z.string(),
  event: journalEventSchema,
});
const linkSchema = z.object({ seq: z.coerce.number(), hash: z.string() });
const runSchema = z.object({
  runId: z.string(),
  planHash: z.string(),
  planId: z.string(),
  startedAt: z.string(),
  end: z
    .enum(['done', 'rolled-back'])
    .nullable()
    .transform((end) => end ?? undefined),
});

/**
 * The journal as a table in the target itself. Each append is a transaction that checks the token and links the event
 * to the one before; two writers cannot both follow the same entry, because (run_id, seq) is the key.
 */
export function journalTable({ reader, writer, asker }: JournalTableOptions): JournalStore {
  return {
    runs: () => reader.use(runsOf),
    read: (runId) => reader.use((session) => entriesOf(session, runId)),
    append: (lease, event) => writer(lease).use((session) => append(session, lease, storable(event)), smallAnswerMaxMs),
    keepPlan: (lease, plan) => writer(lease).use((session) => keepPlan(session, lease, plan), smallAnswerMaxMs),
    keptPlan: (runId) => reader.use((session) => keptPlan(session, runId)),
    requestPause: (runId, by) => asker.use((session) => requestPause(session, runId, by), smallAnswerMaxMs),
    withdrawPause: (runId) => asker.use((session) => withdrawPause(session, runId), smallAnswerMaxMs),
    pauseRequested: (runId) => reader.use((session) => pauseRequested(session, runId), smallAnswerMaxMs),
  };
}

async function runsOf(session: Session): Promise<readonly RunRecord[]> {
  if (!(await hasGodwitSchema(session))) return [];
  const result = await session.query(
    `SELECT run_id AS "runId", plan_hash AS "planHash", plan_id AS "planId", started_at AS "startedAt",
       (SELECT CASE WHEN e.event ->> 'kind' = 'done' OR (e.event ->> 'kind' = 'rolled-back' AND e.event ->> 'toPhase' IS NULL)
               THEN e.event ->> 'kind' END
        FROM godwit.journal AS e WHERE e.run_id = r.run_id AND e.event ->> 'kind' <> 'purged'
        ORDER BY e.seq DESC LIMIT 1) AS "end"
     FROM godwit.run AS r ORDER BY number DESC`,
  );
  return rowsOf(result, runSchema);
}

async function entriesOf(session: Session, runId: string): Promise<readonly JournalEntry[]> {
  if (!(await hasGodwitSchema(session))) return [];
  const result = await session.query(
    `SELECT seq, previous_hash AS "previousHash", hash, event FROM godwit.journal WHERE run_id = $1 ORDER BY seq`,
    [runId],
  );
  return result.rows.map((row) => entryOf(row, runId));
}

function entryOf(row: Row, runId: string): JournalEntry {
  const parsed = entrySchema.safeParse(row);
  if (parsed.success) return parsed.data;
  throw fail('journal-broken', {
    what: `An entry in the journal of run ${runId} cannot be read: number ${String(row.seq)}.`,
    why: 'It was changed by something other than godwit, or written by a newer version.',
    next: 'Use the version of godwit that began the run, or restore the table godwit.journal from a backup.',
  });
}

async function append(session: Session, lease: Lease, event: JournalEvent): Promise<JournalEntry> {
  return await session.transaction(async () => {
    await fence(session, lease);
    if (event.kind === 'run-started') await recordRun(session, lease.runId, event);
    // Two writers of one run take turns here; a lock on the last entry would let the second see it as the last still.
    await session.query('SELECT 1 FROM godwit.run WHERE run_id = $1 FOR NO KEY UPDATE', [lease.runId]);
    const last = await session.query(
      'SELECT seq, hash FROM godwit.journal WHERE run_id = $1 ORDER BY seq DESC LIMIT 1',
      [lease.runId],
    );
    const entry = chain(rowsOf(last, linkSchema)[0], event);
    await session.query(
      'INSERT INTO godwit.journal (run_id, seq, previous_hash, hash, event) VALUES ($1, $2, $3, $4, $5::jsonb)',
      [lease.runId, entry.seq, entry.previousHash, entry.hash, JSON.stringify(entry.event)],
    );
    return entry;
  });
}

type RunStarted = Extract<JournalEvent, { readonly kind: 'run-started' }>;

async function recordRun(session: Session, runId: string, event: RunStarted): Promise<void> {
  await session.query('INSERT INTO godwit.run (run_id, plan_hash, plan_id, started_at) VALUES ($1, $2, $3, $4)', [
    runId,
    event.planHash,
    event.planId,
    event.at,
  ]);
}

async function keepPlan(session: Session, lease: Lease, plan: Plan): Promise<void> {
  await session.transaction(async () => {
    await fence(session, lease);
    await session.query('UPDATE godwit.run SET plan = $2 WHERE run_id = $1 AND plan IS NULL', [
      lease.runId,
      JSON.stringify(plan),
    ]);
  });
}

/** Read through the row as a whole: a schema that an older godwit made has no such column yet. */
async function keptPlan(session: Session, runId: string): Promise<unknown> {
  if (!(await hasGodwitSchema(session))) return undefined;
  const result = await session.query(`SELECT to_jsonb(r) ->> 'plan' AS plan FROM godwit.run AS r WHERE run_id = $1`, [
    runId,
  ]);
  const text = rowsOf(result, z.object({ plan: z.string().nullable() }))[0]?.plan;
  return text === null || text === undefined ? undefined : parseJson(text);
}

/** What is no JSON is no plan either, and is told as that. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

async function requestPause(session: Session, runId: string, by: string): Promise<void> {
  await session.query(
    `INSERT INTO godwit.control (run_id, pause_by) VALUES ($1, $2)
     ON CONFLICT (run_id) DO UPDATE SET pause_by = excluded.pause_by, at = clock_timestamp()`,
    [runId, by],
  );
}

async function withdrawPause(session: Session, runId: string): Promise<void> {
  await session.query('DELETE FROM godwit.control WHERE run_id = $1', [runId]);
}

async function pauseRequested(session: Session, runId: string): Promise<string | undefined> {
  if (!(await hasGodwitSchema(session))) return undefined;
  const result = await session.query('SELECT pause_by AS by FROM godwit.control WHERE run_id = $1', [runId]);
  return rowsOf(result, z.object({ by: z.string() }))[0]?.by;
}

/** jsonb holds no NUL and no half of a surrogate pair, which a command's output may bring into a message. */
function storable(event: JournalEvent): JournalEvent {
  const clean = (_: string, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '\u{fffd}').replaceAll(/\p{Surrogate}/gu, '\u{fffd}') : value;
  return journalEventSchema.parse(JSON.parse(JSON.stringify(event), clean));
}
