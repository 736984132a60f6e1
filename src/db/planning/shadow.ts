import type { Action } from '#core/plan';
import type { PlanContext, StepDraft } from '../operation.ts';
import { type Column, type Index, plainName, type QualifiedName, type Table } from '../schema.ts';
import type { Omitted } from '../spelling.ts';
import { ownName } from './names.ts';
import { asAction, checkAction, lock, slugOf } from './steps.ts';

/** What the column holds in an INSERT that does not name it. An identity's or serial's own value is volatile. */
export function omittedOf(column: Pick<Column, 'defaultExpression' | 'defaultVolatility' | 'identity'>): Omitted {
  if (column.identity !== undefined) return { kind: 'volatile' };
  if (column.defaultVolatility === 'volatile') return { kind: 'volatile' };
  return { kind: 'same', sql: column.defaultExpression ?? 'NULL' };
}

/** An index of a column copied onto its shadow: which, and under what name. */
export type IndexCopy = { readonly index: Index; readonly name: string };

/**
 * Indexes that must stand on the shadow too, so that look-ups and ON CONFLICT by its name work: all that mention the
 * column, but for invalid ones and those of exclusion constraints, which guard the original alone.
 */
export function indexCopies(table: Table, column: Column, ordinal: number, context: PlanContext): readonly IndexCopy[] {
  return table.indexes
    .filter((index) => index.isValid && index.dependsOn.includes(column.id) && !isExclusion(table, index))
    .map((index, place) => ({ index, name: ownName(context, 'index', ordinal, place + 1) }));
}

function isExclusion(table: Table, index: Index): boolean {
  return table.constraints.some(({ kind, name }) => kind === 'exclusion' && name === index.constraint);
}

/** True when a unique index or primary key covers the column. */
export function isUniqueKey(table: Table, column: Column): boolean {
  return table.indexes.some((index) => index.isUnique && index.dependsOn.includes(column.id));
}

/** Where a copied index is built: the table by the name it has then, and columns by theirs (definition → now). */
export type CopyPlace = { readonly table: QualifiedName; readonly columns: Readonly<Record<string, string>> };

/** Builds the copy without stopping writers, or removes it. */
export function copyIndexAction(
  copy: IndexCopy,
  place: CopyPlace,
  context: PlanContext,
  want: 'present' | 'absent' = 'present',
): Action {
  const { table, columns } = place;
  const create = context.spelling.copyIndex(copy.index.definition, { name: copy.name, table, columns });
  return asAction({
    kind: 'db/index',
    want,
    table: { schema: table.schema, name: table.name },
    index: copy.name,
    ...(want === 'present' ? { create } : {}),
    deadlineMs: context.limits.indexDeadlineMs,
    locks: [lock(table, 'SHARE UPDATE EXCLUSIVE')],
  });
}

/** Steps that build the copies of indexes in `migrate`. */
export function copyIndexSteps(
  copies: readonly IndexCopy[],
  place: CopyPlace,
  context: PlanContext,
): readonly StepDraft[] {
  return copies.map((copy) => ({
    slug: `copy-index-${slugOf(copy.index.name)}`,
    stage: 'index',
    title: `Copy index ${copy.index.name} onto the new column, as ${copy.name}`,
    action: copyIndexAction(copy, place, context),
    rollback: copyIndexAction(copy, place, context, 'absent'),
    verify: checkAction(
      context.spelling.indexIsValid(place.table.schema, copy.name),
      'Apply again: the index is built anew.',
    ),
    hazards: [],
  }));
}

/** `schema.table.column`, for people. */
export function plainColumn(table: QualifiedName, column: string): string {
  return `${plainName(table)}.${column}`;
}
