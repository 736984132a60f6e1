import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import type { JournalEntry } from '#core/journal';
import type { Plan } from '#core/plan';
import { type Approval, approvalSchema, checkApproval, verifySignature } from './approval.ts';
import type { Prerequisites } from './options.ts';
import type { Surroundings } from './surroundings.ts';
import { describeTarget, policyOf, type Target } from './target.ts';

/** A rehearsal older than this says nothing of today's data. */
const rehearsalMaxMs = 7 * 24 * 3_600_000;

export type ConsentCheck = {
  readonly plan: Plan;
  readonly target: Target;
  readonly prerequisites: Prerequisites;
  /** The journals of all runs of this plan on the target: typed approvals are kept there. */
  readonly journals: readonly (readonly JournalEntry[])[];
  /** A run that is under way keeps the rehearsal and backup that it began with. */
  readonly isUnderWay: boolean;
  readonly surroundings: Pick<Surroundings, 'now' | 'runCommand' | 'signal' | 'temporaryDirectory'>;
};

/**
 * Asks the policy of the target's class whether the plan may be carried out. Returns what is only advised and not
 * there. Throws `rehearsal-required`, `backup-required`, `approval-required` or `approval-refused`.
 */
export async function checkConsent(check: ConsentCheck): Promise<readonly Finding[]> {
  const policy = policyOf(check.target.class);
  const findings: Finding[] = [];
  const rehearsal = check.isUnderWay ? undefined : rehearsalProblem(check);
  if (rehearsal !== undefined && policy.rehearsal === 'required') throw fail('rehearsal-required', rehearsal);
  if (rehearsal !== undefined && policy.rehearsal === 'advised')
    findings.push(advice('policy/no-rehearsal', rehearsal));
  const backup = check.isUnderWay ? undefined : backupProblem(check);
  if (backup !== undefined && policy.backup === 'required') throw fail('backup-required', backup);
  if (backup !== undefined && policy.backup === 'advised') findings.push(advice('policy/no-backup', backup));
  if (policy.approval === 'required') await checkApproved(check);
  return findings;
}

type Problem = { readonly what: string; readonly why: string; readonly next: string };

function rehearsalProblem({ plan, target, prerequisites, surroundings }: ConsentCheck): Problem | undefined {
  const { rehearsal } = prerequisites;
  const what = `${describeTarget(target)} wants a fresh rehearsal of this plan.`;
  const next = `Run \`godwit rehearse migrations/${plan.id}\`.`;
  if (rehearsal === undefined) return { what, why: 'There is none beside the plan.', next };
  if (rehearsal.planHash !== plan.planHash) return { what, why: 'The one beside the plan is of another plan.', next };
  if (!rehearsal.ok) return { what, why: 'The last one did not succeed.', next };
  const ageMs = Date.parse(surroundings.now()) - Date.parse(rehearsal.at);
  const isFresh = ageMs <= rehearsalMaxMs && ageMs >= -60_000;
  return isFresh ? undefined : { what, why: `The last one is of ${rehearsal.at}, and 7 days is the limit.`, next };
}

function backupProblem({ target, prerequisites, surroundings }: ConsentCheck): Problem | undefined {
  const { backup } = prerequisites;
  const what = `${describeTarget(target)} wants a backup in evidence.`;
  const next = 'Take a backup, and say so under `backup` in godwit.config.';
  if (backup === undefined) return { what, why: 'None is named.', next };
  const takenMs = Date.parse(backup.at);
  if (Number.isNaN(takenMs)) return { what, why: `${backup.at} is not a time.`, next };
  return takenMs <= Date.parse(surroundings.now()) + 60_000
    ? undefined
    : { what, why: `The one named (${backup.what}) lies in the future: ${backup.at}.`, next };
}

/** Throws `approval-required` when there is no approval, `approval-refused` when none of those there fits. */
export async function checkApproved(check: Omit<ConsentCheck, 'isUnderWay'>): Promise<void> {
  const { plan, target, prerequisites, surroundings } = check;
  const typed = check.journals.flatMap((entries) => entries.flatMap(({ event }) => typedApprovalIn(event)));
  const now = surroundings.now();
  let refusal: unknown;
  for (const approval of [...typed, ...(prerequisites.approval === undefined ? [] : [prerequisites.approval])]) {
    try {
      checkApproval(approval, { plan, target, now });
      if (!typed.includes(approval)) await checkSigned(approval, check);
      return;
    } catch (error) {
      refusal = error;
    }
  }
  if (refusal !== undefined) throw refusal;
  throw fail('approval-required', {
    what: `${describeTarget(target)} wants an approval of this plan.`,
    why: 'There is none bound to its hash and this target.',
    next: `Have a person read the plan and run \`godwit approve migrations/${plan.id}\` in a terminal, or sign it with --sign KEY.`,
  });
}

async function checkSigned(
  approval: Approval,
  { prerequisites, surroundings }: Omit<ConsentCheck, 'isUnderWay'>,
): Promise<void> {
  if (approval.method !== 'ssh' || approval.signature === undefined) {
    throw fail('approval-refused', {
      what: 'The approval beside the plan does not count.',
      why: 'It carries no signature, and a file can be written by anybody.',
      next: 'Approve at a terminal with `godwit approve` (that is kept in the target), or sign it with --sign KEY.',
    });
  }
  if (prerequisites.allowedSigners === undefined) {
    throw fail('approval-refused', {
      what: 'The signature of the approval cannot be checked.',
      why: 'The configuration names no allowed_signers file.',
      next: 'Name it under `allowedSigners` in godwit.config (its form: ssh-keygen(1), ALLOWED SIGNERS).',
    });
  }
  await verifySignature(approval, { allowedSigners: prerequisites.allowedSigners, surroundings });
}

function typedApprovalIn(event: JournalEntry['event']): readonly Approval[] {
  if (event.kind !== 'approved') return [];
  const parsed = approvalSchema.safeParse(parseJson(event.approval));
  return parsed.success && parsed.data.method === 'typed' ? [parsed.data] : [];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function advice(rule: string, { what, why, next }: Problem): Finding {
  return { rule, severity: 'warning', message: `${what} ${why}`, cure: next };
}
