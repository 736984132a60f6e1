import { wholeTree } from '#code/tree/whole-tree';
import type { Domain } from '#core/domain';
import { type Failure, fail, isFailure } from '#core/error';
import type { Plan } from '#core/plan';
import { isOver, isUntouched, latestRuns, objectsOf, waysOn } from '#run/choose-run';
import { keptPlan } from '#run/kept-plan';

/** A run that has begun and is not over: whoever plans on the same objects would plan on its helpers. */
export type OpenRun = {
  readonly runId: string;
  readonly planId: string;
  readonly state: string;
  /** How it is brought to an end, as a sentence without its full stop. */
  readonly waysOn: string;
  /** What its plan touches; undefined where its journal does not say. */
  readonly objects: readonly string[] | undefined;
  /** Names of the tables that it touches, before and after. */
  readonly names: readonly string[];
};

/** The runs that are open on a target. Where the role may not look into the journal, there are none to see. */
export async function openRuns(domain: Domain): Promise<readonly OpenRun[]> {
  const open: OpenRun[] = [];
  for (const { record, state, run } of await runsOf(domain)) {
    if (run === undefined || isOver(state) || isUntouched(run.state)) continue;
    const objects = objectsOf(run.entries);
    const plan = await keptPlan({ domain }, record);
    const names = [...(objects ?? []), ...(plan === undefined ? [] : subjectsOf(plan))].map(nameOf);
    open.push({
      runId: run.runId,
      planId: record.planId,
      state,
      waysOn: waysOn(record.planId, run.state),
      objects,
      names: [...new Set(names)],
    });
  }
  return open;
}

/** The open run whose objects are touched. One that does not say what it touches may touch anything. */
export function runOn(objects: readonly string[], open: readonly OpenRun[]): OpenRun | undefined {
  return open.find((run) => run.objects === undefined || run.objects.some((object) => objects.includes(object)));
}

/** The open run of which a text names a table. */
export function runNamedIn(text: string, open: readonly OpenRun[]): OpenRun | undefined {
  const words = new Set(text.toLowerCase().match(/[\p{L}\p{N}_$]+/gu) ?? []);
  return open.find(({ names }) => names.some((name) => words.has(name.toLowerCase())));
}

/** No plan is made on a state that another plan has half changed. */
export function mustWait({ runId, planId, state, names, waysOn }: OpenRun, cause?: unknown): Failure {
  const where = names.includes(wholeTree) ? 'this working tree' : names.join(', ') || 'this database';
  return fail(
    'wrong-state',
    {
      what: `No plan was made: ${where} is in the middle of another one.`,
      why: `Run ${runId} of the plan ${planId} is ${state}, and what it has added so far is not meant to stay.`,
      next: `${waysOn}; then plan again.`,
    },
    cause,
  );
}

async function runsOf(domain: Domain) {
  try {
    return await latestRuns({ domain });
  } catch (error) {
    // Whoever may not look into the journal cannot apply a plan either, and is told so there.
    if (isFailure(error, 'rights-missing')) return [];
    throw error;
  }
}

function subjectsOf({ current, target }: Plan): readonly string[] {
  return [...current, ...target].map(({ subject }) => subject.split('.').slice(0, 2).join('.'));
}

function nameOf(object: string): string {
  return object.split('.').at(-1) ?? object;
}
