import type { Finding } from '#core/finding';
import { brokenAsWhole, type CheckPair, type Compared, counted, hasRun } from './compared.ts';
import type { LintProblem, TypeProblem } from './measurement.ts';
import { type Key, unmatched } from './unmatched.ts';

type Problem = {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly id: string;
  readonly message: string;
  readonly text?: string | undefined;
  readonly severity: 'error' | 'warning';
};

/** Type errors that are there after and were not before. */
export function compareTypes(pairs: readonly CheckPair[]): Compared {
  const problemOf = ({ code, ...rest }: TypeProblem): Problem => ({ ...rest, id: code, severity: 'error' });
  const found = compareAll(pairs, {
    rule: 'gate/type-error-new',
    before: ({ before }) => before?.types?.map(problemOf),
    after: ({ after }) => after?.types?.map(problemOf),
  });
  if (found.pairs === 0) return { findings: [], words: '' };
  const { fresh, before, after } = found.errors;
  const words = found.isKnown
    ? `${counted(fresh, 'new type error')} (${before} before, ${after} after)`
    : found.words('types');
  return { findings: found.findings, words };
}

/** Problems of linters that are there after and were not before; only those of severity `error` fail the gate. */
export function compareLint(pairs: readonly CheckPair[]): Compared {
  const problemOf = ({ rule, ...rest }: LintProblem): Problem => ({ ...rest, id: rule });
  const found = compareAll(pairs, {
    rule: 'gate/lint-new',
    before: ({ before }) => before?.lint?.map(problemOf),
    after: ({ after }) => after?.lint?.map(problemOf),
  });
  if (found.pairs === 0) return { findings: [], words: '' };
  const { errors, warnings } = found;
  const more = warnings.fresh === 0 ? '' : ` and ${counted(warnings.fresh, 'new warning')}`;
  const words = found.isKnown
    ? `lint ${counted(errors.fresh, 'new error')}${more} (${errors.before} before, ${errors.after} after)`
    : found.words('lint');
  return { findings: found.findings, words };
}

type Side = (pair: CheckPair) => readonly Problem[] | undefined;
type Count = { readonly fresh: number; readonly before: number; readonly after: number };

function compareAll(
  pairs: readonly CheckPair[],
  { rule, before, after }: { readonly rule: string; readonly before: Side; readonly after: Side },
) {
  const run = pairs.filter((pair) => hasRun(pair.before) && hasRun(pair.after));
  const known = run.filter((pair) => before(pair) !== undefined && after(pair) !== undefined);
  const each = known.map((pair) => freshIn(before(pair) ?? [], after(pair) ?? []));
  const fresh = each.flat();
  const broken = run.flatMap((pair) => {
    const at = known.indexOf(pair);
    return brokenAsWhole(pair, each[at]?.some(({ severity }) => severity === 'error') === true);
  });
  const count = (severity: Problem['severity']): Count => {
    const ofThat = (problems: readonly Problem[]): number =>
      problems.filter((problem) => problem.severity === severity).length;
    return {
      fresh: ofThat(fresh),
      before: ofThat(known.flatMap((pair) => before(pair) ?? [])),
      after: ofThat(known.flatMap((pair) => after(pair) ?? [])),
    };
  };
  return {
    pairs: run.length,
    isKnown: known.length > 0,
    findings: [...fresh.map((problem) => findingOf(problem, rule)), ...broken],
    errors: count('error'),
    warnings: count('warning'),
    words: (name: string): string => {
      if (broken.length > 0) return `${name} broken`;
      return run.some((pair) => pair.after?.state === 'failed') ? `${name} red as before` : `${name} ok`;
    },
  };
}

/**
 * Lines move, so a place is no key: first file, id, message and the text of the line; then message or text alone, since a
 * new version words things anew; then another file, which may be the old one renamed.
 */
function freshIn(before: readonly Problem[], after: readonly Problem[]): readonly Problem[] {
  const filesAfter = new Set(after.map(({ file }) => file));
  const key =
    (...parts: readonly ((problem: Problem) => string | undefined)[]): Key<Problem> =>
    (problem) => {
      const values = parts.map((part) => part(problem));
      return values.includes(undefined) ? undefined : JSON.stringify([problem.severity, problem.id, ...values]);
    };
  const file = (problem: Problem): string => problem.file ?? '';
  const message = (problem: Problem): string => problem.message;
  const text = (problem: Problem): string | undefined => problem.text;
  const name = (problem: Problem): string => file(problem).slice(file(problem).lastIndexOf('/') + 1);
  const exact = unmatched(before, after, [key(file, message, text), key(file, message), key(file, text)]);
  const gone = exact.before.filter((problem) => problem.file !== undefined && !filesAfter.has(problem.file));
  return unmatched(gone, exact.after, [key(name, message, text), key(message, text)]).after;
}

function findingOf({ file, line, column, id, message, severity }: Problem, rule: string): Finding {
  return {
    rule,
    severity,
    message: `${id}: ${message}`,
    symbol: id,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
}
