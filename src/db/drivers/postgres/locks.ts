import * as z from 'zod';
import type { QualifiedName } from '../../schema.ts';
import type { Session } from '../../session.ts';

/** A session that waits for a lock. */
export type LockWaiter = {
  readonly pid: number;
  readonly application: string;
  /** What it waits for: a relation, or `row` where it waits for another transaction's row. */
  readonly on: string;
  readonly mode: string;
  /** Undefined where the server does not tell: before 14, of other roles’ sessions. */
  readonly waitedMs: number | undefined;
  /** Whether a session of ours is in its way. */
  readonly isBehindUs: boolean;
};

/** A transaction that has been open for long. */
export type LongTransaction = {
  readonly pid: number;
  readonly application: string;
  readonly role: string;
  readonly state: string;
  readonly ageMs: number;
  /** Whether it holds or wants a lock on one of the relations that were asked for. */
  readonly isOnRelations: boolean;
};

const waiterRow = z.object({
  pid: z.number(),
  application: z.string(),
  on: z.string(),
  mode: z.string(),
  waited_ms: z.number().nullable(),
  is_behind_us: z.boolean(),
});

/**
 * Who waits for a lock in this database: behind a session of ours, or for one of the relations. Readable to every role:
 * pg_locks hides nothing. Our own sessions do not count.
 */
export async function lockWaiters(
  session: Session,
  relations: readonly QualifiedName[] = [],
): Promise<readonly LockWaiter[]> {
  const parameters = [relations.map(({ schema }) => schema), relations.map(({ name }) => name)];
  const { rows } = await session.query(waitersQuery(session.version), parameters);
  return waiterRow
    .array()
    .parse(rows)
    .map(({ waited_ms, is_behind_us, ...row }) => ({
      ...row,
      waitedMs: waited_ms ?? undefined,
      isBehindUs: is_behind_us,
    }));
}

const transactionRow = z.object({
  pid: z.number(),
  application: z.string(),
  role: z.string(),
  state: z.string(),
  age_ms: z.number(),
  is_on_relations: z.boolean(),
});

/**
 * Transactions of others in this database that are older than that, oldest first; with relations, only those that hold
 * or want a lock on one. A role sees the age of its own sessions', and of all as a member of pg_read_all_stats.
 */
export async function longTransactions(
  session: Session,
  options: { readonly relations?: readonly QualifiedName[]; readonly olderThanMs: number },
): Promise<readonly LongTransaction[]> {
  const relations = options.relations ?? [];
  const parameters = [relations.map(({ schema }) => schema), relations.map(({ name }) => name), options.olderThanMs];
  const { rows } = await session.query(transactionsQuery, parameters);
  return transactionRow
    .array()
    .parse(rows)
    .map(({ age_ms, is_on_relations, ...row }) => ({ ...row, ageMs: age_ms, isOnRelations: is_on_relations }))
    .filter((transaction) => relations.length === 0 || transaction.isOnRelations);
}

const askedFor = `
WITH asked AS (
  SELECT c.oid FROM ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[])) AS name (schema, relation)
  JOIN pg_catalog.pg_namespace n ON n.nspname = name.schema
  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = name.relation)`;

/** Since 14 a lock says since when it is waited for. Before, the begin of the statement is the earliest it can be. */
function waitersQuery(version: number): string {
  const since = version >= 140_000 ? 'l.waitstart' : 'a.query_start';
  return `${askedFor}
SELECT l.pid, coalesce(a.application_name, '') AS application,
  CASE WHEN l.relation IS NULL THEN 'row' ELSE coalesce(pg_catalog.format('%s.%s', n.nspname, c.relname), 'a relation') END AS on,
  l.mode, pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - ${since}) * 1000 AS waited_ms,
  behind.is_behind_us
FROM pg_catalog.pg_locks l
JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid AND a.datname = pg_catalog.current_database()
LEFT JOIN pg_catalog.pg_class c ON c.oid = l.relation AND l.database = a.datid
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM pg_catalog.pg_stat_activity b
    WHERE b.pid = ANY (pg_catalog.pg_blocking_pids(l.pid)) AND b.application_name LIKE 'godwit %') AS is_behind_us) behind
WHERE NOT l.granted AND a.application_name NOT LIKE 'godwit %'
  AND (behind.is_behind_us OR (l.locktype IN ('relation', 'tuple', 'page') AND l.relation IN (SELECT oid FROM asked)))
ORDER BY waited_ms DESC NULLS LAST, l.pid`;
}

const transactionsQuery = `${askedFor}
SELECT a.pid, a.application_name AS application, coalesce(a.usename, '')::text AS role, coalesce(a.state, '') AS state,
  pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - a.xact_start) * 1000 AS age_ms,
  EXISTS (SELECT FROM pg_catalog.pg_locks l JOIN asked ON asked.oid = l.relation
    WHERE l.pid = a.pid AND l.database = a.datid) AS is_on_relations
FROM pg_catalog.pg_stat_activity a
WHERE a.datname = pg_catalog.current_database() AND a.pid <> pg_catalog.pg_backend_pid()
  AND a.application_name NOT LIKE 'godwit %' AND a.backend_type IN ('client backend', 'parallel worker')
  AND a.xact_start < pg_catalog.clock_timestamp() - $3::float8 * interval '1 millisecond'
ORDER BY a.xact_start`;
