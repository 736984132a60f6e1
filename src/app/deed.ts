import { fail } from '#core/error';
import { type Gate, type Plan, stepsOf } from '#core/plan';
import { statusOf } from '#run/control';
import type { Target } from '#run/target';
import { hazardLines } from './approve.ts';
import { asReader } from './as-reader.ts';
import { planAnywhere } from './choose-plan.ts';
import { withDomainOf } from './domain-of.ts';
import type { Surroundings } from './verb.ts';

/** What is about to be done to a target, for the person who is asked. */
export type Deed = {
  readonly verb: string;
  readonly plan: Plan;
  readonly target: Target;
  /** The gate at which the run waits, where going on means that it was done what this gate asks for. */
  readonly gate: Gate | undefined;
  /** Lines to be shown before the answer. */
  readonly question: readonly string[];
};

/** Finds what a verb would do to which target. Changes nothing. Throws `plan-edited` where the plan has another hash. */
export async function deedOf(
  verb: string,
  named: { readonly plan: string | undefined; readonly planHash: string | undefined },
  given: Surroundings,
): Promise<Deed> {
  const surroundings = asReader(given);
  const { plan } = await planAnywhere(named.plan, surroundings);
  if (named.planHash !== undefined && named.planHash !== plan.planHash) throw otherHash(plan, named.planHash);
  return withDomainOf(named.plan, surroundings, async ({ domain, target }) => {
    const status = await statusOf({ plan, domain });
    const isForward = verb === 'apply' || verb === 'resume';
    const waiting = status?.state.state === 'waiting' ? status.state.gateWaiting : undefined;
    const gate = plan.phases.find((phase) => isForward && phase.gate?.id === waiting)?.gate;
    const { name, class: kind } = target;
    return { verb, plan, target: { name, class: kind }, gate, question: questionOf(verb, { plan, gate, name, kind }) };
  });
}

const does: Readonly<Record<string, string>> = {
  apply: 'carries the plan out, step by step, up to its next gate',
  resume: 'goes on with the run',
  rollback: 'takes the run back',
  rehearse: 'runs the checks and the install of the project, in a worktree of its own',
  verify: 'runs the checks of the project again, in the tree itself',
  purge: 'forgets what is kept for the way back; from then on nothing can be taken back',
};

function questionOf(
  verb: string,
  about: { readonly plan: Plan; readonly gate: Gate | undefined; readonly name: string; readonly kind: string },
): readonly string[] {
  const { plan, gate, name, kind } = about;
  return [
    `godwit ${verb} ${does[verb] ?? 'goes on'}:`,
    plan.title,
    `plan ${plan.id}, hash ${plan.planHash}, ${stepsOf(plan).length} steps`,
    `target ${name} (${kind})`,
    ...hazardLines(plan),
    ...(gate === undefined ? [] : [`gate ${gate.id}: ${gate.needs} Yes means that this is done.`]),
  ];
}

function otherHash(plan: Plan, hash: string): Error {
  return fail('plan-edited', {
    what: `The plan ${plan.id} has another hash than the one that was named.`,
    why: `It is ${plan.planHash}, and ${hash} was given: what was read is not what would be done.`,
    next: 'Read the plan again with `report`, and name the hash that stands there.',
  });
}
