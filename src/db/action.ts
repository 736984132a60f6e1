import * as z from 'zod';

/**
 * The kinds of `db/…` actions, as data. Executors parse an action with its schema before they touch the server, and run
 * the SQL that stands in it byte for byte; `$range` in a batch statement is replaced by the key range of the batch.
 */
const relationSchema = z.object({ schema: z.string(), name: z.string() });

/** A lock that a statement takes, as the plan claims it; rehearsal compares it with what the server did. */
export const lockClaimSchema = z.object({ relation: z.string(), mode: z.string() });
export type LockClaim = Readonly<z.infer<typeof lockClaimSchema>>;

/** All statements in one transaction, once: the deed's row in `godwit.deeds` is written in the same transaction. */
export const sqlActionSchema = z.object({
  kind: z.literal('db/sql'),
  statements: z.array(z.string()).min(1),
  locks: z.array(lockClaimSchema),
  lockTimeoutMs: z.number(),
  /** 0 for statements that scan under a weak lock (VALIDATE); else a bound on how long a strong lock is held. */
  statementTimeoutMs: z.number(),
  /** When the effect of an opposite deed is undone by this one: its deed key prefix is cleared. */
});
export type SqlAction = Readonly<z.infer<typeof sqlActionSchema>>;

/** CREATE or DROP INDEX CONCURRENTLY, outside a transaction, with our own deadline; an invalid leftover is removed. */
export const indexActionSchema = z.object({
  kind: z.literal('db/index'),
  want: z.enum(['present', 'absent']),
  table: relationSchema,
  index: z.string(),
  /** CREATE … CONCURRENTLY, for want present. */
  create: z.string().optional(),
  /** Query that returns sample duplicates (one row each, readable columns) that a unique index would meet. */
  duplicates: z.string().optional(),
  deadlineMs: z.number(),
  locks: z.array(lockClaimSchema),
});
export type IndexAction = Readonly<z.infer<typeof indexActionSchema>>;

export const keyColumnSchema = z.object({ name: z.string(), type: z.string() });

/** Key columns of a table (primary key, or a unique NOT NULL key); empty means blocks of ctid. */
export const rangeSchema = z.object({ table: relationSchema, key: z.array(keyColumnSchema) });

/** Statements carried out for range after range of a table, each batch one transaction with its checkpoint. */
export const batchesActionSchema = z.object({
  kind: z.literal('db/batches'),
  over: rangeSchema,
  /** In order, in one transaction per batch. `$range` stands for the predicate on the key (or ctid) of alias `t`. */
  statements: z.array(z.string()).min(1),
  /** Index of the statement whose row count is progress. */
  counted: z.number(),
  /** Running a batch again changes nothing. Without it a table with no key is refused. */
  isIdempotent: z.boolean(),
  workers: z.number().min(1),
  targetMs: z.number(),
  /** Sync triggers stand aside for our writes through this setting, SET LOCAL in each batch. */
  settings: z.record(z.string(), z.string()),
  /**
   * Wish to keep the user's own triggers from firing, where the role may (session_replication_role). Foreign keys are
   * triggers too and are then not checked: not for statements that change a referencing or referenced column.
   */
  quietTriggers: z.boolean(),
  /**
   * Index of a statement that gives one row for its range: `count` of what could not be done and `samples text[]`. Their
   * sum is told through `context.exception` as `<count> rows <message>: <samples>`.
   */
  exceptions: z.object({ statement: z.number(), message: z.string() }).optional(),
  /**
   * The statements pass over rows that are as wanted. Where the application uses the table meanwhile, it is then gone over
   * again until a pass counts none: rows may move behind the walk when a key changes, or any row of a table without one.
   */
  isSelfLimiting: z.boolean().optional(),
});
export type BatchesAction = Readonly<z.infer<typeof batchesActionSchema>>;

/** Compares two expressions row by row, per key range, with counts and an order-independent checksum. */
export const compareActionSchema = z.object({
  kind: z.literal('db/compare'),
  over: rangeSchema,
  /** Expressions over alias `t`. A row agrees where `left IS NOT DISTINCT FROM right`, or the same for the back pair. */
  left: z.string(),
  right: z.string(),
  backLeft: z.string().optional(),
  backRight: z.string().optional(),
  /** What is so in rows that disagree, said after `in <count> rows of <table>`. */
  said: z.string().optional(),
  workers: z.number().min(1),
});
export type CompareAction = Readonly<z.infer<typeof compareActionSchema>>;

/** A read-only query whose first row has `ok` boolean and `detail` text. */
export const checkActionSchema = z.object({
  kind: z.literal('db/check'),
  query: z.string(),
  /** Error code when it is not ok. */
  code: z.enum(['verification-failed', 'duplicates', 'rights-missing', 'drift', 'backup-required']),
  /** Said when not ok. */
  next: z.string(),
});
export type CheckAction = Readonly<z.infer<typeof checkActionSchema>>;

/** Are names still used since the gate was reached? Parsed from pg_stat_statements where it is there. */
export const usageActionSchema = z.object({
  kind: z.literal('db/usage'),
  uses: z.array(z.object({ table: relationSchema, column: z.string().optional() })),
});
export type UsageAction = Readonly<z.infer<typeof usageActionSchema>>;

export const dbActionSchema = z.discriminatedUnion('kind', [
  sqlActionSchema,
  indexActionSchema,
  batchesActionSchema,
  compareActionSchema,
  checkActionSchema,
  usageActionSchema,
]);
export type DbAction = z.infer<typeof dbActionSchema>;
