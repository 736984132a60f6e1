import type { DryRun, RunOptions, RunResult } from './options.ts';

/**
 * Takes the newest run of the plan back: to the start, or to the end of `toPhase`. The same call resumes.
 * Resolves with `rolled-back`, or `waiting` after `toPhase`. Throws `no-run`, `irreversible` (before anything is
 * touched), `wrong-state`, `gate`, and what the executors throw.
 */
export function rollBack(options: Omit<RunOptions, 'prerequisites'>): Promise<RunResult> {
  return Promise.reject(new Error(`not written yet: ${options.plan.id}`));
}

/** What `rollBack` would do now. Reads only; throws the same `no-run`, `irreversible` and `wrong-state`. */
export function previewRollBack(options: Pick<RunOptions, 'plan' | 'domain' | 'toPhase'>): Promise<DryRun> {
  return Promise.reject(new Error(`not written yet: ${options.plan.id}`));
}
