import { fail } from '#core/error';
import { type Gate, type Plan, stepsOf } from '#core/plan';
import { withoutWord } from '#run/check-return';
import { newestRun, phaseIndexOf } from '#run/choose-run';
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
  /** The phase at which it stops; undefined where it goes on to its end. */
  readonly toPhase: string | undefined;
  /** Lines to be shown before the answer. */
  readonly question: readonly string[];
};

/** What was named in a call. */
type Named = {
  readonly plan: string | undefined;
  readonly planHash: string | undefined;
  readonly toPhase: string | undefined;
};

/**
 * Finds what a verb would do to which target. Changes nothing. Throws `plan-edited` where the plan has another hash, and
 * `bad-input` for a phase that it does not have.
 */
export async function deedOf(verb: string, named: Named, given: Surroundings): Promise<Deed> {
  const { toPhase } = named;
  const surroundings = asReader(given);
  const { plan } = await planAnywhere(named.plan, surroundings);
  if (named.planHash !== undefined && named.planHash !== plan.planHash) throw otherHash(plan, named.planHash);
  const toIndex = toPhase === undefined ? -1 : phaseIndexOf(plan, toPhase);
  return withDomainOf(named.plan, surroundings, async ({ domain, target, database }) => {
    const run = verb === 'rollback' ? await newestRun({ plan, domain }) : undefined;
    const deploy = database === undefined ? {} : surroundings.config.deploy;
    const warned = run && withoutWord({ plan, target, consent: surroundings.consent, deploy }, run, toIndex);
    const status = await statusOf({ plan, domain });
    const isForward = verb === 'apply' || verb === 'resume';
    const waiting = status?.state.state === 'waiting' ? status.state.gateWaiting : undefined;
    const gate = plan.phases.find((phase) => isForward && phase.gate?.id === waiting)?.gate;
    const { name, class: kind } = target;
    const warnings = (warned ?? []).map(({ message }) => message);
    const question = questionOf(verb, { plan, gate, name, kind, toPhase, warnings });
    return { verb, plan, target: { name, class: kind }, gate, toPhase, question };
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
  about: Pick<Deed, 'plan' | 'gate' | 'toPhase'> & {
    readonly name: string;
    readonly kind: string;
    readonly warnings: readonly string[];
  },
): readonly string[] {
  const { plan, gate, name, kind, toPhase, warnings } = about;
  const way = verb === 'rollback' ? 'back to phase' : 'up to the end of phase';
  return [
    `godwit ${verb} ${does[verb] ?? 'goes on'}:`,
    plan.title,
    `plan ${plan.id}, hash ${plan.planHash}, ${stepsOf(plan).length} steps`,
    `target ${name} (${kind})`,
    ...(toPhase === undefined ? [] : [`${way} ${toPhase}, and no further`]),
    ...hazardLines(plan),
    ...warnings.map((message) => `! ${message}`),
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
