import type { Approval } from './approval.ts';
import type { RunOptions, RunResult } from './options.ts';

type ControlOptions = Pick<RunOptions, 'plan' | 'domain' | 'surroundings'>;

/** Where the newest run of the plan stands, or undefined where there is none. Reads only. */
export function statusOf(options: Pick<RunOptions, 'plan' | 'domain'>): Promise<RunResult | undefined> {
  return Promise.reject(new Error(`not written yet: ${options.plan.id}`));
}

/**
 * Asks the run to pause. `obeyed` is true when no runner is at work, so that it is paused already;
 * otherwise the runner obeys at its next safe point. Throws `no-run`, `wrong-state`.
 */
export function pauseRun(options: ControlOptions): Promise<{ readonly runId: string; readonly obeyed: boolean }> {
  return Promise.reject(new Error(`not written yet: ${options.plan.id}`));
}

/** Takes a wish to pause back, before it is obeyed or after; `applyPlan` goes on. Throws `no-run`. */
export function withdrawPause(options: ControlOptions): Promise<{ readonly runId: string }> {
  return Promise.reject(new Error(`not written yet: ${options.plan.id}`));
}

/**
 * Keeps a typed approval in the target's own journal, where `applyPlan` looks for it; starts the run (checking for
 * drift) where there is none yet. Throws `lease-held`, `drift`, `wrong-state`.
 */
export function recordApproval(options: ControlOptions & { readonly approval: Approval }): Promise<RunResult> {
  return Promise.reject(new Error(`not written yet: ${options.plan.id}`));
}

/**
 * Ends the retention of undo data: journals it, then calls `removeUndo`. From then on the run cannot be rolled back.
 * Throws `no-run`, and `wrong-state` unless the run is done or rolled back. Safe to call twice.
 */
export function purgeRun(
  options: ControlOptions & { readonly removeUndo: (runId: string) => Promise<void> },
): Promise<RunResult> {
  return Promise.reject(new Error(`not written yet: ${options.plan.id}`));
}
