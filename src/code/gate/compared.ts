import type { Finding } from '#core/finding';
import type { CheckResult } from './measurement.ts';

/** Part of an answer of the gate: findings, and words with numbers for its sentence. */
export type Compared = { readonly findings: readonly Finding[]; readonly words: string };

/** The same check at both times; undefined where it was not there. */
export type CheckPair = { readonly before: CheckResult | undefined; readonly after: CheckResult | undefined };

/** A check as it is named to a user: `types`, or `types of packages/a`. */
export function nameOf({ kind, in: folder }: Pick<CheckResult, 'kind' | 'in'>): string {
  return folder === '.' ? kind : `${kind} of ${folder}`;
}

/** True for a check that ran to its end. */
export function hasRun(check: CheckResult | undefined): check is CheckResult {
  return check !== undefined && check.state !== 'missing' && check.state !== 'timeout';
}

/** `1 test`, `2 tests`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/**
 * The finding for a check that failed as a whole and did not before, where none of its details says why: the exit code is
 * then all there is.
 */
export function brokenAsWhole({ before, after }: CheckPair, isExplained: boolean): readonly Finding[] {
  if (!hasRun(before) || !hasRun(after) || isExplained) return [];
  if (before.state !== 'passed' || after.state === 'passed') return [];
  const name = nameOf(after);
  return [
    {
      rule: 'gate/check-broken',
      severity: 'error',
      message: `${name}: \`${after.commands.join(' && ')}\` ends with ${after.exitCode} and ended with 0 before.`,
      object: name,
      evidence: after.lastLines.join('\n'),
    },
  ];
}
