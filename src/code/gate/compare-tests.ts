import type { Finding } from '#core/finding';
import { brokenAsWhole, type CheckPair, type Compared, hasRun, isBlinded, nameOf, testNumbers } from './compared.ts';
import type { TestOutcome } from './measurement.ts';
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
  const told = [...changed, ...fresh, ...lostFindings(matched.before, after.tests)];
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

/** The tests of a file that cannot be run are lost for one reason, and told at once. */
function lostFindings(lost: readonly TestOutcome[], after: readonly TestOutcome[]): readonly Finding[] {
  const broken = new Set(
    after.filter(({ name, outcome }) => name === wholeFile && outcome === 'failed').map(({ file }) => file),
  );
  // A file that could not be run as a whole, and has tests now, is mended.
  const isMended = ({ name, file }: TestOutcome): boolean =>
    name === wholeFile && after.some((test) => test.file === file && test.name !== wholeFile);
  const apart = lost
    .filter((test) => (test.file === undefined || !broken.has(test.file)) && !isMended(test))
    .map(lostFinding);
  const together = [...broken].flatMap((file) => {
    const names = lost.filter((test) => test.file === file).map(({ name }) => name);
    if (file === undefined || names.length === 0) return [];
    const more = names.length > namesShown ? ` and ${names.length - namesShown} more` : '';
    const message = `${names.length} tests of ${file} are not there any more: ${names.slice(0, namesShown).join(', ')}${more}.`;
    return [{ rule: 'gate/test-lost', severity: 'error', message, file, evidence: names.join('\n') } as const];
  });
  return [...apart, ...together];
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
