import type { Action } from '#core/plan';
import type { PlanContext } from '../operation.ts';
import type { QualifiedName } from '../schema.ts';
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
