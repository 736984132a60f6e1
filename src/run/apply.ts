import type { DryRun, RunOptions, RunResult } from './options.ts';

/**
 * Carries a plan forward: to the next gate, to the end of `toPhase`, or to the end. The same call resumes.
 * Resolves with state `waiting` at a gate, `paused` after `toPhase`, or `done`; every other stop is a Failure:
 * `drift`, `wrong-state`, `lease-held`, `gate`, `paused`, `interrupted`, `guard`, `verification-failed`,
 * `approval-required`, `rehearsal-required`, `backup-required`, and what the executors throw.
 */
export function applyPlan(options: RunOptions): Promise<RunResult> {
  return Promise.reject(new Error(`not written yet: ${options.plan.id}`));
}

/** What `applyPlan` would do now. Reads only; throws the same `drift`, `wrong-state` and `bad-input`. */
export function previewApply(options: Pick<RunOptions, 'plan' | 'domain' | 'toPhase'>): Promise<DryRun> {
  return Promise.reject(new Error(`not written yet: ${options.plan.id}`));
}
