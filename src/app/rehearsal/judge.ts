import * as z from 'zod';
import type { Finding } from '#core/finding';
import { type Action, hazardsOf, type Plan, type Step, stepsOf } from '#core/plan';
import { lockClaimSchema } from '#db/action';
import type { Observed } from '#db/watch/watch';
import { partsOf } from '#run/parts';

/** What the server did for one action of a step, on its way forward or back. */
export type Measured = {
  readonly stepId: string;
  readonly direction: 'forward' | 'back' | 'check';
  readonly leg: number;
  readonly observed: Observed;
};

/** Modes that keep the application from reading or writing, weakest first; weaker ones keep nobody waiting but DDL. */
const strongModes = ['SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE'];
const claimed = z.object({ locks: z.array(lockClaimSchema) });
/** A scan that kept the application waiting for less is no matter. */
const scanFreeMs = 50;

/** Where the server did otherwise than the plan says: locks that no action claims, rewrites that no hazard names. */
export function judge(plan: Plan, measured: readonly Measured[]): readonly Finding[] {
  const findings = measured.flatMap((one) => {
    const step = stepsOf(plan).find(({ step }) => step.id === one.stepId)?.step;
    return step === undefined
      ? []
      : [...lockFindings(step, one), ...rewriteFindings(plan, step, one), ...scanFindings(step, one)];
  });
  return [...new Map(findings.map((finding) => [`${finding.rule} ${finding.message}`, finding])).values()];
}

function lockFindings(step: Step, { direction, observed }: Measured): readonly Finding[] {
  const claims = direction === 'check' ? [] : claimsOf(direction === 'forward' ? step.action : step.rollback);
  return observed.locks.flatMap(({ relation, mode }) => {
    const seen = modeWords(mode);
    const strength = strongModes.indexOf(seen);
    const isClaimed = claims.some(
      (claim) => claim.relation === relation && strongModes.indexOf(claim.mode) >= strength,
    );
    if (strength < 0 || isClaimed) return [];
    return [
      {
        rule: 'rehearsal/lock',
        severity: 'error' as const,
        message: `Step ${step.id} takes the lock ${seen} on ${relation}${direction === 'back' ? ' on its way back' : ''}, which the plan does not say.`,
        cure: 'Do not apply this plan: it waits for, and holds up, more than it tells.',
        object: relation,
      },
    ];
  });
}

function rewriteFindings(plan: Plan, step: Step, { direction, observed }: Measured): readonly Finding[] {
  const said = hazardsOf(plan)
    .filter(({ rule }) => rule === 'hazard/rewrite')
    .map(({ object }) => object);
  return observed.rewrites
    .filter((relation) => !said.includes(relation))
    .map((relation) => ({
      rule: 'rehearsal/rewrite',
      severity: 'error' as const,
      message: `Step ${step.id} writes the whole table ${relation} anew${direction === 'back' ? ' on its way back' : ''}, which the plan does not say.`,
      cure: 'Do not apply this plan: nobody can read or write the table meanwhile.',
      object: relation,
    }));
}

/** A table read as a whole under a lock that keeps writers out takes longer the more rows there are. */
function scanFindings(step: Step, { observed }: Measured): readonly Finding[] {
  return observed.scans.flatMap((relation) => {
    const held = observed.locks.filter(
      (lock) => lock.relation === relation && strongModes.includes(modeWords(lock.mode)),
    );
    const heldMs = Math.max(0, ...held.map((lock) => lock.heldMs));
    if (held.length === 0 || heldMs < scanFreeMs) return [];
    return [
      {
        rule: 'rehearsal/scan-under-lock',
        severity: 'warning' as const,
        message: `Step ${step.id} reads the whole table ${relation} while it holds a lock that keeps writers out.`,
        cure: 'See how long that takes with as many rows as production has: `godwit rehearse --rows N`.',
        object: relation,
      },
    ];
  });
}

function claimsOf(action: Action | Step['rollback']): readonly z.infer<typeof lockClaimSchema>[] {
  if (action.kind === 'irreversible') return [];
  return partsOf(action).flatMap((part) => claimed.safeParse(part).data?.locks ?? []);
}

/** `ShareRowExclusiveLock` as the manual writes it: `SHARE ROW EXCLUSIVE`. */
function modeWords(mode: string): string {
  return mode
    .replace(/Lock$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase();
}
