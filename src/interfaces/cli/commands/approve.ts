import { resolve } from 'node:path';
import * as z from 'zod';
import { approveSigned, approveTyped, type ToApprove, toApprove } from '#app/approve';
import { exitCodes } from '#core/error';
import type { Command, CommandContext } from '../command.ts';
import { askText } from '../consent.ts';

const input = z.strictObject({
  plan: z.string().optional().describe('Folder of the plan, its plan.json or its id (default: the only one there is)'),
  sign: z
    .string()
    .optional()
    .describe('Sign with this SSH key instead of typing; writes approval.json beside the plan'),
  by: z.string().optional().describe('With --sign: the principal of the allowed_signers file (default: user@host)'),
  hours: z.number().min(0.01).max(720).default(24).describe('How long the approval is good, in hours'),
});

/** A person's word that this plan may be applied to this target. */
export const approve: Command<z.infer<typeof input>> = {
  name: 'approve',
  summary: 'Approve a plan for a target: typed at a terminal, or signed with an SSH key',
  description:
    'A production target takes no plan without it. The approval is bound to the hash of the plan, to the target and to a time. Typed, it wants a real terminal: no flag and no variable stands for it.',
  examples: [
    { command: 'godwit approve migrations/20260101-rename-name-1a2b3c4d --target production', says: 'read, then type' },
    {
      command: 'godwit approve --target production --sign ~/.ssh/id_ed25519 --by ada@example.org',
      says: 'signed, to travel with the plan',
    },
  ],
  argument: 'plan',
  input,
  async execute(input, context) {
    const surroundings = await context.surroundings();
    const asked = await toApprove(input.plan, surroundings);
    if (input.sign !== undefined) {
      const signer = {
        keyFile: resolve(context.cwd, input.sign),
        by: input.by ?? surroundings.who,
        hours: input.hours,
      };
      const { file, by, expiresAt } = await approveSigned(asked, signer, surroundings);
      const { planHash } = asked.plan;
      const json = { planHash, target: asked.target.name, by, expiresAt, method: 'ssh', file };
      return { json, text: `Signed by ${by} until ${expiresAt}: ${file}\n`, exit: exitCodes.done };
    }
    const { isInteractive, stdout } = context.terminal;
    const isTerminal = isInteractive && stdout.isTTY === true && !context.isJson;
    const text = isTerminal ? await typed(asked, context) : '';
    const { by, expiresAt } = await approveTyped(asked, { text, isTerminal, hours: input.hours }, surroundings);
    const json = { planHash: asked.plan.planHash, target: asked.target.name, by, expiresAt, method: 'typed' };
    return {
      json,
      text: `Approved by ${by} until ${expiresAt}, kept in the journal of ${asked.target.name}.\n`,
      exit: exitCodes.done,
    };
  },
};

async function typed({ summary, phrase }: ToApprove, { terminal }: CommandContext): Promise<string> {
  terminal.stderr.write(`${summary.join('\n')}\n`);
  return (await askText(`To approve, type: ${phrase}`, { terminal, mayAsk: true })) ?? '';
}
