import * as z from 'zod';
import { fail } from '#core/error';
import { statusOf } from '#run/control';
import { planOfRun } from '../choose-plan.ts';
import { withDomainOf } from '../domain-of.ts';
import { runOutput } from '../outputs.ts';
import { runAnswer } from '../run-answer.ts';
import type { Verb } from '../verb.ts';

const input = z.strictObject({
  plan: z.string().optional().describe('Folder of the plan, its plan.json or its id (default: that of the newest run)'),
});

/** Where a run stands. */
export const status: Verb<z.infer<typeof input>> = {
  name: 'status',
  summary: 'Where a run stands: state, phase, gate and every step',
  description:
    'Reads the journal in the database, or in the git directory of the working tree; works from any terminal, also while a runner is at work.',
  examples: [
    { command: 'godwit status', says: 'the newest run on this target' },
    { command: 'godwit status migrations/20260101-rename-name-1a2b3c4d --json', says: 'the same as data' },
  ],
  isReadOnly: true,
  argument: 'plan',
  input,
  output: runOutput,
  execute: (input, surroundings) =>
    withDomainOf(input.plan, surroundings, async ({ domain, target }) => {
      const { plan, notes: source } = await planOfRun(input.plan, { surroundings, domain });
      const result = await statusOf({ plan, domain });
      if (result === undefined) {
        throw fail('no-run', {
          what: `The plan ${plan.id} has no run on ${target.name}.`,
          why: 'It was never applied to this target.',
          next: `Start it with \`godwit apply migrations/${plan.id}\`.`,
        });
      }
      const holder = await domain.lease.holder();
      const isAtWork = holder?.runId === result.runId;
      const notes = isAtWork ? { notes: [`A runner is at work: ${holder.where}, since ${holder.since}.`] } : {};
      return runAnswer(plan, result, { source, ...notes });
    }),
};
