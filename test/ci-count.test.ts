import { expect, it } from 'vitest';
import { countStages } from '../tools/ci-count.ts';

type Cases = Readonly<Record<string, 'passed' | 'failed' | 'skipped' | 'todo'>>;

function results(cases: Cases, status: 'passed' | 'failed' = 'passed'): string {
  const assertionResults = Object.entries(cases).map(([fullName, outcome]) => ({ fullName, status: outcome }));
  return JSON.stringify({ testResults: [{ name: 'a.test.ts', status, assertionResults }] });
}

it('adds up the stages', () => {
  const count = countStages([
    { name: 'test', exitCode: 0, results: results({ one: 'passed', two: 'passed' }) },
    { name: 'journeys', exitCode: 0, results: results({ three: 'passed' }) },
  ]);
  expect(count).toEqual({ passed: 3, failed: 0, isGood: true, complaints: [] });
});

it.each([
  ['a failing test', 1, results({ one: 'passed', two: 'failed' }, 'failed'), 1, 'FAILED a.test.ts > two'],
  ['a file that does not load', 1, results({}, 'failed'), 1, 'FAILED a.test.ts (the file itself)'],
  ['a check before the tests', 2, undefined, 1, 'FAILED test: exit code 2'],
  ['an exit code that no test explains', 1, results({ one: 'passed' }), 1, 'FAILED test: exit code 1'],
  ['a skipped test', 0, results({ one: 'passed', two: 'skipped' }), 0, 'SKIPPED a.test.ts > two'],
  ['a test left to do', 0, results({ one: 'passed', two: 'todo' }), 0, 'SKIPPED a.test.ts > two'],
  ['no test', 0, results({}), 0, 'NO TEST RAN in test'],
  ['no results', 0, undefined, 0, 'NO RESULTS of test'],
])('does not pass with %s', (_, exitCode, text, failed, complaint) => {
  const count = countStages([{ name: 'test', exitCode, results: text }]);
  expect(count).toMatchObject({ failed, isGood: false, complaints: [complaint] });
});

it('does not pass when no stage ran', () => {
  expect(countStages([])).toMatchObject({ passed: 0, isGood: false });
});
