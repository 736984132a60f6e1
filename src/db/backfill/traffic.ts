import * as z from 'zod';
import { firstRow } from '../rows.ts';
import type { QualifiedName } from '../schema.ts';
import type { Session } from '../session.ts';

/** The application's use of a table, as far as the server's counters show it. */
export interface Traffic {
  /** SQL for the end of a batch's transaction that counts the batch's own use, to give to `note`. */
  readonly signs: string;
  /** Hears what `signs` said, before the transaction is committed. */
  note(row: unknown): void;
  /** Looks at the counters, between transactions and not more often than needed. */
  look(session: Session): Promise<void>;
  /** True while somebody else uses the table, or nobody can tell yet. */
  isBusy(): boolean;
  /** True when somebody else was seen using the table since the watch began, or the server does not count. */
  wasUsed(): boolean;
  /** From 1 down to a quarter: how much shorter batches shall be, because sessions were seen waiting for one. */
  patience(): number;
}

/** Other sessions report their counters once in a second at most, so silence counts only after that. */
const silenceMs = 1_200;
const lookEveryMs = 200;
const forcedFlushVersion = 150_000;

/**
 * Tells an idle table from one in use. Every scan of table or indexes and every inserted row is counted by the server;
 * what our own batches did of that, the server says at the end of each
 * (https://www.postgresql.org/docs/18/monitoring-stats.html#MONITORING-STATS-VIEWS, pg_stat_xact_all_tables). What is
 * left is the application's: its reads, writes, locking reads and lookups of foreign keys.
 */
export async function watchTraffic(session: Session, table: QualifiedName, now: () => number): Promise<Traffic> {
  const { relations, counts } = await relationsOf(session, table);
  const used = `(SELECT sum(pg_stat_get_numscans(oid) + pg_stat_get_tuples_inserted(oid))::float8 AS used
    FROM unnest('{${relations.join(',')}}'::oid[]) AS oid)`;
  let [own, most, lookedMs, busyMs, patience] = [0, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, now(), 1];
  let wasUsed = !counts;
  const seen = () => {
    busyMs = now();
    wasUsed = true;
  };
  return {
    signs: `${used.replaceAll('pg_stat_get_', 'pg_stat_get_xact_')} AS used, ${waiting(session.version)} AS waiting${
      session.version >= forcedFlushVersion ? ', pg_stat_force_next_flush()' : ''
    }`,
    note: (row) => {
      const signs = signsSchema.parse(row);
      own += signs.used ?? 0;
      patience = signs.waiting ? Math.max(0.25, patience / 2) : Math.min(1, patience * 1.1);
      if (signs.waiting) seen();
    },
    look: async (looking) => {
      if (now() - lookedMs < lookEveryMs) return;
      lookedMs = now();
      const others = (firstRow(await looking.query(used), usedSchema).used ?? 0) - own;
      // Ours are counted a little before the server shows them: only what rises above all before is somebody else's.
      if (others > most && most !== Number.NEGATIVE_INFINITY) seen();
      most = Math.max(most, others);
    },
    isBusy: () => !counts || now() - busyMs < silenceMs,
    wasUsed: () => wasUsed,
    patience: () => patience,
  };
}

const usedSchema = z.object({ used: z.number().nullable() });
const signsSchema = usedSchema.extend({ waiting: z.boolean() });

/** Whether a session waits for a row that this transaction has changed: it waits for the transaction's id. */
function waiting(version: number): string {
  const id = version >= 130_000 ? 'pg_current_xact_id()::xid' : '((txid_current() % 4294967296)::text::xid)';
  return `EXISTS (SELECT FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted AND transactionid = ${id})`;
}

/** The table, its partitions and all their indexes; and whether the server counts at all. */
async function relationsOf(session: Session, table: QualifiedName) {
  const result = await session.query(
    `WITH RECURSIVE part AS (
       SELECT class.oid FROM pg_class AS class JOIN pg_namespace AS place ON place.oid = class.relnamespace
       WHERE place.nspname = $1 AND class.relname = $2
       UNION ALL
       SELECT inherits.inhrelid FROM part JOIN pg_inherits AS inherits ON inherits.inhparent = part.oid)
     SELECT coalesce(array_agg(relation.oid::text), '{}') AS relations, current_setting('track_counts')::bool AS counts
     FROM (SELECT oid FROM part UNION SELECT indexrelid FROM pg_index WHERE indrelid IN (SELECT oid FROM part)) AS relation`,
    [table.schema, table.name],
  );
  return firstRow(result, z.object({ relations: z.array(z.string()), counts: z.boolean() }));
}
