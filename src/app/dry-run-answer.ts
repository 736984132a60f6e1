import { exitCodes } from '#core/error';
import type { DryRun, DryStep } from '#run/options';
import { asJson } from './as-json.ts';
import type { Answer } from './verb.ts';

/** What would be done, in order; nothing was. */
export function dryRunAnswer(dryRun: DryRun): Answer {
  const way = dryRun.direction === 'forward' ? 'apply' : 'rollback';
  return {
    json: asJson({ dryRun: true, ...dryRun }),
    report: {
      kind: 'checks',
      title: `What \`godwit ${way}\` would do now; nothing was changed:`,
      checks: dryRun.steps.map((step) => ({
        id: step.stepId ?? step.phaseId,
        ok: step.state === 'done',
        detail: `${stateWords[step.state]}: ${step.title}`,
      })),
    },
    exit: exitCodes.done,
  };
}

const stateWords: Readonly<Record<DryStep['state'], string>> = {
  done: 'done',
  'to-do': 'to do',
  'half-done': 'half done, to go on with',
  gate: 'gate',
};
