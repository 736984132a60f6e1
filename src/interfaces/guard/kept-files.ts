import type { Danger } from './danger.ts';

/** True for files that only godwit writes: plans, approvals, and the journals of runs. */
export function isKept(path: string): boolean {
  return /(^|\/)(plan\.json|approval\.json|journal\.ndjson)$/.test(path) && /(^|\/)(migrations|godwit)\//.test(path);
}

/** Why nobody else writes one. */
export function keptBecause(path: string): Danger {
  return {
    why: `${path} is what a plan, an approval or a run consists of; changed by hand it is refused, or cannot be taken back.`,
    instead: 'Change the intent, and plan again: `godwit plan "…"`.',
  };
}
