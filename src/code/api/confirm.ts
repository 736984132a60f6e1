import type { Finding } from '#core/finding';
import { describedBy } from './package-name.ts';

/** An error of the compiler, as its text or JSON names it: path from the root of the tree with slashes, line from 1. */
export type CompilerError = {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
  /** e.g. `TS2339` */
  readonly code: string;
  readonly message: string;
};

/** What a prediction came to when the tree was compiled against the new version. */
export type Verdict =
  | { readonly kind: 'confirmed'; readonly finding: Finding; readonly errors: readonly CompilerError[] }
  /** `isVisible` where the compiler would have said something if the prediction held. */
  | {
      readonly kind: 'unconfirmed';
      readonly finding: Finding;
      readonly isVisible: boolean;
      readonly because: string;
    };

export type Confirmation = {
  readonly verdicts: readonly Verdict[];
  /** Errors that no prediction told of. */
  readonly unpredicted: readonly CompilerError[];
  /** Errors that follow from a break that was predicted: a value became `any` and cannot be checked any more. */
  readonly consequences: readonly CompilerError[];
  /** Shares from 0 to 1; undefined where there is nothing to count. */
  readonly precision: number | undefined;
  readonly recall: number | undefined;
};

/** Evidence of a prediction that no compiler shares as long as another one holds. */
export const hiddenNote = 'The compiler sees it once what it is read from is mended.';

/** Implicit any, and indexing what is not known: told where something else broke. */
const consequence = /^TS(70(05|06|10|11|18|19|22|23|24|31|34|53)|18046)$/;

/**
 * Holds predictions against what the compiler says with the new version installed, less what it said before. Errors count by
 * line: a compiler may mark the argument where a prediction marks the call. Predictions of which no compiler speaks
 * (JavaScript, what shows only when it runs) are told apart and are not counted. Pure.
 */
export function confirmPredictions(
  predictions: readonly Finding[],
  errors: { readonly before: readonly CompilerError[]; readonly after: readonly CompilerError[] },
): Confirmation {
  const fresh = without(without(errors, placeOf), saidAt).after;
  const told = new Set<CompilerError>();
  const verdicts = predictions.map((finding): Verdict => {
    const matching = fresh.filter((error) => isAt(finding, error));
    for (const error of matching) told.add(error);
    if (matching.length > 0) return { kind: 'confirmed', finding, errors: matching };
    return { kind: 'unconfirmed', finding, isVisible: isVisible(finding), because: reasonOf(finding) };
  });
  const rest = fresh.filter((error) => !told.has(error));
  const hasBreak = new Set(predictions.map(({ file }) => file));
  const consequences = rest.filter(({ code, file }) => consequence.test(code) && hasBreak.has(file));
  const unpredicted = rest.filter((error) => !consequences.includes(error));
  const counted = verdicts.filter(({ kind, finding }) => kind === 'confirmed' || isVisible(finding));
  const confirmed = verdicts.filter(({ kind }) => kind === 'confirmed').length;
  const found = new Set([...told].map(lineKeyOf)).size;
  const missed = new Set(unpredicted.map(lineKeyOf)).size;
  return {
    verdicts,
    unpredicted,
    consequences,
    precision: counted.length === 0 ? undefined : confirmed / counted.length,
    recall: found + missed === 0 ? undefined : found / (found + missed),
  };
}

type Sides = { readonly before: readonly CompilerError[]; readonly after: readonly CompilerError[] };

/** Takes out what is on both sides, one for one. */
function without({ before, after }: Sides, keyOf: (error: CompilerError) => string): Sides {
  const counts = new Map<string, number>();
  for (const error of before) counts.set(keyOf(error), (counts.get(keyOf(error)) ?? 0) + 1);
  const fresh = after.filter((error) => {
    const left = counts.get(keyOf(error)) ?? 0;
    counts.set(keyOf(error), left - 1);
    return left <= 0;
  });
  const rest = before.filter((error) => {
    const left = counts.get(keyOf(error)) ?? 0;
    counts.set(keyOf(error), left - 1);
    return left > 0;
  });
  return { before: rest, after: fresh };
}

/** Messages name versions. Of a call the compiler marks the first argument that does not fit: another one is another error. */
function placeOf({ file, line, column, code }: CompilerError): string {
  return `${file}:${line}:${column ?? ''} ${code}`;
}

function saidAt({ file, line, code, message }: CompilerError): string {
  return `${file}:${line} ${code} ${message}`;
}

function lineKeyOf({ file, line }: CompilerError): string {
  return `${file}:${line}`;
}

/** A marked text of many lines is one literal; the compiler marks its first lines, or one of its properties. */
const linesMax = 3;

function isAt(finding: Finding, error: CompilerError): boolean {
  const { file, line, endLine } = finding;
  if (file !== error.file || line === undefined) return false;
  if (isOfForm(finding, error)) return true;
  return error.line >= line && error.line <= Math.min(endLine ?? line, line + linesMax - 1);
}

const forms = new Set([
  'api/require-of-esm',
  'api/export-equals-to-default',
  'api/default-to-named',
  'api/named-to-default',
]);

/** What a module is read as is told where it is imported; the compiler marks what is read from it. */
function isOfForm({ rule, package: name }: Finding, { message }: CompilerError): boolean {
  if (name === undefined || !forms.has(rule)) return false;
  const home = /typeof import\("[^"]*node_modules\/((?:@[^/"]+\/)?[^/"]+)/.exec(message)?.[1];
  return home !== undefined && describedBy(home) === describedBy(name);
}

/** True where the compiler would say something if the prediction holds: it does when it did in memory. */
function isVisible({ rule, file, evidence }: Finding): boolean {
  if (evidence !== undefined && /^TS\d+:/m.test(evidence)) return true;
  return rule !== 'api/require-of-esm' && !isJavascript(file) && evidence?.includes(hiddenNote) !== true;
}

function isJavascript(file: string | undefined): boolean {
  return /\.[cm]?jsx?$/.test(file ?? '');
}

function reasonOf(finding: Finding): string {
  if (finding.evidence?.includes(hiddenNote) === true) return hiddenNote;
  if (finding.rule === 'api/require-of-esm')
    return 'It shows only when it runs: the compiler lets CommonJS import it with these settings.';
  if (isJavascript(finding.file) && !isVisible(finding))
    return 'It is JavaScript: the compiler does not know what stands there; it shows when it runs.';
  if (finding.rule === 'api/overload-removed')
    return 'Another overload takes the call: it compiles, and may mean something else when it runs.';
  return 'The compiler finds nothing wrong there: types may come to it on another way than expected.';
}
