import type { Finding } from '#core/finding';
import type { CheckResult, TestOutcome } from './measurement.ts';

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

/** True where more than the exit code is known. A build has nothing more. */
export function isReadable({ kind, types, lint, tests }: CheckResult): boolean {
  return kind === 'build' || (kind === 'types' ? types : kind === 'lint' ? lint : tests) !== undefined;
}

/** True where details were known before and are not known now; that is told on its own. */
export function isBlinded({ before, after }: CheckPair): boolean {
  return before !== undefined && after !== undefined && isReadable(before) && !isReadable(after);
}

/** `82 passed, 13 failed, 1 skipped`. */
export function testNumbers(tests: readonly TestOutcome[]): string {
  const of = (...outcomes: readonly TestOutcome['outcome'][]): number =>
    tests.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const failed = of('failed') === 0 ? '' : `, ${of('failed')} failed`;
  const skipped = of('skipped', 'todo') === 0 ? '' : `, ${of('skipped', 'todo')} skipped`;
  return `${of('passed')} passed${failed}${skipped}`;
}

/** `1 test`, `2 tests`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/**
 * The finding for a check that failed as a whole and did not before, where nothing else says why: the exit code is then
 * all there is.
 */
export function brokenAsWhole(pair: CheckPair, isExplained: boolean): readonly Finding[] {
  const { before, after } = pair;
  if (!hasRun(before) || !hasRun(after) || isExplained || isBlinded(pair)) return [];
  if (before.state !== 'passed' || after.state === 'passed') return [];
  const object = nameOf(after);
  const message = `${object}: \`${after.commands.join(' && ')}\` ends with ${after.exitCode} and ended with 0 before.`;
  return [{ rule: 'gate/check-broken', severity: 'error', message, object, evidence: after.lastLines.join('\n') }];
}
