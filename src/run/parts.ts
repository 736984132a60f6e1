import * as z from 'zod';
import { fail } from '#core/error';
import { type Action, actionSchema, type Plan, type Step } from '#core/plan';
import type { StepProgress } from '#core/run-state';

const sequenceSchema = z.object({ kind: z.literal('sequence'), actions: z.array(actionSchema) });

/** The actions of which an action consists, in order: those of a `sequence`, flattened, or the action itself. */
export function partsOf(action: Action): readonly Action[] {
  if (action.kind !== 'sequence') return [action];
  return sequenceSchema.parse(action).actions.flatMap(partsOf);
}

/** Names a part of a step for its executor; tells a step apart from the same step before it was undone. */
export function deedOf(step: Step, part: number, progress: StepProgress | undefined): string {
  const times = progress?.timesUndone ?? 0;
  return times === 0 ? `${step.id}#${part}` : `${step.id}#${part}~${times}`;
}

/** Throws `not-built` when the plan holds an action that no executor of the domain carries out. */
export function checkExecutors(plan: Plan, kinds: ReadonlySet<string>): void {
  const missing = [...new Set(actionsOf(plan).map((action) => action.kind))].filter(
    (kind) => kind !== 'none' && !kinds.has(kind),
  );
  if (missing.length === 0) return;
  throw fail('not-built', {
    what: `The plan ${plan.id} cannot be carried out by this godwit.`,
    why: `It holds actions of a kind that nothing here can do: ${missing.join(', ')}.`,
    next: 'Use the version of godwit that made the plan, or make a new plan with this one.',
  });
}

function actionsOf(plan: Plan): readonly Action[] {
  return plan.phases.flatMap((phase) => [
    ...(phase.gate?.evidence ?? []).flatMap(({ action }) => partsOf(action)),
    ...phase.steps.flatMap((step) => [
      ...partsOf(step.action),
      ...(step.rollback.kind === 'irreversible' ? [] : partsOf(step.rollback)),
      ...partsOf(step.verify),
      ...(step.beforeRollback === undefined ? [] : partsOf(step.beforeRollback)),
    ]),
  ]);
}
