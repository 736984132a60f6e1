import type { Finding } from '#core/finding';
import { brokenAsWhole, type CheckPair, type Compared, counted, hasRun, isBlinded } from './compared.ts';
import type { GateMeasurement, LintProblem, TypeProblem } from './measurement.ts';
import { type Key, unmatched } from './unmatched.ts';
import { unseenTypes } from './unseen-types.ts';

type Problem = {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly id: string;
  readonly message: string;
  readonly text?: string | undefined;
  readonly severity: 'error' | 'warning';
};
type Side = 'before' | 'after';

/** The source files at both times. */
export type Sources = { readonly [side in Side]: GateMeasurement['sources'] };

/** Type errors that are there after and were not before, also those that a build prints. */
export function compareTypes(pairs: readonly CheckPair[], sources: Sources): Compared {
  const run = pairs.filter(isComparable);
  const known = run.filter(({ before, after }) => before?.types !== undefined && after?.types !== undefined);
  const all = (side: Side): readonly Problem[] =>
    distinct(known.flatMap((pair) => pair[side]?.types ?? []).map(typeProblem));
  const fresh = freshIn(all('before'), all('after'), sources);
  const checks = run.filter(({ after }) => after?.kind === 'types');
  const broken = checks.flatMap((pair) => brokenAsWhole(pair, fresh.length > 0));
  const numbers = `${counted(fresh.length, 'new type error')} (${all('before').length} before, ${all('after').length} after)`;
  const isCounted = known.some(({ after }) => after?.kind === 'types') || all('after').length > 0;
  const words = isCounted ? numbers : wordsFor(checks, broken, 'types');
  const findings = fresh.map((problem) => findingOf(problem, 'gate/type-error-new'));
  return { findings: [...findings, ...broken, ...known.flatMap(unseenTypes)], words };
}

/** Problems of linters that are there after and were not before; only those of severity `error` fail the gate. */
export function compareLint(pairs: readonly CheckPair[], sources: Sources): Compared {
  const run = pairs.filter(isComparable);
  const known = run.filter(({ before, after }) => before?.lint !== undefined && after?.lint !== undefined);
  const all = (side: Side): readonly Problem[] =>
    distinct(known.flatMap((pair) => pair[side]?.lint ?? []).map(lintProblem));
  const fresh = freshIn(all('before'), all('after'), sources);
  const of = (severity: Problem['severity'], problems: readonly Problem[]): number =>
    problems.filter((problem) => problem.severity === severity).length;
  const broken = run.flatMap((pair) => brokenAsWhole(pair, of('error', fresh) > 0));
  const more = of('warning', fresh) === 0 ? '' : ` and ${counted(of('warning', fresh), 'new warning')}`;
  const numbers = `lint ${counted(of('error', fresh), 'new error')}${more} (${of('error', all('before'))} before, ${of('error', all('after'))} after)`;
  const words = known.length > 0 ? numbers : wordsFor(run, broken, 'lint');
  return { findings: [...fresh.map((problem) => findingOf(problem, 'gate/lint-new')), ...broken], words };
}

function isComparable({ before, after }: CheckPair): boolean {
  return hasRun(before) && hasRun(after);
}

function wordsFor(run: readonly CheckPair[], broken: readonly Finding[], name: string): string {
  if (run.length === 0 || run.some(isBlinded)) return '';
  if (broken.length > 0) return `${name} broken`;
  return run.some(({ after }) => after?.state === 'failed') ? `${name} red as before` : `${name} ok`;
}

function typeProblem({ code, ...rest }: TypeProblem): Problem {
  return { ...rest, id: code, severity: 'error' };
}

function lintProblem({ rule, ...rest }: LintProblem): Problem {
  return { ...rest, id: rule };
}

/** Two checks may see the same file: a problem at one place is one problem. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  const byPlace = new Map(
    problems.map((problem) => {
      const { file, line, column, id, message, severity } = problem;
      return [JSON.stringify([file, line, column, id, message, severity]), problem] as const;
    }),
  );
  return [...byPlace.values()];
}

/**
 * Lines move, so a place is no key: first file, id, message and the text of the line; then message or text alone, since a
 * new version words things anew; then the same under another name, where one file is gone and the other is new.
 */
function freshIn(before: readonly Problem[], after: readonly Problem[], sources: Sources): readonly Problem[] {
  const key =
    (...parts: readonly ((problem: Problem) => string | undefined)[]): Key<Problem> =>
    (problem) => {
      const values = parts.map((part) => part(problem));
      return values.includes(undefined) ? undefined : JSON.stringify([problem.severity, problem.id, ...values]);
    };
  const file = (problem: Problem): string => problem.file ?? '';
  const message = (problem: Problem): string => problem.message;
  const text = (problem: Problem): string | undefined => problem.text;
  const exact = unmatched(before, after, [key(file, message, text), key(file, message), key(file, text)]);
  const was = new Set(sources.before);
  const is = new Set(sources.after);
  const gone = exact.before.filter((problem) => problem.file !== undefined && !is.has(problem.file));
  const [come, rest] = [true, false].map((isNew) =>
    exact.after.filter((problem) => (problem.file !== undefined && !was.has(problem.file)) === isNew),
  );
  return [...(rest ?? []), ...unmatched(gone, come ?? [], [key(message, text), key(message), key(text)]).after];
}

/** What is wrong in a package is not mended in the tree's own code. */
function cureOf(file: string | undefined): { readonly cure?: string } {
  const name = /.*(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file ?? '')?.[1];
  if (name === undefined) return {};
  return {
    cure: `This is in ${name}, not in your code: update ${name} within its range (the lock file may hold an old version), or set skipLibCheck.`,
  };
}

function findingOf({ file, line, column, id, message, severity }: Problem, rule: string): Finding {
  return {
    rule,
    severity,
    message: `${id}: ${message}`,
    ...cureOf(file),
    symbol: id,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
}
