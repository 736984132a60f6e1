import type { Finding } from '#core/finding';
import type { Action } from '#core/plan';
import type { LockClaim } from '../../action.ts';
import type { ChangeOf } from '../../diff.ts';
import type { PlanContext, StepDraft } from '../../operation.ts';
import { checkAction, sequence, slugOf, sqlAction } from '../../planning/steps.ts';

/** What a constraint that is added in two goes needs. */
export type Proving = {
  readonly definition: string;
  /** Counts the rows in the way, once no more come. */
  readonly look: Action;
  readonly adding: readonly LockClaim[];
  readonly proving: readonly LockClaim[];
  readonly dropping: readonly LockClaim[];
  readonly hazard: Finding;
};

/**
 * NOT VALID holds its lock for an instant; VALIDATE reads the table while everybody writes, in a transaction of its own
 * (https://www.postgresql.org/docs/18/sql-altertable.html#SQL-ALTERTABLE-NOTES).
 */
export function provenStep(
  { constraint, stated, table }: ChangeOf<'add-constraint'>,
  { definition, look, adding, proving, dropping, hazard }: Proving,
  { spelling, limits }: PlanContext,
): StepDraft {
  const { name } = constraint;
  const isProven = !stated.isNotValid;
  const add = spelling.addConstraint(table.after, name, definition, { notValid: true });
  const validate = spelling.validateConstraint(table.after, name);
  const isWanted = isProven ? 'valid' : 'not valid';
  return {
    slug: `constrain-${slugOf(name)}`,
    // A foreign key comes after every unique key, which may be the one that it refers to.
    stage: constraint.kind === 'foreign-key' ? 'prove' : 'tighten',
    title: isProven ? `Add ${name}, and prove it while the application writes` : `Add ${name} for new rows`,
    action: sequence([
      sqlAction([add], { limits, locks: adding }),
      ...(isProven ? [look, sqlAction([validate], { limits, locks: proving, scans: true })] : []),
    ]),
    rollback: sqlAction([spelling.dropConstraint(table.after, name)], { limits, locks: dropping }),
    verify: checkAction(spelling.constraintIs(table.after, name, isWanted), 'Roll back and plan again.'),
    hazards: [hazard],
  };
}
