import { expect, it } from 'vitest';
import { describeMeasurement } from './describe-measurement.ts';
import type { CheckResult, TestOutcome } from './measurement.ts';

const result = (kind: CheckResult['kind'], rest: Partial<CheckResult> = {}): CheckResult => ({
  ...{ kind, in: '.', commands: [], tools: [], state: 'passed', exitCode: 0, ms: 1, lastLines: [] },
  ...rest,
});
const failed = { state: 'failed', exitCode: 1 } as const;
const said = (...checks: readonly CheckResult[]) =>
  describeMeasurement({ version: 1, checks, escapes: [], sources: [], unknown: [] });

it('what is red already is named with its numbers, and with why where nothing could be read', () => {
  const tests: readonly TestOutcome[] = [
    { name: 'a', outcome: 'passed' },
    { name: 'b', outcome: 'passed' },
    { name: 'c', outcome: 'failed' },
    { name: 'd', outcome: 'todo' },
  ];
  expect(said(result('types', { types: [] }), result('test', { ...failed, tests }))).toBe(
    'types ok (0 errors), test red already (failed) (2 passed, 1 failed, 1 skipped); no escapes',
  );
  const unreadable = 'It ended before any test began: Error: no such module.';
  expect(said(result('build'), result('test', { ...failed, in: 'packages/a', unreadable }))).toBe(
    'build ok, test red already (packages/a: failed: It ended before any test began: Error: no such module); no escapes',
  );
  expect(said()).toBe('there are no checks to run; no escapes');
});
