import { expect, it } from 'vitest';
import { compareGate } from './compare-gate.ts';
import type { CheckResult, Escape, GateMeasurement, LintProblem, TestOutcome, TypeProblem } from './measurement.ts';
import { wholeFile } from './whole-file.ts';

function result(kind: CheckResult['kind'], rest: Partial<CheckResult> = {}): CheckResult {
  const command = `npm run ${kind}`;
  return { kind, in: '.', commands: [command], tools: [], state: 'passed', exitCode: 0, ms: 1, lastLines: [], ...rest };
}

function measured(checks: readonly CheckResult[], rest: Partial<GateMeasurement> = {}): GateMeasurement {
  return { version: 1, checks, escapes: [], sources: ['a.ts', 'b.ts'], unknown: [], ...rest };
}

/** Each finding as `severity rule message`, and the sentence at the end. */
function check(before: GateMeasurement, after: GateMeasurement): readonly string[] {
  const { ok, findings, detail } = compareGate(before, after);
  expect(ok).toBe(findings.every(({ severity }) => severity !== 'error'));
  return [...findings.map(({ severity, rule, message }) => `${severity} ${rule} ${message}`), detail];
}

const failed = { state: 'failed', exitCode: 1 } as const;
const clean = 'no new any, @ts-ignore, @ts-expect-error, eslint-disable or skip';

function error(file: string, line: number, message: string, text: string): TypeProblem {
  return { file, line, column: 1, code: 'TS2322', message, text };
}

function types(...problems: readonly TypeProblem[]): CheckResult {
  return result('types', problems.length === 0 ? { types: [] } : { ...failed, types: problems });
}

it('type errors: moved lines, other words for the same and renamed files are not new', () => {
  const before = measured([types(error('a.ts', 1, 'old', 'x = 1;'), error('a.ts', 2, 'same', 'y = 1;'))]);
  const after = measured([types(error('a.ts', 9, 'new words', 'x = 1;'), error('a.ts', 8, 'same', 'y = 2;'))]);
  expect(check(before, after)).toEqual([`0 new type errors (2 before, 2 after), ${clean}`]);
  const moved = measured([types(error('c.ts', 9, 'old', 'x = 1;'), error('c.ts', 8, 'same', 'y = 1;'))], {
    sources: ['b.ts', 'c.ts'],
  });
  expect(check(before, moved)).toEqual([`0 new type errors (2 before, 2 after), ${clean}`]);
});

it('type errors: one more of the same, or the same in a file that was there, is new', () => {
  const before = measured([types(error('a.ts', 1, 'same', 'x = 1;'))]);
  const twice = measured([types(error('a.ts', 1, 'same', 'x = 1;'), error('a.ts', 2, 'same', 'x = 1;'))]);
  expect(check(before, twice)).toEqual([
    'error gate/type-error-new TS2322: same',
    `1 new type error (1 before, 2 after), ${clean}`,
  ]);
  const elsewhere = measured([types(error('b.ts', 1, 'same', 'x = 1;'))]);
  expect(check(before, elsewhere)).toEqual([
    'error gate/type-error-new TS2322: same',
    `1 new type error (1 before, 1 after), ${clean}`,
  ]);
});

it('a test file that could not be run and has tests now is mended, and one that is gone is lost', () => {
  const broken: TestOutcome = { file: 'b.test.ts', name: wholeFile, outcome: 'failed' };
  const before = measured([result('test', { ...failed, tests: [broken] })]);
  const mended = measured([result('test', { tests: [{ file: 'b.test.ts', name: 'b', outcome: 'passed' }] })]);
  expect(check(before, mended)).toEqual([`tests 1 passed (0 passed, 1 failed before), ${clean}`]);
  const gone = measured([result('test', { tests: [] })]);
  expect(check(before, gone)[0]).toBe('error gate/test-lost The test (file) is not there any more (it failed before).');
});

it('type errors that both the build and the check see are one', () => {
  const seen = [error('a.ts', 1, 'same', 'x = 1;')];
  const before = measured([result('build', { types: [] }), types()]);
  const after = measured([result('build', { ...failed, types: seen }), types(...seen)]);
  expect(check(before, after)).toEqual([
    'error gate/type-error-new TS2322: same',
    'error gate/build-broken build: `npm run build` ends with 1 and ended with 0 before.',
    `1 new type error (0 before, 1 after), build broken, ${clean}`,
  ]);
});

it('a red build stays red', () => {
  const red = measured([result('build', failed)]);
  expect(check(red, red)).toEqual([`build red as before, ${clean}`]);
  expect(check(red, measured([result('build')]))).toEqual([`build ok, ${clean}`]);
});

function lint(...problems: readonly LintProblem[]): CheckResult {
  return result('lint', { lint: problems });
}

it('lint: errors stop, warnings are told, and an exit code counts where nothing else is known', () => {
  const warning: LintProblem = { file: 'a.ts', line: 1, rule: 'eqeqeq', severity: 'warning', message: 'use ===' };
  const worse: LintProblem = { ...warning, severity: 'error' };
  expect(check(measured([lint()]), measured([lint(warning)]))).toEqual([
    'warning gate/lint-new eqeqeq: use ===',
    `lint 0 new errors and 1 new warning (0 before, 0 after), ${clean}`,
  ]);
  expect(check(measured([lint(warning)]), measured([lint(worse)]))).toEqual([
    'error gate/lint-new eqeqeq: use ===',
    `lint 1 new error (0 before, 1 after), ${clean}`,
  ]);
  expect(check(measured([result('lint')]), measured([result('lint', failed)]))).toEqual([
    'error gate/check-broken lint: `npm run lint` ends with 1 and ended with 0 before.',
    `lint broken, ${clean}`,
  ]);
});

it('a linter that cannot read its configuration any more hides nothing', () => {
  const before = measured([result('lint', { ...failed, lint: [] })]);
  const after = measured([result('lint', { ...failed, exitCode: 2, unreadable: 'It ended without a report.' })]);
  expect(check(before, after)).toEqual([
    'error gate/check-unreadable lint was read before, and only its exit code 2 is known now: It ended without a report.',
    `cannot be measured any more: lint, ${clean}`,
  ]);
});

function tests(
  ...outcomes: readonly (readonly [string, TestOutcome['outcome'], Partial<TestOutcome>?])[]
): CheckResult {
  const list = outcomes.map(([name, outcome, rest]): TestOutcome => ({ file: 'a.test.ts', name, outcome, ...rest }));
  return result('test', { ...(list.some(({ outcome }) => outcome === 'failed') ? failed : {}), tests: list });
}

it('tests: what failed before may fail, what passed may not fail, be lost or be skipped', () => {
  const before = measured([
    tests(['a', 'passed'], ['b', 'failed'], ['c', 'passed'], ['d', 'passed'], ['e', 'skipped']),
  ]);
  const after = measured([
    tests(['a', 'failed', { message: 'no' }], ['b', 'failed'], ['c', 'skipped'], ['e', 'skipped'], ['f', 'passed']),
  ]);
  expect(check(before, after)).toEqual([
    'error gate/test-failed The test a fails: no',
    'error gate/test-skipped The test c passed before and is skipped now.',
    'error gate/test-lost The test d is not there any more (it passed before).',
    `tests 1 passed, 2 failed, 2 skipped (3 passed, 1 failed, 1 skipped before), ${clean}`,
  ]);
});

it('tests: one that ran into its time limit is said to be measured again', () => {
  const before = measured([tests(['a', 'passed'], ['b', 'passed'])]);
  const after = measured([
    tests(['a', 'failed', { message: 'Timeout of 3000ms exceeded.' }], ['b', 'failed', { message: 'no' }]),
  ]);
  const cures = compareGate(before, after).findings.map(({ symbol, cure }) => [symbol, cure?.slice(0, 26)]);
  expect(cures).toEqual([
    ['a', 'It ran into its time limit'],
    ['b', undefined],
  ]);
});

it('tests: a file or a name that changed is found again', () => {
  const before = measured([
    tests(['suite > adds 1', 'passed'], ['old suite > subtracts', 'passed'], ['takes 12 ms', 'passed']),
  ]);
  const after = measured([
    tests(
      ['suite > adds 1', 'passed', { file: 'b.test.ts' }],
      ['new suite > subtracts', 'passed'],
      ['takes 7 ms', 'passed'],
    ),
  ]);
  expect(check(before, after)).toEqual([`tests 3 passed (3 passed before), ${clean}`]);
});

it('tests: suites that one runner joins by spaces and the other by arrows are the same, each with its own outcome', () => {
  const flat: readonly TestOutcome[] = [
    { file: 'a.js', name: 'till with coins > adds', outcome: 'failed' },
    { file: 'a.js', name: 'till without coins > adds', outcome: 'passed' },
  ];
  const nested: readonly TestOutcome[] = [
    { file: 'a.js', name: 'till > without coins > adds', outcome: 'passed' },
    { file: 'a.js', name: 'till > with coins > adds', outcome: 'failed' },
  ];
  const before = measured([result('test', { ...failed, tests: flat })]);
  const after = measured([result('test', { ...failed, tests: nested })]);
  expect(check(before, after)).toEqual([`tests 1 passed, 1 failed (1 passed, 1 failed before), ${clean}`]);
});

it('tests: a file that cannot be run takes its tests with it, and is told once', () => {
  const before = measured([tests(['a', 'passed'], ['b', 'passed'], ['c', 'passed'], ['d', 'passed'])]);
  const after = measured([tests(['(file)', 'failed', { message: 'Cannot find module' }])]);
  expect(check(before, after)).toEqual([
    'error gate/test-failed The test file a.test.ts cannot be run: Cannot find module',
    'error gate/test-lost 4 tests of a.test.ts are not there any more: a, b, c and 1 more.',
    `tests 0 passed, 1 failed (4 passed before), ${clean}`,
  ]);
});

it('tests: many that are lost for one reason are told at once', () => {
  const names = Array.from({ length: 7 }, (_, at) => `t${at}`);
  const all = tests(...names.map((name) => [name, 'passed'] as const));
  expect(check(measured([all]), measured([{ ...tests(), state: 'passed' }]))[0]).toBe(
    'error gate/test-lost 7 tests of a.test.ts are not there any more: t0, t1, t2 and 4 more.',
  );
  const twice = measured([{ ...all, tests: [...(all.tests ?? []), ...(all.tests ?? [])] }]);
  const unreadable = '`pnpm run test:edge`: It ended before any test began: Error: no such environment.';
  expect(check(twice, measured([{ ...all, ...failed, unreadable }]))[0]).toBe(
    `error gate/test-lost 7 tests are not there any more (t0, t1, t2 and 4 more), since a command of test gave no report. ${unreadable}`,
  );
});

it('tests: none of them may be seen any more', () => {
  const before = measured([tests(['a', 'passed'])]);
  expect(check(before, measured([result('test')]))).toEqual([
    'error gate/check-unreadable test was read before, and only its exit code 0 is known now: no tool that godwit knows is called',
    `cannot be measured any more: test, ${clean}`,
  ]);
});

it('tests: a run that fails though every test passes is told', () => {
  const after = measured([{ ...tests(['a', 'passed']), ...failed, lastLines: ['Unhandled rejection'] }]);
  expect(check(measured([tests(['a', 'passed'])]), after)).toEqual([
    'error gate/check-broken test: `npm run test` ends with 1 and ended with 0 before.',
    `tests 1 passed (1 passed before), ${clean}`,
  ]);
});

it('tests: a flaky one is told', () => {
  const after = measured([tests(['a', 'passed', { isFlaky: true }])]);
  expect(check(measured([tests(['a', 'passed'])]), after)).toEqual([
    'warning gate/test-flaky a failed once and passed when it was run again.',
    `tests 1 passed (1 passed before), ${clean}`,
  ]);
});

it('a check that is there at one time only is named', () => {
  const none = measured([]);
  const some = measured([types(), result('build', failed)]);
  expect(check(none, some)).toEqual([
    'advice gate/check-new types can be run now and could not be before (it was not there): there is nothing to compare it with.',
    'warning gate/check-new build can be run now and could not be before (it was not there), and it fails: there is nothing to compare it with.',
    clean,
  ]);
  expect(check(measured([types()]), none)).toEqual([
    'error gate/check-lost types could be run before and cannot be run now: it is not there any more.',
    `cannot be measured any more: types, ${clean}`,
  ]);
  const slow = measured([result('test', { in: 'packages/a', state: 'timeout', exitCode: 128 })]);
  expect(check(measured([result('test', { in: 'packages/a' })]), slow)).toEqual([
    'error gate/check-lost test of packages/a could be run before and cannot be run now: `npm run test` took longer than its limit.',
    `cannot be measured any more: test of packages/a, ${clean}`,
  ]);
  const missing = measured([result('lint', { state: 'missing', exitCode: 127 })]);
  expect(check(missing, missing)).toEqual([
    'warning gate/check-unreadable lint could be run neither before nor now: `npm run lint` finds no program of that name.',
    clean,
  ]);
  const said = measured([result('lint', { state: 'missing', exitCode: 127, lastLines: ['sh: 1: pnpm: not found'] })]);
  expect(check(said, said)).toEqual([
    'warning gate/check-unreadable lint could be run neither before nor now: `npm run lint` finds no program `pnpm`.',
    clean,
  ]);
});

function escaping(...places: readonly (readonly [Escape['kind'], string, string])[]): GateMeasurement {
  return measured([], {
    escapes: places.map(([kind, file, text], at) => ({ kind, file, line: at + 1, column: 1, text })),
  });
}

it('escapes: moved, changed and renamed ones are not new', () => {
  const before = escaping(['any', 'a.ts', 'x: any'], ['any', 'a.ts', 'y: any'], ['ts-ignore', 'b.ts', '// @ts-ignore']);
  expect(
    check(
      before,
      escaping(['any', 'a.ts', 'y: any'], ['ts-ignore', 'c.ts', '// @ts-ignore'], ['any', 'a.ts', 'x: any = 1']),
    ),
  ).toEqual([clean]);
  expect(
    check(before, escaping(['any', 'c.ts', 'z: any'], ['lint-disable', 'a.ts', '// eslint-disable-line'])),
  ).toEqual([
    'error gate/any-added A new `any`: z: any',
    'error gate/eslint-disable-added A new comment that turns a linter off: // eslint-disable-line',
    '1 new `any`, 1 new comment that turns a linter off',
  ]);
});

it('warnings of Node that came up are told and stop nothing', () => {
  const old = { code: 'DEP0005', message: 'Buffer()', times: 1 };
  const fresh = {
    code: 'DEP0040',
    message: 'punycode',
    package: 'old',
    place: { file: 'a.js', line: 3, column: 1 },
    times: 2,
  };
  expect(check(measured([], { warnings: [old] }), measured([], { warnings: [fresh, { ...old, times: 5 }] }))).toEqual([
    'advice gate/runtime-warning-new Node warns in the tests: DEP0040 punycode',
    `${clean}, 1 new deprecation warning`,
  ]);
});

it('compiler options that were turned down are told, and stop the gate where they were on', () => {
  const of = (options: Readonly<Record<string, boolean>>): GateMeasurement =>
    measured([], { strictness: [{ file: 'tsconfig.json', options }] });
  expect(
    check(of({ strict: true, noImplicitAny: false }), of({ strict: false, skipLibCheck: true, noImplicitAny: false })),
  ).toEqual([
    'error gate/strictness-lowered tsconfig.json: `strict` is false and was true before, so that the compiler sees less.',
    'warning gate/strictness-lowered tsconfig.json: `skipLibCheck` is true and was not set before, so that the compiler sees less.',
    `${clean}, 1 compiler option turned down`,
  ]);
  expect(check(of({ strict: true }), of({}))).toEqual([clean]);
});

it('imports against the rules: those that were there may stay, also in a file that was renamed; a new one may not come', () => {
  const ring = (file: string, to: string) => ({ kind: 'cycle' as const, file, line: 3, to, chain: [file, to, file] });
  const before = measured([], { imports: [ring('a.ts', 'b.ts')] });
  const renamed = measured([], { imports: [ring('a.ts', 'c.ts')], sources: ['a.ts', 'c.ts'] });
  const words = `${clean}, no new import against the rules (1 now, 1 before)`;
  expect(check(before, before)).toEqual([words]);
  expect(check(before, renamed)).toEqual([words]);
  const more = measured([], { imports: [ring('a.ts', 'b.ts'), ring('b.ts', 'a.ts')] });
  expect(check(before, more)).toEqual([
    'error structure/cycle-new A new cycle of imports: b.ts:3 → a.ts → b.ts.',
    `${clean}, 1 new import against the rules (2 now, 1 before)`,
  ]);
  expect(check(before, measured([]))).toEqual([clean]);
});
