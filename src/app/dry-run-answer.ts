import { exitCodes } from '#core/error';
import type { DryRun, DryStep } from '#run/options';
import { asJson } from './as-json.ts';
import type { Answer } from './verb.ts';

/** What would be done, in order; nothing was. */
export function dryRunAnswer(dryRun: DryRun): Answer {
  const isForward = dryRun.direction === 'forward';
  const way = isForward ? 'apply' : 'rollback';
  const words = isForward ? stateWords : backWords;
  return {
    json: asJson({ dryRun: true, ...dryRun }),
    report: {
      kind: 'checks',
      title: `What \`godwit ${way}\` would do now; nothing was changed:`,
      checks: dryRun.steps.map((step) => ({
        id: step.stepId ?? step.phaseId,
        ok: step.state === 'done',
        isToCome: step.state !== 'done',
        detail: `${words[step.state]}: ${step.title}`,
      })),
    },
    exit: exitCodes.done,
    notes: (dryRun.findings ?? []).map(({ message, cure }) => [message, cure].join(' ')),
  };
}

const stateWords: Readonly<Record<DryStep['state'], string>> = {
  done: 'done',
  'to-do': 'to do',
  'half-done': 'half done, to go on with',
  gate: 'gate',
};

/** Steps are called after what they did on the way forward. */
const backWords: typeof stateWords = {
  ...stateWords,
  'to-do': 'to take back',
  'half-done': 'half done, to take back',
};
