import { type Failure, fail } from '#core/error';
import type { Finding } from '#core/finding';
import type { Gate, Plan } from '#core/plan';
import { checkApproved } from './check-consent.ts';
import { type KnownRun, runsOfPlan } from './choose-run.ts';
import { crossedGates } from './gate.ts';
import type { RunOptions } from './options.ts';
import { policyOf } from './target.ts';

type Return = Pick<RunOptions, 'plan' | 'target' | 'consent' | 'deploy'>;

/**
 * Before a run goes back over a gate: where no command reverts the application by itself, a person's word that it is at its
 * old version. A target that merely advises that word is not held up when nobody is there to give it: the danger is said
 * before anything is touched, and stands in the findings that this returns. Throws `gate`, `approval-required`.
 */
export async function checkReturn(options: RunOptions, run: KnownRun, toIndex: number): Promise<readonly Finding[]> {
  const { plan, target, consent, surroundings } = options;
  const warned = withoutWord(options, run, toIndex);
  if (warned.length > 0 && mayGoWithoutWord(options)) {
    for (const { message } of warned) surroundings.on({ kind: 'notice', message: `! ${message}` });
    return gatesBack(plan, run, toIndex).map(wentWithoutWord);
  }
  if (options.deploy?.revert !== undefined) return [];
  for (const gate of gatesBack(plan, run, toIndex)) {
    const question = { gate, direction: 'back' as const, target: target.name, evidence: [] };
    const confirmation = await consent.confirm(question, surroundings.signal);
    if (confirmation === undefined) throw returnNotConfirmed(plan, gate);
    if (confirmation.means === 'typed' || policyOf(target.class).returnWord !== 'required') continue;
    const journals = (await runsOfPlan(options)).map(({ entries }) => entries);
    await checkApproved({ plan, target, prerequisites: options.prerequisites ?? {}, journals, surroundings });
  }
  return [];
}

/** What a rollback would warn of now: the gates on its way for which no word was given and no command stands. */
export function withoutWord(options: Return, run: KnownRun, toIndex: number): readonly Finding[] {
  const { plan, consent, deploy } = options;
  if (deploy?.revert !== undefined) return [];
  return gatesBack(plan, run, toIndex)
    .filter(({ id }) => consent.given?.includes(id) !== true)
    .map((gate) => ({
      rule: 'policy/application-not-back',
      severity: 'warning',
      message: `This rollback goes back over gate ${gate.id}, and nobody has said that the application is at its old version. Where the new one is at work, it fails once what it uses is taken away. ${gate.needsBack}`,
      cure: carefulWay(plan, gate),
    }));
}

/** The gates on the way back behind which a new version of the application may be at work, last first. */
export function gatesBack(plan: Plan, { entries, state }: KnownRun, toIndex: number): readonly Gate[] {
  const crossed = crossedGates(entries);
  return plan.phases
    .slice(toIndex + 1)
    .flatMap(({ gate }) =>
      gate !== undefined && gate.needsBack !== '' && (crossed.has(gate.id) || state.gateWaiting === gate.id)
        ? [gate]
        : [],
    )
    .reverse();
}

function mayGoWithoutWord({ target, consent }: Return): boolean {
  return policyOf(target.class).returnWord !== 'required' && consent.isNobodyThere === true;
}

function wentWithoutWord({ id, needsBack }: Gate): Finding {
  return {
    rule: 'policy/application-not-back',
    severity: 'warning',
    message: `The run went back over gate ${id}, and nobody had said that the application is at its old version.`,
    cure: `Where the new one is still at work, its queries fail now. ${needsBack}`,
  };
}

function carefulWay({ id }: Plan, gate: Gate): string {
  return `To be careful, run \`godwit rollback migrations/${id} --to ${gate.id}\`, bring the application back, then run \`godwit rollback migrations/${id} --confirm ${gate.id}\`.`;
}

function returnNotConfirmed(plan: Plan, gate: Gate): Failure {
  return fail('gate', {
    what: `The plan ${plan.id} goes back over gate ${gate.id}; nothing was touched. ${gate.needsBack}`,
    why: 'The configuration names no deploy.revert command, and nobody has said that the application is back at its old version.',
    next: `Run \`godwit rollback migrations/${plan.id} --to ${gate.id}\`, bring the application back, then run \`godwit rollback migrations/${plan.id} --confirm ${gate.id}\`.`,
  });
}
