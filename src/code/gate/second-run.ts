import type { CheckResult, GateMeasurement, TestOutcome } from './measurement.ts';

/**
 * Runs the tests once again where one fails that passed before. What then passes has passed, and is marked as flaky. Any
 * other outcome stays that of the first run.
 */
export async function withSecondRun(
  first: CheckResult,
  before: GateMeasurement | undefined,
  again: () => Promise<CheckResult>,
): Promise<CheckResult> {
  const baseline = before?.checks.find((check) => check.kind === first.kind && check.in === first.in);
  const passed = new Set((baseline?.tests ?? []).filter(({ outcome }) => outcome === 'passed').map(keyOf));
  const isSuspect = (test: TestOutcome): boolean => test.outcome === 'failed' && passed.has(keyOf(test));
  const isSilent = first.tests === undefined && first.state === 'failed' && baseline?.state === 'passed';
  if (!isSilent && !first.tests?.some(isSuspect)) return first;
  const second = await again();
  if (isSilent) return second.state === 'passed' ? { ...second, isFlaky: true } : first;
  const now = new Set((second.tests ?? []).filter(({ outcome }) => outcome === 'passed').map(keyOf));
  const tests = first.tests?.map((test): TestOutcome => {
    if (!isSuspect(test) || !now.has(keyOf(test))) return test;
    return { ...test, outcome: 'passed', isFlaky: true };
  });
  const isGreen = second.state === 'passed' && tests?.every(({ outcome }) => outcome !== 'failed');
  return { ...first, ...(tests === undefined ? {} : { tests }), ...(isGreen ? { state: 'passed', exitCode: 0 } : {}) };
}

function keyOf({ file, name }: TestOutcome): string {
  return JSON.stringify([file, name]);
}
