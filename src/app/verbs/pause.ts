import * as z from 'zod';
import { fail } from '#core/error';
import type { Plan } from '#core/plan';
import { pauseRun, statusOf } from '#run/control';
import type { RunOptions, RunResult } from '#run/options';
import { planOfRun } from '../choose-plan.ts';
import { withDomainOf } from '../domain-of.ts';
import { runOutput } from '../outputs.ts';
import { runAnswer } from '../run-answer.ts';
import type { Verb } from '../verb.ts';

const input = z.strictObject({
  plan: z.string().optional().describe('Folder of the plan, its plan.json or its id (default: that of the newest run)'),
  wait: z.number().min(0).max(3_600).default(60).describe('Seconds to wait until the runner has stopped'),
});

const pollMs = 200;

/** Holds a run from another terminal. */
export const pause: Verb<z.infer<typeof input>> = {
  name: 'pause',
  summary: 'Hold a run at its next safe point, from another terminal',
  description:
    'Asks the runner to stop at its next safe point and waits until it has; where no runner is at work, the run is marked as paused. Nothing is lost: `godwit resume` or `godwit apply` goes on.',
  examples: [{ command: 'godwit pause', says: 'hold the newest run on this target' }],
  isReadOnly: false,
  argument: 'plan',
  input,
  output: runOutput,
  execute: (input, surroundings) =>
    withDomainOf(input.plan, surroundings, async ({ domain }) => {
      const { plan, notes: source } = await planOfRun(input.plan, { surroundings, domain });
      const { obeyed } = await pauseRun({ plan, domain, surroundings });
      const limitMs = input.wait * 1_000;
      const result = obeyed
        ? await present({ plan, domain })
        : await untilStopped({ plan, domain, surroundings }, limitMs);
      const isMoving = result.state.state === 'running' || result.state.state === 'rolling-back';
      const notes = [
        `The runner has not stopped within ${input.wait} s; it obeys at its next safe point. Look with \`godwit status\`.`,
      ];
      return runAnswer(plan, result, { source, ...(isMoving ? { notes } : {}) });
    }),
};

/** The state once the runner has let go, or the last one seen when the time is over. */
async function untilStopped(
  { plan, domain, surroundings }: Pick<RunOptions, 'plan' | 'domain' | 'surroundings'>,
  limitMs: number,
): Promise<RunResult> {
  const endMs = surroundings.monotonicMs() + limitMs;
  while (surroundings.monotonicMs() < endMs) {
    const { state } = await present({ plan, domain });
    if (state.state !== 'running' && state.state !== 'rolling-back') break;
    await surroundings.wait(pollMs, surroundings.signal);
  }
  return present({ plan, domain });
}

async function present({ plan, domain }: Pick<RunOptions, 'plan' | 'domain'>): Promise<RunResult> {
  const result = await statusOf({ plan, domain });
  if (result !== undefined) return result;
  throw noRun(plan);
}

function noRun(plan: Plan): Error {
  return fail('no-run', {
    what: `The plan ${plan.id} has no run here.`,
    why: 'It was never applied to this target.',
    next: `Start it with \`godwit apply migrations/${plan.id}\`.`,
  });
}
