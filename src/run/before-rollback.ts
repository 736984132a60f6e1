import { assert } from '#core/assert';
import { type Failure, fail } from '#core/error';
import type { ExecutionContext } from '#core/executor';
import type { Action, Step } from '#core/plan';
import type { RunState } from '#core/run-state';
import type { KnownRun } from './choose-run.ts';
import type { RunOptions } from './options.ts';
import { partsOf } from './parts.ts';

type Place = Pick<RunOptions, 'plan' | 'domain' | 'surroundings'>;

/**
 * Measures what the steps on the way back want to be so before it begins. A step that never took effect, or whose way back
 * has begun, is not asked: the parts of its rollback measure for themselves. Reads only. Throws `verification-failed`.
 */
export async function checkBeforeRollback(
  { plan, domain, surroundings }: Place,
  { runId, state }: KnownRun,
  steps: readonly Step[],
): Promise<void> {
  const wrong: string[] = [];
  for (const { deed, action } of measurements(state, steps)) {
    const executor = domain.executors.find(({ kind }) => kind === action.kind);
    assert(executor !== undefined, `no executor for ${action.kind}, though the plan was checked`);
    const outcome = await executor.execute(action, contextOf({ runId, deed }, surroundings));
    if (!outcome.ok) wrong.push(outcome.detail);
  }
  if (wrong.length > 0) throw notNow(plan.id, state, wrong);
}

type Measurement = { readonly deed: string; readonly action: Action };

/** Two steps may want the same: it is measured once. */
function measurements(state: RunState, steps: readonly Step[]): readonly Measurement[] {
  const wanted = steps.flatMap(({ id, beforeRollback }) => {
    const progress = state.steps[id];
    if (beforeRollback === undefined || progress === undefined) return [];
    if (progress.doneParts.length === 0 || progress.undoneParts.length > 0) return [];
    return partsOf(beforeRollback).map((action): Measurement => ({ deed: `${id}#before-rollback`, action }));
  });
  return [...new Map(wanted.map((one) => [JSON.stringify(one.action), one])).values()];
}

function contextOf(
  { runId, deed }: Pick<ExecutionContext, 'runId' | 'deed'>,
  surroundings: RunOptions['surroundings'],
): ExecutionContext {
  const { signal } = surroundings;
  const stepId = deed.replace(/#.*$/, '');
  return {
    runId,
    deed,
    direction: 'check',
    signal,
    progress: (progress) => surroundings.on({ kind: 'step-progress', stepId, direction: 'back', progress }),
    pace: () => Promise.resolve({ kind: 'go' }),
    exception: () => Promise.resolve(),
    wait: (ms) => surroundings.wait(ms, signal),
    now: () => surroundings.monotonicMs(),
  };
}

function notNow(planId: string, state: RunState, wrong: readonly string[]): Failure {
  const isUnderWay = state.direction === 'back';
  return fail('verification-failed', {
    what: isUnderWay
      ? `The plan ${planId} cannot be taken back further now; it stays where it is.`
      : `The plan ${planId} cannot be taken back now; nothing was touched.`,
    why: wrong.map((detail) => `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`).join(' '),
    next: `Mend these rows, then run \`godwit rollback migrations/${planId}\` again. Until then the application goes on as it does.`,
  });
}
