import * as z from 'zod';
import { previewRollBack, rollBack } from '#run/roll-back';
import { planOfRun, tellSource } from '../choose-plan.ts';
import { withDomainOf } from '../domain-of.ts';
import { dryRunAnswer } from '../dry-run-answer.ts';
import { stepsOutput } from '../outputs.ts';
import { runAnswer } from '../run-answer.ts';
import { checkGivenWords, runOptions } from '../run-options.ts';
import type { Verb } from '../verb.ts';

const input = z.strictObject({
  plan: z.string().optional().describe('Folder of the plan, its plan.json or its id (default: that of the newest run)'),
  to: z.string().optional().describe('Take back everything later than this phase, and stop there'),
  dryRun: z.boolean().optional().describe('Say what would be taken back, and change nothing'),
});

/** Takes a run back: to its start, or to a phase; also after contract. */
export const rollback: Verb<z.infer<typeof input>> = {
  name: 'rollback',
  summary: 'Take a run back, to its start or to a phase; also after it was finished',
  description:
    'Undoes what was done, last step first, online, and says whether schema and data, or versions and files of a working tree, are as they were. Exits 6 when something could not be restored, and names it. The same command goes on after any stop. It wants no rehearsal, backup or approval, on production neither, and that is on purpose: nothing must hold up the way back. Only going back over a gate wants a word that the application is back at its old version, `--confirm GATE`, where deploy.revert in the configuration does not bring it back. A production target insists on it (exit 3). Elsewhere a person at a terminal is asked; with --yes or without a terminal the rollback warns before it begins, and goes.',
  examples: [
    { command: 'godwit rollback', says: 'take the newest run on this target back' },
    {
      command: 'godwit rollback migrations/20260101-rename-name-1a2b3c4d --to deploy',
      says: 'back to the deploy gate',
    },
  ],
  isReadOnly: false,
  takesConsent: true,
  argument: 'plan',
  input,
  output: stepsOutput,
  execute: (input, surroundings) =>
    withDomainOf(input.plan, surroundings, async (opened) => {
      const found = await planOfRun(input.plan, { surroundings, domain: opened.domain });
      tellSource(found, surroundings);
      if (input.dryRun === true) {
        const { domain, target } = opened;
        const { consent, config } = surroundings;
        const deploy = opened.database === undefined ? {} : config.deploy;
        checkGivenWords(found.plan, surroundings);
        return dryRunAnswer(
          await previewRollBack({ plan: found.plan, domain, target, surroundings, consent, deploy, toPhase: input.to }),
        );
      }
      const options = await runOptions(found, opened, { surroundings, toPhase: input.to });
      return runAnswer(found.plan, await rollBack(options), {
        evidence: options.evidence,
      });
    }),
};
