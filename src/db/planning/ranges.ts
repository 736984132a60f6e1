import type { Action } from '#core/plan';
import type { BatchesAction, CompareAction } from '../action.ts';
import type { PlanContext } from '../operation.ts';
import { primaryKeyOf, type Table } from '../schema.ts';
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

/** Statements for range after range, our sync triggers standing aside; `$range` is over alias `t`. */
export function batchesAction(
  table: Table,
  statements: readonly string[],
  { spelling, rights, limits }: PlanContext,
  options: { readonly counted?: number; readonly isQuiet?: boolean } = {},
): Action {
  const isQuiet = options.isQuiet ?? true;
  return asAction({
    kind: 'db/batches',
    over: rangeOf(table),
    statements: [...statements],
    counted: options.counted ?? statements.length - 1,
    isIdempotent: true,
    workers: limits.workers,
    targetMs: limits.batchTargetMs,
    settings: isQuiet ? { ...spelling.quiet } : {},
    quietTriggers: isQuiet && rights.mayQuietTriggers,
  });
}

/** Compares expressions over alias `t` row by row. */
export function compareAction(
  table: Table,
  pair: Pick<CompareAction, 'left' | 'right' | 'backLeft' | 'backRight'>,
  { limits }: PlanContext,
): Action {
  return asAction({ kind: 'db/compare', over: rangeOf(table), ...pair, workers: limits.workers });
}
