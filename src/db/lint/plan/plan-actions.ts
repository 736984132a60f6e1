import type { Action, Plan } from '#core/plan';
import { type DbAction, dbActionSchema } from '../../action.ts';
import type { JsonPath } from './plan-places.ts';

/** An action of a step that changes the database, and where it stands in plan.json. */
export type PlannedAction = {
  readonly step: string;
  /** True from the first deploy gate on: the application has moved over when it is run. */
  readonly isAfterGate: boolean;
  /** False where the plan says that its step is irreversible. */
  readonly hasWayBack: boolean;
  readonly path: JsonPath;
  /** Undefined for a kind that this godwit does not know. */
  readonly action: DbAction | undefined;
  readonly kind: string;
};

/**
 * What a plan does to a database on its way forward, in the order in which the runner does it. Left out is what changes nothing:
 * verifications, evidence of gates, and ways back, which are no way forward.
 */
export function plannedActions(plan: Plan): readonly PlannedAction[] {
  const gate = plan.phases.findIndex((phase) => phase.gate !== undefined);
  return plan.phases.flatMap((phase, place) =>
    phase.steps.flatMap((step, index) =>
      partsOf(step.action, ['phases', place, 'steps', index, 'action']).map(({ action, path }) => {
        const known = dbActionSchema.safeParse(action);
        return {
          step: step.id,
          isAfterGate: gate !== -1 && place > gate,
          hasWayBack: step.rollback.kind !== 'irreversible',
          path,
          action: known.success ? known.data : undefined,
          kind: action.kind,
        };
      }),
    ),
  );
}

type Part = { readonly action: Action; readonly path: JsonPath };

/** The runner's own two kinds: nothing to do, and one after the other. What changes a working tree has no SQL. */
function partsOf(action: Action, path: JsonPath): readonly Part[] {
  if (action.kind === 'none' || action.kind.startsWith('code/')) return [];
  if (action.kind !== 'sequence') return [{ action, path }];
  const actions = Array.isArray(action.actions) ? action.actions : [];
  return actions.flatMap((one, index) => {
    const isAction = typeof one === 'object' && one !== null && !Array.isArray(one) && typeof one.kind === 'string';
    return isAction ? partsOf({ ...one, kind: one.kind }, [...path, 'actions', index]) : [];
  });
}
