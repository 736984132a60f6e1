import * as z from 'zod';
import { type Action, actionSchema } from '#core/plan';
import type { CheckAction, DbAction, LockClaim } from '../action.ts';
import type { PlanLimits } from '../operation.ts';
import { plainName, type QualifiedName } from '../schema.ts';

/** Lock modes as PostgreSQL names them, weakest first; a plan claims one for each relation that a statement locks. */
export type LockMode =
  | 'ROW SHARE'
  | 'ROW EXCLUSIVE'
  | 'SHARE UPDATE EXCLUSIVE'
  | 'SHARE'
  | 'SHARE ROW EXCLUSIVE'
  | 'EXCLUSIVE'
  | 'ACCESS EXCLUSIVE';

/** Nothing to do, or nothing to undo. */
export const nothing: Action = { kind: 'none' };

/** An action of ours as the plan holds it. */
export function asAction(action: DbAction): Action {
  return actionSchema.parse(JSON.parse(JSON.stringify(action)));
}

/** Actions one after the other, each journaled. A sequence among them becomes its parts: the runner counts one level. */
export function sequence(actions: readonly Action[]): Action {
  return { kind: 'sequence', actions: actions.flatMap(partsOf) };
}

function partsOf(action: Action): readonly Action[] {
  return action.kind === 'sequence' ? z.array(actionSchema).parse(action.actions) : [action];
}

/** Claims a lock on a relation. */
export function lock(relation: QualifiedName, mode: LockMode): LockClaim {
  return { relation: plainName(relation), mode };
}

/**
 * Statements in one transaction. `scans`: they read the whole table under a weak lock (VALIDATE), so no bound is put on
 * how long they take; else `statementTimeoutMs` bounds how long a strong lock is held.
 */
export function sqlAction(
  statements: readonly string[],
  options: { readonly locks: readonly LockClaim[]; readonly limits: PlanLimits; readonly scans?: boolean },
): Action {
  return asAction({
    kind: 'db/sql',
    statements: [...statements],
    locks: [...options.locks],
    lockTimeoutMs: options.limits.lockTimeoutMs,
    statementTimeoutMs: options.scans === true ? 0 : options.limits.statementTimeoutMs,
  });
}

/** A query of one row with `ok` and `detail`; `next` is said when it is not ok. */
export function checkAction(query: string, next: string, code: CheckAction['code'] = 'verification-failed'): Action {
  return asAction({ kind: 'db/check', query, code, next });
}

/** Part of a step's slug: lower case letters, digits and dashes. */
export function slugOf(text: string): string {
  const slug = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return slug.slice(0, 40) || 'x';
}
