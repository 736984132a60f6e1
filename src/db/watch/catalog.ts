import * as z from 'zod';
import { rowsOf } from '../rows.ts';
import type { Session } from '../session.ts';

/** A table as the server has it at one moment: its file changes when it is rewritten. */
export type WatchedTable = {
  readonly oid: number;
  readonly name: string;
  readonly file: number;
  readonly scans: number;
};

const tableRow = z.object({ oid: z.number(), name: z.string(), file: z.number(), scans: z.number() });

/** The user's tables and materialized views, by oid; ours in schema godwit are left out. */
export async function readTables(session: Session): Promise<ReadonlyMap<number, WatchedTable>> {
  const tables = rowsOf(await session.query(tablesQuery), tableRow);
  return new Map(tables.map((table) => [table.oid, table]));
}

/** Partitioned tables have no file; theirs counts as 0. */
const tablesQuery = `
SELECT c.oid::int8::float8 AS oid, pg_catalog.format('%s.%s', n.nspname, c.relname) AS name,
  coalesce(pg_catalog.pg_relation_filenode(c.oid), 0)::int8::float8 AS file,
  coalesce(pg_catalog.pg_stat_get_numscans(c.oid), 0)::float8 AS scans
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'm', 'p') AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'godwit')`;

/** Servers before this version count in a process of its own, which publishes at most twice a second. */
const countsAtOnceFrom = 150_000;
const publishedRow = z.object({ published: z.boolean() });
const publishedTriesMax = 100;

/**
 * Waits until the counts of the server hold all that ended sessions did before now, at most for some seconds
 * (https://www.postgresql.org/docs/14/monitoring-stats.html: a report is no newer than `PGSTAT_STAT_INTERVAL`, 500 ms).
 */
export async function countsPublished(session: Session, pause: () => Promise<void>): Promise<void> {
  if (session.version >= countsAtOnceFrom) return;
  const now = 'SELECT pg_catalog.clock_timestamp()::text AS now';
  const [{ now: since } = { now: '' }] = rowsOf(await session.query(now), z.object({ now: z.string() }));
  for (let tries = 0; tries < publishedTriesMax; tries += 1) {
    const [row] = rowsOf(await session.query(publishedQuery, [since]), publishedRow);
    if (row === undefined || row.published) return;
    await pause();
  }
}

/** Asking makes the server publish. */
const publishedQuery = 'SELECT pg_catalog.pg_stat_get_snapshot_timestamp() >= $1::timestamptz AS published';

/** A lock on a relation, held by a backend. */
export type SeenLock = { readonly pid: number; readonly oid: number; readonly mode: string };

const lockRow = z.object({ pid: z.number(), oid: z.number(), mode: z.string() });

/** Locks that a backend holds now, or all that sessions of a run hold. */
export async function readLocks(session: Session, whose: 'own' | 'runs'): Promise<readonly SeenLock[]> {
  const condition =
    whose === 'own'
      ? 'l.pid = pg_catalog.pg_backend_pid()'
      : `l.pid IN (SELECT a.pid FROM pg_catalog.pg_stat_activity a
    WHERE a.datname = pg_catalog.current_database() AND a.application_name ~ '^godwit [^-]')`;
  const text = `SELECT l.pid, l.relation::int8::float8 AS oid, l.mode FROM pg_catalog.pg_locks l
WHERE l.locktype = 'relation' AND l.granted AND l.relation >= 16384 AND ${condition}`;
  return rowsOf(await session.query(text), lockRow);
}
