import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { fail } from '#core/error';
import type { Plan } from '#core/plan';
import type { Surroundings } from './surroundings.ts';
import type { Target } from './target.ts';

export const approvalSchema = z.object({
  planHash: z.string(),
  target: z.string(),
  /** ISO 8601. */
  expiresAt: z.string(),
  /** Who approves. For a signed approval the principal of the `allowed_signers` file. */
  by: z.string(),
  method: z.enum(['typed', 'ssh']),
  /** An armoured SSH signature over `approvalText`, namespace `godwit`. */
  signature: z.string().optional(),
});
/** A person's word that this plan may be applied to this target, until it expires. */
export type Approval = Readonly<z.infer<typeof approvalSchema>>;

/** The namespace of `ssh-keygen -Y sign -n`: a signature made for anything else does not count. */
export const approvalNamespace = 'godwit';

/** The text that is signed: `ssh-keygen -Y sign -n godwit` over exactly this. */
export function approvalText(approval: Pick<Approval, 'planHash' | 'target' | 'expiresAt'>): string {
  return `godwit approval\nplan ${approval.planHash}\ntarget ${approval.target}\nexpires ${approval.expiresAt}\n`;
}

/** What a person has to type to approve: the first 8 characters of the plan's hash, and the target's name. */
export function approvalPhrase(plan: Pick<Plan, 'planHash'>, target: Target): string {
  return `${plan.planHash.slice(0, 8)} ${target.name}`;
}

/** What a terminal gives of a person who approves. */
export type TypedAnswer = {
  readonly text: string;
  readonly by: string;
  /** Standard input and output are both a terminal: a pipe cannot approve. */
  readonly isTerminal: boolean;
  readonly expiresAt: string;
};

/** Makes an approval from what was typed. Throws `approval-refused` when it does not fit or no terminal was there. */
export function typedApproval(plan: Pick<Plan, 'planHash'>, target: Target, answer: TypedAnswer): Approval {
  const phrase = approvalPhrase(plan, target);
  if (!answer.isTerminal) {
    throw refused(
      'Nothing was approved.',
      'A typed approval needs a person at a terminal, and input or output is not one.',
      'Run `godwit approve` in a terminal, or bring a signed approval.',
    );
  }
  if (answer.text.trim().split(/\s+/).join(' ') !== phrase) {
    throw refused(
      'Nothing was approved.',
      `What was typed is not \`${phrase}\`.`,
      'Read the plan, then run `godwit approve` again and type exactly that.',
    );
  }
  return { planHash: plan.planHash, target: target.name, expiresAt: answer.expiresAt, by: answer.by, method: 'typed' };
}

/** Throws `approval-refused` when the approval is for another plan or target, or has expired at `now` (ISO 8601). */
export function checkApproval(
  approval: Approval,
  expected: { readonly plan: Pick<Plan, 'planHash'>; readonly target: Target; readonly now: string },
): void {
  const again = 'Run `godwit approve` for this plan and target.';
  if (approval.planHash !== expected.plan.planHash) {
    throw refused(
      'The approval is for another plan.',
      `It names ${approval.planHash.slice(0, 8)}, this plan is ${expected.plan.planHash.slice(0, 8)}.`,
      again,
    );
  }
  if (approval.target !== expected.target.name) {
    throw refused(
      'The approval is for another target.',
      `It names ${approval.target}, this target is ${expected.target.name}.`,
      again,
    );
  }
  const expiresMs = Date.parse(approval.expiresAt);
  if (Number.isNaN(expiresMs) || expiresMs <= Date.parse(expected.now)) {
    throw refused(
      'The approval has expired.',
      `It was good until ${approval.expiresAt}, now is ${expected.now}.`,
      again,
    );
  }
}

/**
 * Signs an approval with `ssh-keygen -Y sign` (ssh-keygen(1)); `keyFile` is a private key, or a public one whose agent holds the other half.
 * Throws `approval-refused` when ssh-keygen does.
 */
export async function signApproval(
  approval: Omit<Approval, 'method' | 'signature'>,
  options: { readonly keyFile: string; readonly surroundings: Pick<Surroundings, 'runCommand' | 'signal'> },
): Promise<Approval> {
  const { surroundings, keyFile } = options;
  const args = ['-Y', 'sign', '-f', keyFile, '-n', approvalNamespace];
  const result = await surroundings.runCommand(
    { kind: 'program', file: 'ssh-keygen', args, input: approvalText(approval) },
    surroundings.signal,
  );
  if (result.exitCode !== 0 || !result.output.includes('BEGIN SSH SIGNATURE')) {
    throw refused(
      'The approval could not be signed.',
      `ssh-keygen ended with ${result.exitCode}: ${lastLine(result.errors)}`,
      'Name a key that ssh-keygen can use for signing.',
    );
  }
  return { ...approval, method: 'ssh', signature: result.output };
}

/** Where a signature is checked: the path of the `allowed_signers` file that the configuration names. */
export type SignatureCheck = {
  readonly allowedSigners: string;
  readonly surroundings: Pick<Surroundings, 'runCommand' | 'signal' | 'temporaryDirectory'>;
};

/**
 * Throws `approval-refused` unless the signature is one of `approval.by` by the `allowed_signers` file.
 * ssh-keygen wants the signature in a file, which is removed again.
 */
export async function verifySignature(approval: Approval, check: SignatureCheck): Promise<void> {
  const folder = await mkdtemp(join(check.surroundings.temporaryDirectory, 'godwit-approval-'));
  try {
    const file = join(folder, 'approval.sig');
    await writeFile(file, approval.signature ?? '', { mode: 0o600 });
    const args = ['-Y', 'verify', '-f', check.allowedSigners, '-I', approval.by, '-n', approvalNamespace, '-s', file];
    const result = await check.surroundings.runCommand(
      { kind: 'program', file: 'ssh-keygen', args, input: approvalText(approval) },
      check.surroundings.signal,
    );
    if (result.exitCode === 0) return;
    throw refused(
      `The signature of ${approval.by} does not hold.`,
      `ssh-keygen says: ${lastLine(result.errors) || lastLine(result.output)}`,
      `Sign this plan again with a key that ${check.allowedSigners} lists for ${approval.by}.`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function refused(what: string, why: string, next: string): Error {
  return fail('approval-refused', { what, why, next });
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
