import { fail } from '#core/error';
import type { Plan } from '#core/plan';
import { isUntouched } from '#run/choose-run';
import { statusOf } from '#run/control';
import type { RunOptions } from '#run/options';
import { policyOf } from '#run/target';
import type { OpenDomain } from './domain-of.ts';
import type { FoundPlan } from './plan-folder.ts';
import { readPrerequisites } from './prerequisites.ts';
import type { GateEvidence } from './run-answer.ts';
import type { Surroundings } from './verb.ts';

/** All that the runner wants to know, and what it measures at gates on the way, collected. */
export async function runOptions(
  found: FoundPlan,
  opened: Pick<OpenDomain, 'domain' | 'target' | 'database'>,
  given: { readonly surroundings: Surroundings; readonly toPhase: string | undefined },
): Promise<RunOptions & { readonly evidence: readonly GateEvidence[] }> {
  const { domain, target } = opened;
  const { surroundings, toPhase } = given;
  checkGivenWords(found.plan, surroundings);
  const evidence: GateEvidence[] = [];
  const status = await statusOf({ plan: found.plan, domain });
  // A run that is under way keeps the backup that it began with.
  const isBeginning = status === undefined || isUntouched(status.state);
  const isBackupWanted = isBeginning && policyOf(target.class).backup !== 'free';
  return {
    plan: found.plan,
    domain,
    surroundings: {
      ...surroundings,
      on: (event) => {
        if (event.kind === 'evidence') evidence.push(event);
        surroundings.on(event);
      },
    },
    target,
    consent: surroundings.consent,
    prerequisites: await readPrerequisites(found.dir, { target, surroundings, isBackupWanted }),
    // The commands of the configuration are about the deployed application, which a working tree is not.
    deploy: opened.database === undefined ? {} : surroundings.config.deploy,
    toPhase,
    limits: { holdMaxMs: surroundings.config.limits.guardHoldMaxMs },
    evidence,
  };
}

/** A word for a gate that the plan does not have was meant for something else. */
export function checkGivenWords({ id, phases }: Plan, { consent }: Surroundings): void {
  const gates = phases.flatMap(({ gate }) => (gate === undefined ? [] : [gate.id]));
  const unknown = consent.given?.find((gate) => !gates.includes(gate));
  if (unknown === undefined) return;
  throw fail('bad-input', {
    what: `The plan ${id} has no gate ${unknown}.`,
    why: gates.length === 0 ? 'It needs no gate.' : `Its gate is ${gates.join(', ')}.`,
    next: gates.length === 0 ? 'Leave --confirm out.' : `Name it: --confirm ${gates[0]}.`,
  });
}
