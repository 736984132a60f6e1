import type { Action } from '#core/plan';
import type { BatchesAction, CompareAction } from '../action.ts';
import type { PlanContext } from '../operation.ts';
import { primaryKeyOf, type Table } from '../schema.ts';
import type { UndoBatches } from '../undo.ts';
import { asAction } from './steps.ts';

type Range = BatchesAction['over'];

/**
 * The key in whose order a table is walked, in the names of the given view of it: the primary key, else a valid unique
 * index over plain NOT NULL columns; empty where there is neither (blocks of ctid).
 */
export function rangeOf(table: Table): Range {
  const keys = [primaryKeyOf(table)?.columns ?? [], ...table.indexes.filter(isKey).map(({ columns }) => columns)];
  const key = keys
    .map((ids) => ids.flatMap((id) => table.columns.filter((column) => column.id === id)))
    .find(
      (columns, place) => columns.length > 0 && columns.length === keys[place]?.length && columns.every(isWalkable),
    );
  return {
    table: { schema: table.schema, name: table.name },
    key: (key ?? []).map(({ name, type }) => ({ name, type })),
  };
}

function isKey(index: Table['indexes'][number]): boolean {
  const isPlain = !index.hasExpressions && index.predicate === undefined && index.method === 'btree';
  return index.isUnique && index.isValid && isPlain;
}

function isWalkable({ isNotNull }: Table['columns'][number]): boolean {
  return isNotNull;
}

/** How batches run besides their statements. */
export type Batching = {
  /** False: our sync triggers and the user's triggers fire for it. */
  readonly isQuiet?: boolean;
  /** True: its statements pass over rows that are as wanted, so the table is walked again until none is left. */
  readonly isSelfLimiting?: boolean;
};

/** One statement for range after range of a table; `$range` is over alias `t`. */
export function batchesAction(table: Table, statement: string, context: PlanContext, batching: Batching = {}): Action {
  return undoBatchesAction({ over: rangeOf(table), statements: [statement], counted: 0 }, context, batching);
}

/** Statements made by undo.ts, range after range. They are idempotent: what is done is passed over. */
export function undoBatchesAction(
  batches: UndoBatches,
  { spelling, rights, limits }: PlanContext,
  batching: Batching = {},
): Action {
  const isQuiet = batching.isQuiet ?? true;
  return asAction({
    kind: 'db/batches',
    ...batches,
    isIdempotent: true,
    workers: limits.workers,
    targetMs: limits.batchTargetMs,
    settings: isQuiet ? { ...spelling.quiet } : {},
    quietTriggers: isQuiet && rights.mayQuietTriggers,
    ...(batching.isSelfLimiting === undefined ? {} : { isSelfLimiting: batching.isSelfLimiting }),
  });
}

/** Compares expressions over alias `t` row by row. */
export function compareAction(
  table: Table,
  pair: Pick<CompareAction, 'left' | 'right' | 'backLeft' | 'backRight' | 'said'>,
  { limits }: PlanContext,
): Action {
  return asAction({ kind: 'db/compare', over: rangeOf(table), ...pair, workers: limits.workers });
}
