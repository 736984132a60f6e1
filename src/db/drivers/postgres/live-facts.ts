import * as z from 'zod';
import type { LiveFacts } from '../../lint/live-facts.ts';
import type { Session } from '../../session.ts';

const tableRow = z.object({
  name: z.string(),
  rows: z.number(),
  bytes: z.number(),
  index_bytes: z.number(),
  reads: z.number(),
  writes: z.number(),
  sessions: z.number(),
});
const invalidRow = z.object({ index: z.string(), table_name: z.string() });
const longRow = z.object({ pid: z.number(), seconds: z.number(), tables: z.array(z.string()) });
const stateRow = z.object({ lag: z.number().nullable(), xid_used: z.number(), version: z.number() });
const capacityRow = z.object({ name: z.string(), used: z.number() });

/** Transactions shorter than this are in nobody's way. */
const longSeconds = 5;

/** Reads what a running server says of itself. What a role may not see is left out, never guessed. */
export async function readLiveFacts(session: Session): Promise<LiveFacts> {
  const tables = await rowsOf(session, tablesQuery, tableRow);
  const invalid = await rowsOf(session, invalidQuery, invalidRow);
  const long = await rowsOf(session, longQuery, longRow);
  const [state] = await rowsOf(session, stateQuery, stateRow);
  const capacity = await rowsOf(session, capacityQuery, capacityRow);
  return {
    tables: new Map(
      tables.map(({ name, rows, bytes, index_bytes, reads, writes, sessions }) => [
        name,
        { rows, bytes, indexBytes: index_bytes, readsPerSecond: reads, writesPerSecond: writes, sessions },
      ]),
    ),
    invalidIndexes: new Map(invalid.map(({ index, table_name }) => [index, table_name])),
    longTransactions: long,
    replicationLagBytes: state?.lag ?? undefined,
    // No function of the server tells it to a role without rights upon its files.
    freeDiskBytes: undefined,
    capacity: new Map(capacity.map(({ name, used }) => [name, used])),
    xidUsed: state?.xid_used ?? 0,
    version: state?.version ?? session.version,
  };
}

async function rowsOf<T>(session: Session, query: string, row: z.ZodType<T>): Promise<readonly T[]> {
  const { rows } = await session.query(query);
  return rows.map((one) => row.parse(one));
}

const since = `greatest(extract(epoch FROM now() - coalesce(
  (SELECT stats_reset FROM pg_catalog.pg_stat_database WHERE datname = pg_catalog.current_database()),
  pg_catalog.pg_postmaster_start_time())), 60)`;

const tablesQuery = `
SELECT n.nspname || '.' || c.relname AS name,
  greatest(c.reltuples, 0)::float8 AS rows,
  pg_catalog.pg_total_relation_size(c.oid)::float8 AS bytes,
  pg_catalog.pg_indexes_size(c.oid)::float8 AS index_bytes,
  ((coalesce(s.seq_scan, 0) + coalesce(s.idx_scan, 0)) / ${since})::float8 AS reads,
  ((coalesce(s.n_tup_ins, 0) + coalesce(s.n_tup_upd, 0) + coalesce(s.n_tup_del, 0)) / ${since})::float8 AS writes,
  (SELECT count(DISTINCT l.pid)::integer FROM pg_catalog.pg_locks AS l
    WHERE l.relation = c.oid AND l.pid <> pg_catalog.pg_backend_pid()
    AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())) AS sessions
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_stat_all_tables AS s ON s.relid = c.oid
WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;

const invalidQuery = `
SELECT n.nspname || '.' || i.relname AS index, n.nspname || '.' || t.relname AS table_name
FROM pg_catalog.pg_index AS x
JOIN pg_catalog.pg_class AS i ON i.oid = x.indexrelid
JOIN pg_catalog.pg_class AS t ON t.oid = x.indrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = i.relnamespace
WHERE NOT x.indisvalid AND i.relkind = 'i' AND n.nspname !~ '^pg_'`;

const longQuery = `
SELECT a.pid, extract(epoch FROM now() - a.xact_start)::float8 AS seconds,
  coalesce(array_agg(DISTINCT n.nspname || '.' || c.relname) FILTER (WHERE c.oid IS NOT NULL), '{}') AS tables
FROM pg_catalog.pg_stat_activity AS a
LEFT JOIN pg_catalog.pg_locks AS l ON l.pid = a.pid AND l.locktype = 'relation' AND l.granted
LEFT JOIN pg_catalog.pg_class AS c ON c.oid = l.relation AND c.relkind IN ('r', 'p', 'm')
  AND c.relnamespace NOT IN (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname ~ '^pg_')
LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE a.pid <> pg_catalog.pg_backend_pid() AND a.backend_type = 'client backend'
  AND a.datname = pg_catalog.current_database() AND a.xact_start < now() - interval '${longSeconds} seconds'
GROUP BY a.pid, a.xact_start ORDER BY a.xact_start`;

const stateQuery = `
SELECT (SELECT max(pg_catalog.pg_wal_lsn_diff(
    CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_receive_lsn() ELSE pg_catalog.pg_current_wal_lsn() END,
    replay_lsn))::float8 FROM pg_catalog.pg_stat_replication) AS lag,
  (SELECT max(pg_catalog.age(datfrozenxid))::float8 / 2147483647 FROM pg_catalog.pg_database) AS xid_used,
  pg_catalog.current_setting('server_version_num')::integer AS version`;

/**
 * Sequences that feed an integer column, by how much of what the column can hold is used. The planner may try a function
 * before it has looked at the kind of a relation, hence CASE.
 */
const capacityQuery = `
SELECT n.nspname || '.' || t.relname || '.' || a.attname AS name,
  coalesce(CASE WHEN s.relkind = 'S' THEN pg_catalog.pg_sequence_last_value(s.oid) END, 0)::float8
    / CASE a.atttypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647 ELSE 9223372036854775807 END AS used
FROM pg_catalog.pg_class AS s
JOIN pg_catalog.pg_depend AS d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
  AND d.refclassid = 'pg_class'::regclass
JOIN pg_catalog.pg_class AS t ON t.oid = d.refobjid
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
WHERE s.relkind = 'S' AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
  AND CASE WHEN s.relkind = 'S' THEN pg_catalog.has_sequence_privilege(s.oid, 'SELECT') END`;
