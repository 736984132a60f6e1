import { join } from 'node:path';
import { hazardsOf, type Plan } from '#core/plan';
import { type Approval, approvalPhrase, signApproval, typedApproval } from '#run/approval';
import { recordApproval } from '#run/control';
import { makeFolder } from '#run/make-folder';
import { writeWhole } from '#run/write-whole';
import { planAnywhere } from './choose-plan.ts';
import { withDomain } from './domains.ts';
import type { FoundPlan } from './plan-folder.ts';
import { approvalFileName } from './prerequisites.ts';
import { chooseTarget, type DatabaseTarget } from './target.ts';
import type { Surroundings } from './verb.ts';

/** What a person is asked to approve: the plan, the target, and what has to be typed. */
export type ToApprove = FoundPlan & {
  readonly target: DatabaseTarget;
  readonly phrase: string;
  /** Lines that the person has to see before the answer. */
  readonly summary: readonly string[];
};

/** The hazards of a plan for the person who decides, each once. */
export function hazardLines(plan: Plan): readonly string[] {
  return [...new Set(hazardsOf(plan).map(({ severity, message }) => `${severity}: ${message}`))];
}

/** Finds the plan and the target, and says what approving them would mean. Changes nothing. */
export async function toApprove(argument: string | undefined, surroundings: Surroundings): Promise<ToApprove> {
  const found = await planAnywhere(argument, surroundings);
  const target = chooseTarget(surroundings.choice, surroundings.config, surroundings.env);
  const { plan } = found;
  return {
    ...found,
    target,
    phrase: approvalPhrase(plan, target),
    summary: [
      plan.title,
      `plan ${plan.id}, hash ${plan.planHash}`,
      `target ${target.name} (${target.class})`,
      ...hazardLines(plan),
      found.notes.length === 0
        ? `Read ${join(found.dir, 'PLAN.md')} before you answer.`
        : `${found.notes.join(' ')} Read \`godwit report ${plan.id} --of plan\` before you answer.`,
    ],
  };
}

/** Keeps what a person typed at a terminal, in the target's own journal. Throws `approval-refused`. */
export async function approveTyped(
  { plan, target }: ToApprove,
  answer: { readonly text: string; readonly isTerminal: boolean; readonly hours: number },
  surroundings: Surroundings,
): Promise<Approval> {
  const { text, isTerminal, hours } = answer;
  const expiresAt = expiry(hours, surroundings);
  const approval = typedApproval(plan, target, { text, by: surroundings.who, isTerminal, expiresAt });
  await withDomain(surroundings, ({ domain }) => recordApproval({ plan, domain, surroundings, approval }));
  return approval;
}

/** Writes an approval signed with `ssh-keygen -Y sign` beside the plan, as approval.json. Throws `approval-refused`. */
export async function approveSigned(
  { plan, target, dir }: ToApprove,
  signer: { readonly keyFile: string; readonly by: string; readonly hours: number },
  surroundings: Surroundings,
): Promise<Approval & { readonly file: string }> {
  const { keyFile, by, hours } = signer;
  const statement = { planHash: plan.planHash, target: target.name, expiresAt: expiry(hours, surroundings), by };
  const approval = await signApproval(statement, { keyFile, surroundings });
  const file = join(dir, approvalFileName);
  await makeFolder(dir);
  await writeWhole(file, `${JSON.stringify(approval, undefined, 2)}\n`);
  return { ...approval, file };
}

function expiry(hours: number, { now }: Surroundings): string {
  return new Date(Date.parse(now()) + hours * 3_600_000).toISOString();
}
