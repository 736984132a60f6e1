import type { Action } from '#core/plan';
import type { PlanContext } from '../operation.ts';
import type { QualifiedName, Table } from '../schema.ts';
import { rangeOf, undoBatchesAction } from './ranges.ts';
import { checkAction, lock, sqlAction } from './steps.ts';

/** A column that shall hold no NULL, and the name of the check that guards it on the way. */
export type NotNull = { readonly table: QualifiedName; readonly column: string; readonly guard: string };

/** From here on no NULL is written; rows that are there are not looked at. */
export function guardNotNull({ table, column, guard }: NotNull, { spelling, limits }: PlanContext): Action {
  const add = spelling.addNotNullCheck(table, guard, column);
  return sqlAction([spelling.dropConstraint(table, guard), add], { limits, locks: [lock(table, 'ACCESS EXCLUSIVE')] });
}

/** Looks at every row under a lock that lets the application write. */
export function validateNotNull({ table, guard }: NotNull, { spelling, limits }: PlanContext): Action {
  const locks = [lock(table, 'SHARE UPDATE EXCLUSIVE')];
  return sqlAction([spelling.validateConstraint(table, guard)], { limits, locks, scans: true });
}

/** The server takes the valid check for proof and does not scan (PostgreSQL 12 and later). */
export function setNotNull({ table, column, guard }: NotNull, { spelling, limits }: PlanContext): Action {
  const statements = [spelling.setNotNull(table, column), spelling.dropConstraint(table, guard)];
  return sqlAction(statements, { limits, locks: [lock(table, 'ACCESS EXCLUSIVE')] });
}

/** Takes back any part of the above. */
export function loosenNotNull({ table, column, guard }: NotNull, { spelling, limits }: PlanContext): Action {
  const statements = [spelling.dropConstraint(table, guard), spelling.dropNotNull(table, column)];
  return sqlAction(statements, { limits, locks: [lock(table, 'ACCESS EXCLUSIVE')] });
}

/** Counts the rows that are in the way. */
export function noNulls({ table, column }: NotNull, next: string, { spelling }: PlanContext): Action {
  return checkAction(spelling.noNulls(table, column), next);
}

/**
 * For the way back: NOT NULL again if no row holds NULL; else it stays away, and how many rows and which is told. Each
 * part finds by itself whether it has something to do.
 */
export function tightenIfPossible(notNull: NotNull, view: Table, context: PlanContext): readonly Action[] {
  const { table, column, guard } = notNull;
  const { spelling, limits } = context;
  const brief = { limits, locks: [lock(table, 'ACCESS EXCLUSIVE')] };
  const range = rangeOf(view);
  const samples = range.key.map(({ name }) => `t.${spelling.name(name)}::text`);
  const shown = samples.length === 0 ? 't.ctid::text' : `concat(${samples.join(", ', ', ")})`;
  const count = `SELECT count(*) AS count, (array_agg(${shown}))[1:5] AS samples FROM ${spelling.relation(table)} AS t WHERE $range AND t.${spelling.name(column)} IS NULL`;
  const message = `of ${table.schema}.${table.name} with NULL in ${column}, which therefore stays without NOT NULL`;
  const guarded = (isValid: boolean) => spelling.hasConstraint(table, guard, { isValid });
  return [
    undoBatchesAction({ over: range, statements: [count], counted: 0, exceptions: { statement: 0, message } }, context),
    sqlAction(
      [
        spelling.when(spelling.hasNoNull(table, column), [
          spelling.dropConstraint(table, guard),
          spelling.addNotNullCheck(table, guard, column),
        ]),
      ],
      { ...brief, scans: true },
    ),
    sqlAction([spelling.when(guarded(false), [spelling.validateConstraint(table, guard)])], {
      limits,
      locks: [lock(table, 'SHARE UPDATE EXCLUSIVE')],
      scans: true,
    }),
    sqlAction(
      [spelling.when(guarded(true), [spelling.setNotNull(table, column), spelling.dropConstraint(table, guard)])],
      brief,
    ),
  ];
}
