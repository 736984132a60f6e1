import * as z from 'zod';
import { applyPlan, previewApply } from '#run/apply';
import { planToApply, tellSource } from '../choose-plan.ts';
import { withDomainOf } from '../domain-of.ts';
import { dryRunAnswer } from '../dry-run-answer.ts';
import { stepsOutput } from '../outputs.ts';
import { runAnswer } from '../run-answer.ts';
import { runOptions } from '../run-options.ts';
import type { Verb } from '../verb.ts';

const input = z.strictObject({
  plan: z
    .string()
    .optional()
    .describe(
      'Folder of the plan, its plan.json or its id (default: the only one that is neither done nor taken back)',
    ),
  to: z.string().optional().describe('Stop after this phase'),
  dryRun: z.boolean().optional().describe('Say what would be done, and change nothing'),
});

/** Runs a plan to its next gate or to its end; the same command resumes. */
export const apply: Verb<z.infer<typeof input>> = {
  name: 'apply',
  summary: 'Run a plan to its next gate or its end; the same command goes on after any stop',
  description:
    'Applies exactly what the plan says, phase by phase, with a journal in the database, or in the git directory of the working tree. It stops at a gate where a person has something to do. For a database that is the deployment: deploy your application, then call it again with --confirm GATE. For a working tree it is the edits that no recipe makes: make them, then call it again. After Ctrl-C, a crash or a pause the same command goes on.',
  examples: [
    { command: 'godwit apply migrations/20260101-rename-name-1a2b3c4d', says: 'up to the deploy gate' },
    {
      command: 'godwit apply migrations/20260101-rename-name-1a2b3c4d --confirm deploy',
      says: 'the application is deployed: go on',
    },
    { command: 'godwit apply --dry-run', says: 'what would be done' },
  ],
  isReadOnly: false,
  takesConsent: true,
  argument: 'plan',
  input,
  output: stepsOutput,
  execute: (input, surroundings) =>
    withDomainOf(input.plan, surroundings, async (opened) => {
      const found = await planToApply(input.plan, { surroundings, domain: opened.domain });
      tellSource(found, surroundings);
      if (input.dryRun === true) {
        return dryRunAnswer(await previewApply({ plan: found.plan, domain: opened.domain, toPhase: input.to }));
      }
      const options = await runOptions(found, opened, { surroundings, toPhase: input.to });
      const result = await applyPlan(options);
      return runAnswer(found.plan, result, {
        evidence: options.evidence,
      });
    }),
};
