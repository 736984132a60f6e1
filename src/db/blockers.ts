import * as z from 'zod';
import type { LockClaim } from './action.ts';
import { rowsOf } from './rows.ts';
import type { Session } from './session.ts';

/** Somebody in our way. What this role may not see of others is undefined. */
export type Blocker = {
  /** Undefined for a prepared transaction, which has no backend. */
  readonly pid: number | undefined;
  readonly role: string | undefined;
  readonly application: string | undefined;
  readonly state: string | undefined;
  readonly transactionMs: number | undefined;
  /** ISO 8601. */
  readonly queryStart: string | undefined;
  readonly isAutovacuum: boolean;
};

const text = z
  .string()
  .nullable()
  .transform((value) => (value === null || value === '' ? undefined : value));
const blockerSchema = z.object({
  pid: z
    .number()
    .nullable()
    .transform((value) => (value === null || value === 0 ? undefined : value)),
  role: text,
  application: text,
  state: text,
  transactionMs: z
    .union([z.string(), z.number()])
    .nullable()
    .transform((value) => (value === null ? undefined : Number(value))),
  queryStart: text,
  isAutovacuum: z.boolean(),
});

/**
 * Columns of a blocker; never the query, whose literals are the application's data. A role that may not see the kind of
 * a backend still sees that it has no role and vacuums.
 */
const columnsOf = (
  session: Session,
) => `activity.usename::text AS role, activity.application_name AS application, activity.state,
  extract(epoch FROM clock_timestamp() - activity.xact_start) * 1000 AS "transactionMs",
  to_char(activity.query_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "queryStart",
  coalesce(activity.backend_type = 'autovacuum worker', activity.usename IS NULL AND (
    EXISTS (SELECT FROM pg_stat_progress_vacuum AS vacuum WHERE vacuum.pid = activity.pid)
    OR ${isSampling(session)})) AS "isAutovacuum"`;

/** Before 13 nobody sees that a hidden backend is at ANALYZE. */
function isSampling({ version }: Session): string {
  if (version < 130_000) return 'false';
  return 'EXISTS (SELECT FROM pg_stat_progress_analyze AS sampling WHERE sampling.pid = activity.pid)';
}

/** Who keeps this backend waiting at the moment. Asked from another session than the one that waits. */
export async function blockersOf(session: Session, waitingBackend: number): Promise<readonly Blocker[]> {
  const result = await session.query(
    `SELECT blocking.pid, ${columnsOf(session)}
     FROM (SELECT DISTINCT unnest(pg_blocking_pids($1)) AS pid) AS blocking
     LEFT JOIN pg_stat_activity AS activity ON activity.pid = blocking.pid ORDER BY blocking.pid`,
    [waitingBackend],
  );
  return rowsOf(result, blockerSchema);
}

/** The backend of this process id, as somebody in the way; empty when it is gone. */
export async function blockerOf(session: Session, pid: number): Promise<readonly Blocker[]> {
  const result = await session.query(
    `SELECT activity.pid, ${columnsOf(session)} FROM pg_stat_activity AS activity WHERE activity.pid = $1`,
    [pid],
  );
  return rowsOf(result, blockerSchema);
}

/** Who holds a lock now that conflicts with one of these claims. Relations are compared by their plain names. */
export async function holdersInTheWay(session: Session, locks: readonly LockClaim[]): Promise<readonly Blocker[]> {
  const pairs = locks.flatMap(({ relation, mode }) =>
    conflicting(mode).map((conflict) => ({ relation, mode: conflict })),
  );
  const result = await session.query(
    `SELECT DISTINCT ON (lock.pid) lock.pid, ${columnsOf(session)}
     FROM unnest($1::text[], $2::text[]) AS claim (relation, mode)
     JOIN pg_class AS class ON class.relkind IN ('r', 'p', 'v', 'm', 'f', 'i', 'S')
     JOIN pg_namespace AS schema ON schema.oid = class.relnamespace
       AND schema.nspname || '.' || class.relname = claim.relation
     JOIN pg_locks AS lock ON lock.locktype = 'relation' AND lock.relation = class.oid AND lock.granted
       AND lower(lock.mode) = claim.mode || 'lock' AND lock.pid IS DISTINCT FROM pg_backend_pid()
       AND lock.database = (SELECT oid FROM pg_database WHERE datname = current_database())
     LEFT JOIN pg_stat_activity AS activity ON activity.pid = lock.pid
     ORDER BY lock.pid`,
    [pairs.map(({ relation }) => relation), pairs.map(({ mode }) => mode)],
  );
  return rowsOf(result, blockerSchema);
}

/** For a message: `process 4711 (psql, role bob, transaction open for 12.3 s, query begun 2030-01-01T10:00:00Z)`. */
export function describeBlockers(blockers: readonly Blocker[]): string {
  return blockers.map(describe).join('; ');
}

function describe({ pid, role, application, state, transactionMs, queryStart, isAutovacuum }: Blocker): string {
  if (pid === undefined) return 'a prepared transaction (see pg_prepared_xacts)';
  const parts = [
    isAutovacuum ? 'autovacuum' : application,
    role === undefined ? undefined : `role ${role}`,
    state,
    transactionMs === undefined ? undefined : `transaction open for ${(transactionMs / 1000).toFixed(1)} s`,
    queryStart === undefined ? undefined : `query begun ${queryStart}`,
  ].filter((part) => part !== undefined);
  const isHidden = transactionMs === undefined && !isAutovacuum;
  return `process ${pid} (${parts.join(', ')}${isHidden ? ', the rest is hidden from this role' : ''})`;
}

/** Modes from weak to strong, without their ending, and which of them each conflicts with
 * (https://www.postgresql.org/docs/18/explicit-locking.html#TABLE-LOCK-COMPATIBILITY). */
const conflicts: Readonly<Record<string, readonly string[]>> = (() => {
  const [accessShare, rowShare, rowExclusive] = ['accessshare', 'rowshare', 'rowexclusive'] as const;
  const [shareUpdateExclusive, share] = ['shareupdateexclusive', 'share'] as const;
  const strong = ['sharerowexclusive', 'exclusive', 'accessexclusive'] as const;
  return {
    [accessShare]: ['accessexclusive'],
    [rowShare]: ['exclusive', 'accessexclusive'],
    [rowExclusive]: [share, ...strong],
    [shareUpdateExclusive]: [shareUpdateExclusive, share, ...strong],
    [share]: [rowExclusive, shareUpdateExclusive, ...strong],
    sharerowexclusive: [rowExclusive, shareUpdateExclusive, share, ...strong],
    exclusive: [rowShare, rowExclusive, shareUpdateExclusive, share, ...strong],
    accessexclusive: [accessShare, rowShare, rowExclusive, shareUpdateExclusive, share, ...strong],
  };
})();

/** `ACCESS EXCLUSIVE`, `AccessExclusiveLock` and `access-exclusive` are the same mode; an unknown one is the strongest. */
function conflicting(mode: string): readonly string[] {
  const plain = mode
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
    .replace(/lock$/, '');
  return conflicts[plain] ?? conflicts.accessexclusive ?? [];
}
