import type { Finding } from '#core/finding';
import { brokenAsWhole, type CheckPair, type Compared, hasRun, nameOf } from './compared.ts';
import type { TestOutcome } from './measurement.ts';
import { unmatched } from './unmatched.ts';

/** Tests that failed, were lost or were skipped since. A test whose file was renamed, or that was renamed in it, is found. */
export function compareTests(pairs: readonly CheckPair[]): Compared {
  const run = pairs.filter((pair) => hasRun(pair.before) && hasRun(pair.after));
  if (run.length === 0) return { findings: [], words: '' };
  const findings = run.flatMap(comparePair);
  const tests = (side: 'before' | 'after'): readonly TestOutcome[] => run.flatMap((pair) => pair[side]?.tests ?? []);
  const passed = (side: 'before' | 'after'): number => tests(side).filter(({ outcome }) => outcome === 'passed').length;
  const isKnown = run.some(({ after }) => after?.tests !== undefined);
  const failed = tests('after').filter(({ outcome }) => outcome === 'failed').length;
  const failing = failed === 0 ? '' : `, ${failed} failed`;
  const state = run.some(({ after }) => after?.state === 'failed') ? 'tests red' : 'tests ok';
  return {
    findings,
    words: isKnown ? `tests ${passed('after')} passed${failing} (${passed('before')} before)` : state,
  };
}

function comparePair(pair: CheckPair): readonly Finding[] {
  const { before, after } = pair;
  if (!hasRun(before) || !hasRun(after)) return [];
  const flaky = (after.tests ?? []).filter(({ isFlaky }) => isFlaky === true).map(flakyFinding);
  const wholeFlaky = after.isFlaky === true ? [flakyFinding({ name: nameOf(after), outcome: 'passed' })] : [];
  if (before.tests === undefined || after.tests === undefined) return [...wholeFlaky, ...brokenAsWhole(pair, false)];
  const matched = unmatched(before.tests, after.tests, [
    ({ file, name }) => JSON.stringify([file, name]),
    ({ name }) => name,
    ({ file, name }) => JSON.stringify([file, steadyName(name)]),
    ({ file, name }) => JSON.stringify([file, lastName(name)]),
  ]);
  const changed = matched.pairs.flatMap(([old, now]) => changeFinding(old, now));
  const fresh = matched.after.filter(({ outcome }) => outcome === 'failed').map(failedFinding);
  const lost = matched.before.map(lostFinding);
  const told = [...changed, ...fresh, ...lost];
  return [
    ...told,
    ...flaky,
    ...wholeFlaky,
    ...brokenAsWhole(
      pair,
      told.some(({ severity }) => severity === 'error'),
    ),
  ];
}

/** A name without what differs from run to run: numbers and long hexadecimal words. */
function steadyName(name: string): string {
  return name.replaceAll(/\b[0-9a-f]{8,}\b|\d+/gi, '0');
}

function lastName(name: string): string {
  return name.slice(name.lastIndexOf(' > ') + 1);
}

function changeFinding(old: TestOutcome, now: TestOutcome): readonly Finding[] {
  if (now.outcome === 'failed' && old.outcome !== 'failed') return [failedFinding(now)];
  const isSkipped = now.outcome === 'skipped' || now.outcome === 'todo';
  const wasSkipped = old.outcome === 'skipped' || old.outcome === 'todo';
  if (!isSkipped || wasSkipped) return [];
  return [
    {
      rule: 'gate/test-skipped',
      severity: 'error',
      message: `The test ${now.name} ${old.outcome} before and is skipped now.`,
      symbol: now.name,
      ...fileOf(now),
    },
  ];
}

function failedFinding(test: TestOutcome): Finding {
  return {
    rule: 'gate/test-failed',
    severity: 'error',
    message: `The test ${test.name} fails${test.message === undefined ? '.' : `: ${test.message}`}`,
    symbol: test.name,
    ...fileOf(test),
  };
}

function lostFinding(test: TestOutcome): Finding {
  return {
    rule: 'gate/test-lost',
    severity: 'error',
    message: `The test ${test.name} is not there any more (it ${spoken[test.outcome]} before).`,
    cure: 'A test that is renamed keeps its file, or its name; one that is no longer wanted is removed before the upgrade.',
    symbol: test.name,
    ...fileOf(test),
  };
}

const spoken: Readonly<Record<TestOutcome['outcome'], string>> = {
  passed: 'passed',
  failed: 'failed',
  skipped: 'was skipped',
  todo: 'was to be done',
};

function flakyFinding(test: TestOutcome): Finding {
  return {
    rule: 'gate/test-flaky',
    severity: 'warning',
    message: `${test.name} failed once and passed when it was run again.`,
    symbol: test.name,
    ...fileOf(test),
  };
}

function fileOf({ file }: TestOutcome): { readonly file?: string } {
  return file === undefined ? {} : { file };
}
