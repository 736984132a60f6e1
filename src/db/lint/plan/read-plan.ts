import type * as z from 'zod';
import { type Plan, planHash, planSchema } from '#core/plan';
import type { MigrationFile } from '../../history.ts';
import { wholeFile } from '../folder/migration-parts.ts';
import { positionOf } from '../text/position-of.ts';
import { knownColumns } from './known-columns.ts';
import { type PlannedAction, plannedActions } from './plan-actions.ts';
import { type JsonPath, type PlanPlaces, planPlaces } from './plan-places.ts';
import { type PlanScript, planScript } from './plan-script.ts';

/** A plan as a history: what it says of the columns that are there, then what it does before and after its gate. */
export type PlanHistory = {
  readonly plan: Plan;
  readonly places: PlanPlaces;
  readonly actions: readonly PlannedAction[];
  /** In the order in which they run; their paths are that of the plan with a mark behind. */
  readonly files: readonly MigrationFile[];
  /** By the path of the file; the one that only says what is there has none. */
  readonly scripts: ReadonlyMap<string, PlanScript>;
  /** Statements in the files that are not the plan's own. */
  readonly unsaid: number;
  /** False where it was changed after it was made, so that no runner takes it. */
  readonly isAsMade: boolean;
};

/** Why a file is no plan, as a sentence, and where that shows. */
export type PlanFault = { readonly why: string; readonly at: number };

/** Reads a plan.json as the history of what its runner does. `path` is how the file is called in findings. */
export function readPlan(path: string, text: string): PlanHistory | PlanFault {
  const places = planPlaces(text);
  if ('what' in places) {
    const { line, column } = positionOf(text, places.at);
    return { why: `It is not JSON: ${places.what} at line ${line}, column ${column}.`, at: places.at };
  }
  const parsed = planSchema.safeParse(JSON.parse(text));
  if (!parsed.success) return faultOf(parsed.error, places);
  const plan = parsed.data;
  const actions = plannedActions(plan);
  const known = knownColumns(plan);
  const files = [wholeFile(`${path}#known`, known.join(''), { transaction: 'each-statement' })];
  const scripts = new Map<string, PlanScript>();
  let unsaid = known.length;
  for (const isAfterGate of [false, true]) {
    const own = actions.filter((action) => action.isAfterGate === isAfterGate);
    if (own.length === 0) continue;
    const script = planScript(own, places);
    const name = `${path}#${isAfterGate ? 'contract' : 'expand'}`;
    files.push(wholeFile(name, script.text, { transaction: 'each-statement' }));
    scripts.set(name, script);
    unsaid += script.own;
  }
  return { plan, places, actions, files, scripts, unsaid, isAsMade: planHash(plan) === plan.planHash };
}

/** What is said of the first thing that is amiss. */
function faultOf(error: z.ZodError, places: PlanPlaces): PlanFault {
  const [issue] = error.issues;
  const path: JsonPath = (issue?.path ?? []).flatMap((part) => (typeof part === 'symbol' ? [] : [part]));
  const name = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
  const whole = name === '' ? 'its outermost value' : name.replace(/^\./, '');
  return { why: `It has not the form of a plan: ${whole}: ${issue?.message ?? ''}.`, at: places.range(path).start };
}
