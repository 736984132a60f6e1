import { isFailure } from '#core/error';
import { type Plan, stepsOf } from '#core/plan';
import type { RunState } from '#core/run-state';
import { applyPlan } from '#run/apply';
import type { Consent } from '#run/consent';
import type { RunOptions, RunResult } from '#run/options';
import { rollBack } from '#run/roll-back';
import { type FakeProcess, type FakeWorld, fingerprintOf } from '../support/fake-world.ts';

/** What the user wants: all the way forward, or back to the start or to the end of a phase. */
export type Goal = { readonly kind: 'forward' } | { readonly kind: 'back'; readonly toPhase?: string };

const attemptsMax = 60;
const sayingYes: Consent = { confirm: async () => ({ by: 'tester', means: 'typed' }) };

/**
 * Runs until the goals are reached one after another, with a new process after every death.
 * `afterCrash` may change what is still wanted. Returns where the last run stands.
 */
export async function drive(
  world: FakeWorld,
  plan: Plan,
  goals: readonly Goal[],
  afterCrash: (left: readonly Goal[]) => readonly Goal[] = (left) => left,
): Promise<RunState> {
  let left = goals;
  let state: RunState | undefined;
  let passesAtDeploy = 0;
  const deploy = (): void => {
    world.application = 'new';
    passesAtDeploy = passesOf(world);
  };
  for (let attempt = 0; left.length > 0; attempt += 1) {
    if (attempt >= attemptsMax) throw new Error(`not there after ${attemptsMax} attempts`);
    const [goal] = left;
    if (goal === undefined) break;
    // Deployed, but the gate not passed since: only the user knows, and brings the old application back by hand.
    if (goal.kind === 'back' && passesOf(world) === passesAtDeploy) world.application = 'old';
    const process = world.start();
    const result = await once(process, plan, goal);
    if (result === 'at-gate') {
      deploy();
      continue;
    }
    if (result === undefined) {
      left = afterCrash(left);
      continue;
    }
    state = result.state;
    if (isReached(goal, result)) left = left.slice(1);
    else if (state.gateWaiting !== undefined) deploy();
  }
  if (state === undefined) throw new Error('nothing was wanted');
  return state;
}

/** One life of the runner. Undefined when it died, `at-gate` when it says that the gate's evidence is missing. */
async function once(process: FakeProcess, plan: Plan, goal: Goal): Promise<RunResult | 'at-gate' | undefined> {
  try {
    const result =
      goal.kind === 'forward'
        ? await applyPlan(optionsOf(process, plan))
        : await rollBack({ ...optionsOf(process, plan), toPhase: goal.toPhase });
    return process.isAlive ? result : undefined;
  } catch (error) {
    if (!process.isAlive) return undefined;
    if (isFailure(error, 'gate')) return 'at-gate';
    throw error;
  }
}

/** What a runner in a fake process is given. */
export function optionsOf(process: FakeProcess, plan: Plan): RunOptions {
  return {
    plan,
    domain: process.domain,
    surroundings: process.surroundings,
    target: { name: 'here', class: 'development' },
    consent: sayingYes,
    deploy: { check: 'check', test: 'test', revert: 'revert' },
  };
}

/** All that must be the same however often the process died: values, what is kept, the application, the steps. */
export function endOf(world: FakeWorld, state: RunState, plan: Plan): unknown {
  return {
    state: state.state,
    values: fingerprintOf(world),
    kept: [...world.kept].sort(([a], [b]) => (a < b ? -1 : 1)),
    application: world.application,
    gates: state.gatesPassed,
    steps: stepsOf(plan).map(({ step }) => {
      const progress = state.steps[step.id];
      const isThere = progress !== undefined && progress.state !== 'undone';
      return `${step.id} ${isThere ? progress.state : 'not there'} ${isThere ? progress.doneParts.join() : ''}`;
    }),
    breaches: world.breaches,
  };
}

function passesOf(world: FakeWorld): number {
  return [...world.journals.values()].flat().filter(({ event }) => event.kind === 'gate-passed').length;
}

function isReached(goal: Goal, { state }: RunResult): boolean {
  if (goal.kind === 'forward') return state.state === 'done';
  return goal.toPhase === undefined ? state.state === 'rolled-back' : state.direction === 'forward';
}
