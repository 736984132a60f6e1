import type { ChangeOf } from '../../diff.ts';
import type { PlanContext, StepDraft } from '../../operation.ts';
import { keysOn } from '../../planning/linked-changes.ts';
import { isLossless } from '../../planning/lossless.ts';
import { compareAction } from '../../planning/ranges.ts';
import { dropGrown, growKey, type MovingKey } from '../../planning/retype/moving-keys.ts';
import type { Retype } from '../../planning/retype/retype.ts';
import { checkAction, nothing, slugOf } from '../../planning/steps.ts';

/**
 * Both ends of a foreign key must come back as the same value. What the new type loses is kept for rows that are there;
 * a row that comes later and refers to one of them could not know it.
 */
export function returnSteps(
  { table, before, after }: ChangeOf<'change-type'>,
  retype: Retype,
  context: PlanContext,
): readonly StepDraft[] {
  const { spelling } = context;
  const value = retype.down(retype.shadow);
  const isTied = keysOn(before.id, context).length > 0;
  if (!isTied || value === undefined || isLossless(before.type, after.type)) return [];
  const left = spelling.comparable(`t.${spelling.name(before.name)}`, before.type);
  const said = `${before.name} is tied by a foreign key and would not come back from ${after.type} as it is`;
  return [
    {
      slug: `returns-${slugOf(before.name)}`,
      stage: 'prove',
      title: `See that every ${before.name} would come back from ${after.type} as it is, since a foreign key is on it`,
      action: nothing,
      rollback: nothing,
      verify: compareAction(table.before, { left, right: spelling.comparable(value, before.type), said }, context),
      hazards: [],
    },
  ];
}

/** After every index of the new columns, one of which it leans on. */
export function keyStep(key: MovingKey, context: PlanContext): StepDraft {
  const { table, other } = key.growing;
  return {
    slug: `copy-key-${slugOf(key.name)}`,
    stage: 'prove',
    title: `Copy foreign key ${key.name} of ${table.name} to ${other.name} onto the new columns, as ${key.copy}`,
    action: growKey(key, context),
    rollback: dropGrown(key, context),
    verify: checkAction(
      context.spelling.constraintIs(table, key.copy, key.isValidated ? 'valid' : 'not valid'),
      'Roll back and plan again.',
    ),
    hazards: [],
  };
}
