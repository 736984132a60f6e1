import * as z from 'zod';
import { applyPlan } from '#run/apply';
import { statusOf, withdrawPause } from '#run/control';
import { rollBack } from '#run/roll-back';
import { planOfRun, tellSource } from '../choose-plan.ts';
import { withDomainOf } from '../domain-of.ts';
import { runOutput } from '../outputs.ts';
import { runAnswer } from '../run-answer.ts';
import { runOptions } from '../run-options.ts';
import type { Verb } from '../verb.ts';

const input = z.strictObject({
  plan: z.string().optional().describe('Folder of the plan, its plan.json or its id (default: that of the newest run)'),
});

/** Goes on after a pause, in the direction in which the run was going. */
export const resume: Verb<z.infer<typeof input>> = {
  name: 'resume',
  summary: 'Go on with a paused run, in the direction in which it was going',
  description:
    'Takes a wish to pause back. Where a runner is still at work it simply goes on; else this command goes on itself, as `godwit apply` does, or `godwit rollback` for a run on its way back.',
  examples: [{ command: 'godwit resume', says: 'go on with the newest run on this target' }],
  isReadOnly: false,
  takesConsent: true,
  argument: 'plan',
  input,
  output: runOutput,
  execute: (input, surroundings) =>
    withDomainOf(input.plan, surroundings, async (opened) => {
      const { domain } = opened;
      const found = await planOfRun(input.plan, { surroundings, domain });
      tellSource(found, surroundings);
      const { plan } = found;
      const { runId } = await withdrawPause({ plan, domain, surroundings });
      const status = await statusOf({ plan, domain });
      const holder = await domain.lease.holder();
      if (status !== undefined && holder?.runId === runId) {
        return runAnswer(plan, status, { notes: [`The runner goes on: ${holder.where}.`] });
      }
      const isBack = status?.state.direction === 'back' && status.state.state !== 'rolled-back';
      const options = await runOptions(found, opened, {
        surroundings,
        toPhase: isBack ? status.state.rollbackTo : undefined,
      });
      const result = isBack ? await rollBack(options) : await applyPlan(options);
      return runAnswer(plan, result, { evidence: options.evidence });
    }),
};
