import type { Finding } from '#core/finding';
import {
  brokenAsWhole,
  type CheckPair,
  type Compared,
  counted,
  hasRun,
  isBlinded,
  nameOf,
  testNumbers,
} from './compared.ts';
import type { CheckResult, TestOutcome } from './measurement.ts';
import { unmatched } from './unmatched.ts';
import { wholeFile } from './whole-file.ts';

type Side = 'before' | 'after';

/** Tests that failed, were lost or were skipped since. A test is found again where it, or its file, was renamed. */
export function compareTests(pairs: readonly CheckPair[]): Compared {
  const run = pairs.filter((pair) => hasRun(pair.before) && hasRun(pair.after));
  if (run.length === 0) return { findings: [], words: '' };
  const isKnown = run.some(({ after }) => after?.tests !== undefined);
  const isRed = run.some(({ after }) => after?.state === 'failed');
  const state = run.some(isBlinded) ? '' : `tests ${isRed ? 'red' : 'ok'}`;
  const words = isKnown ? `tests ${numbers(run, 'after')} (${numbers(run, 'before')} before)` : state;
  return { findings: run.flatMap(comparePair), words };
}

function numbers(pairs: readonly CheckPair[], side: Side): string {
  return testNumbers(pairs.flatMap((pair) => pair[side]?.tests ?? []));
}

function comparePair(pair: CheckPair): readonly Finding[] {
  const { before, after } = pair;
  if (!hasRun(before) || !hasRun(after)) return [];
  const flaky = [
    ...(after.tests ?? []).filter(({ isFlaky }) => isFlaky === true),
    ...(after.isFlaky === true ? [{ name: nameOf(after) }] : []),
  ].map(flakyFinding);
  if (before.tests === undefined || after.tests === undefined) return [...flaky, ...brokenAsWhole(pair, false)];
  const matched = unmatched(before.tests, after.tests, [
    ({ file, name }) => JSON.stringify([file, name]),
    ({ name }) => (name === wholeFile ? undefined : name),
    ({ file, name }) => JSON.stringify([file, flatName(name)]),
    ({ name }) => (name === wholeFile ? undefined : flatName(name)),
    ({ file, name }) => JSON.stringify([file, steadyName(name)]),
    ({ file, name }) => JSON.stringify([file, lastName(name)]),
  ]);
  const changed = matched.pairs.flatMap(([old, now]) => changeFinding(old, now));
  const fresh = matched.after.filter(({ outcome }) => outcome === 'failed').map(failedFinding);
  const told = [...changed, ...fresh, ...lostFindings(matched.before, after)];
  return [...told, ...flaky, ...brokenAsWhole(pair, told.length > 0)];
}

/** A name in which suites are joined by spaces, as the report of Mocha has it. */
function flatName(name: string): string {
  return name.replaceAll(/\s+(?:>\s+)?/g, ' ').trim();
}

/** A name without what differs from run to run: numbers and long hexadecimal words. */
function steadyName(name: string): string {
  return name.replaceAll(/\b[0-9a-f]{8,}\b|\d+/gi, '0');
}

function lastName(name: string): string {
  return name.split(' > ').at(-1) ?? name;
}

function changeFinding(old: TestOutcome, now: TestOutcome): readonly Finding[] {
  if (now.outcome === 'failed' && old.outcome !== 'failed') return [failedFinding(now)];
  const isHeld = ({ outcome }: TestOutcome): boolean => outcome === 'skipped' || outcome === 'todo';
  if (!isHeld(now) || isHeld(old)) return [];
  const message = `The test ${now.name} ${old.outcome} before and is skipped now.`;
  return [{ rule: 'gate/test-skipped', severity: 'error', message, symbol: now.name, ...fileOf(now) }];
}

function failedFinding(test: TestOutcome): Finding {
  const what =
    test.name === wholeFile ? `The test file ${test.file ?? ''} cannot be run` : `The test ${test.name} fails`;
  return {
    rule: 'gate/test-failed',
    severity: 'error',
    message: `${what}${test.message === undefined ? '.' : `: ${test.message}`}`,
    ...(/\b(time-?out|timed out)\b/i.test(test.message ?? '') ? { cure: measureAgain } : {}),
    symbol: test.name,
    ...fileOf(test),
  };
}

const measureAgain =
  'It ran into its time limit, twice: where the machine was busy, measure again with the same command before you look further.';

const namesShown = 3;
/** So many lost tests of a file are told one by one; nobody reads more lines that say the same. */
const apartMax = 5;

/** Tests that are lost for one reason are told at once: those of a file, and of a command that gave no report. */
function lostFindings(lost: readonly TestOutcome[], after: CheckResult): readonly Finding[] {
  const { tests = [], unreadable } = after;
  const broken = new Set(
    tests.filter(({ name, outcome }) => name === wholeFile && outcome === 'failed').map(({ file }) => file),
  );
  // A file that could not be run as a whole, and has tests now, is mended.
  const isMended = ({ name, file }: TestOutcome): boolean =>
    name === wholeFile && tests.some((test) => test.file === file && test.name !== wholeFile);
  const gone = lost.filter((test) => broken.has(test.file) || !isMended(test));
  if (unreadable !== undefined && gone.length > 1) return [lostReport(gone, after)];
  return [...new Set(gone.map(({ file }) => file))].flatMap((file) => {
    const own = gone.filter((test) => test.file === file);
    const isApart = file === undefined || (own.length <= apartMax && !broken.has(file));
    return isApart ? own.map(lostFinding) : [lostTogether(file, own)];
  });
}

function lostTogether(file: string, lost: readonly TestOutcome[]): Finding {
  const message = `${counted(lost.length, 'test')} of ${file} ${lost.length === 1 ? 'is' : 'are'} not there any more: ${someOf(lost)}.`;
  return { rule: 'gate/test-lost', severity: 'error', message, file, evidence: namesOf(lost) };
}

function lostReport(lost: readonly TestOutcome[], after: CheckResult): Finding {
  const object = nameOf(after);
  const message = `${lost.length} tests are not there any more (${someOf(lost)}), since a command of ${object} gave no report. ${after.unreadable ?? ''}`;
  const evidence = [...after.lastLines, namesOf(lost)].join('\n');
  return { rule: 'gate/test-lost', severity: 'error', message, object, evidence };
}

function someOf(tests: readonly TestOutcome[]): string {
  const more = tests.length > namesShown ? ` and ${tests.length - namesShown} more` : '';
  return `${tests
    .slice(0, namesShown)
    .map(({ name }) => name)
    .join(', ')}${more}`;
}

function namesOf(tests: readonly TestOutcome[]): string {
  return tests.map(({ name }) => name).join('\n');
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

function flakyFinding(test: Pick<TestOutcome, 'name' | 'file'>): Finding {
  const message = `${test.name} failed once and passed when it was run again.`;
  return { rule: 'gate/test-flaky', severity: 'warning', message, symbol: test.name, ...fileOf(test) };
}

function fileOf({ file }: Pick<TestOutcome, 'file'>): { readonly file?: string } {
  return file === undefined ? {} : { file };
}
