import type { Client } from 'pg';
import * as z from 'zod';

const relationSchema = z.object({
  oid: z.number(),
  name: z.string(),
  kind: z.string(),
  /** Zero where it has no file: views, what is partitioned. */
  file: z.number(),
  bytes: z.number(),
  /** At the last ANALYZE; below 1 where it is not known. */
  rows: z.number(),
  /** Of an index, the table that it is on; else 0. */
  table: z.number(),
  scans: z.number(),
  rowsRead: z.number(),
});
export type RelationState = z.infer<typeof relationSchema>;

/** A lock on a relation, with the server's word for its mode: `AccessExclusiveLock`. */
export const lockSchema = z.object({ oid: z.number(), mode: z.string() });
export type HeldLock = z.infer<typeof lockSchema>;

const stateSchema = z.object({
  relations: z.array(relationSchema),
  locks: z.array(lockSchema),
  walAt: z.number(),
  /** Scans of `sentinel` that are counted. */
  sentinelScans: z.number(),
});

/** What a session sees of its database, and what it holds, at one moment. */
export type ServerState = z.infer<typeof stateSchema>;

/** Read by nobody but us, so that its scans show whether the counts are complete. */
export const sentinel = 'information_schema.sql_sizing';

/**
 * Which scans are counted. `own`: those that the session has not reported yet, which it never does in a transaction.
 * `all`: also those that it has reported, as it does at most twice a second; before 15 they are seen only after a while.
 */
export type Counts = 'own' | 'all';

/** Reads the state from within the session that is observed: only itself sees what it has not committed yet. */
export async function readState(session: Client, counts: Counts): Promise<ServerState> {
  const { rows } = await session.query({ text: stateQuery(counts), rowMode: 'array' });
  return stateSchema.parse(rows[0]?.[0]);
}

function stateQuery(counts: Counts): string {
  const reported = (name: string, oid: string) => (counts === 'own' ? '0' : `pg_catalog.pg_stat_get_${name}(${oid})`);
  const counted = (name: string, oid = 'c.oid') =>
    `coalesce(pg_catalog.pg_stat_get_xact_${name}(${oid}), 0) + ${reported(name, oid)}`;
  return `
SELECT pg_catalog.json_build_object(
  'relations', (SELECT coalesce(pg_catalog.json_agg(pg_catalog.json_build_object(
      'oid', c.oid::int8, 'name', pg_catalog.format('%s.%s', n.nspname, c.relname), 'kind', c.relkind,
      'file', coalesce(pg_catalog.pg_relation_filenode(c.oid)::int8, 0),
      'bytes', CASE WHEN c.relkind IN ('r', 'm', 'i') THEN coalesce(pg_catalog.pg_relation_size(c.oid), 0) ELSE 0 END,
      'rows', c.reltuples, 'table', coalesce(i.indrelid::int8, 0),
      'scans', ${counted('numscans')}, 'rowsRead', ${counted('tuples_returned')})), '[]')
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'),
  'locks', (SELECT coalesce(pg_catalog.json_agg(pg_catalog.json_build_object('oid', l.relation::int8, 'mode', l.mode)), '[]')
    FROM pg_catalog.pg_locks l WHERE l.pid = pg_catalog.pg_backend_pid() AND l.granted
    AND l.locktype = 'relation' AND l.relation >= 16384),
  'walAt', pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_insert_lsn(), '0/0'),
  'sentinelScans', ${counted('numscans', `'${sentinel}'::pg_catalog.regclass`)})`;
}
