import type { Domain } from '#core/domain';
import type { Executor } from '#core/executor';
import { type Plan, stepsOf } from '#core/plan';
import type { Watch } from '#db/watch/watch';
import { applyPlan } from '#run/apply';
import type { RunOptions, RunResult } from '#run/options';
import { rollBack } from '#run/roll-back';
import type { Surroundings } from '../verb.ts';
import type { Measured } from './judge.ts';

/** A throw-away target with a runner on it. */
export type Stage = {
  readonly plan: Plan;
  readonly domain: Domain;
  readonly surroundings: Surroundings;
};

/** What is heard of a rehearsal beside its steps. */
const shown: ReadonlySet<string> = new Set(['held', 'evidence', 'exception']);

/** Forward to the end, or to the end of a phase, through every gate: on a copy nobody has to be asked. */
export async function forward(stage: Stage, toPhase: string | undefined): Promise<RunResult> {
  const options = { ...runOptions(stage), toPhase };
  let result = await applyPlan(options);
  for (const _ of stage.plan.phases) {
    if (result.state.state !== 'waiting') break;
    result = await applyPlan(options);
  }
  return result;
}

/** All the way back. */
export async function back(stage: Stage): Promise<RunResult> {
  return rollBack(runOptions(stage));
}

/** The first step that cannot be taken back, with the phase before its own; the phase is undefined where it is the first. */
export function firstIrreversible(plan: Plan) {
  const found = stepsOf(plan).find(({ step }) => step.rollback.kind === 'irreversible');
  if (found === undefined) return undefined;
  const place = plan.phases.findIndex(({ id }) => id === found.phase.id);
  return { step: found.step, phaseBefore: plan.phases[place - 1]?.id };
}

function runOptions({ plan, domain, surroundings }: Stage): RunOptions {
  return {
    plan,
    domain,
    target: { name: 'rehearsal', class: 'development' },
    consent: { confirm: () => Promise.resolve({ by: 'the rehearsal', means: 'flag' }) },
    surroundings: {
      ...surroundings,
      on: onceEach((event) => {
        if (event.kind.startsWith('step-') || shown.has(event.kind)) surroundings.on(event);
      }),
    },
  };
}

/** A gate that does not hold is measured again by the call that finds out that the run cannot go on: that is told once. */
function onceEach(on: RunOptions['surroundings']['on']): RunOptions['surroundings']['on'] {
  const told = new Set<string>();
  return (event) => {
    const text = event.kind === 'evidence' ? JSON.stringify([event.gate, event.id, event.detail]) : '';
    if (!told.has(text)) on(event);
    if (text !== '') told.add(text);
  };
}

/** The domain with executors that measure what the server does for each deed. */
export function measuredDomain(
  domain: Domain,
  watch: Watch,
  options: { leg(): number; hear(measured: Measured): void },
): Domain {
  const measured = (executor: Executor): Executor => ({
    kind: executor.kind,
    execute: (action, context) =>
      watch.observe(
        () => executor.execute(action, context),
        (observed) =>
          options.hear({
            stepId: context.deed.replace(/#.*$/, ''),
            direction: context.direction,
            leg: options.leg(),
            observed,
          }),
      ),
  });
  return { ...domain, executors: domain.executors.map(measured) };
}
