import ts from 'typescript';
import { placeAt } from '../place.ts';
import type { Place } from '../snapshot.ts';
import type { Sight } from './use-sight.ts';

/** What the compiler says of a file with the new version, and did not say with the old one. */
export type NewError = {
  readonly place: Place;
  readonly endLine: number;
  readonly endColumn: number;
  /** e.g. 2339 of TS2339 */
  readonly code: number;
  readonly message: string;
  /** What stands around it, from inside out to the statement: offsets in the file's text. */
  readonly around: readonly { readonly start: number; readonly end: number }[];
};

/** Of JavaScript that its tree does not check, only what would fail at run time counts: names and modules that are not there. */
const runtimeCodes = new Set([
  1192, 1259, 1471, 1479, 2305, 2307, 2339, 2349, 2351, 2459, 2497, 2551, 2613, 2614, 2616, 2617, 2694, 2724,
]);

/** Compiles one file against both versions and gives what is new. Errors at the same place in both are the tree's own. */
export function newErrors(
  sight: Sight,
  {
    old,
    now,
    isJavascriptChecked,
  }: { readonly old: ts.Program; readonly now: ts.Program; readonly isJavascriptChecked: boolean },
): readonly NewError[] {
  const file = now.getSourceFile(sight.file.fileName);
  if (file === undefined) return [];
  const after = now.getSemanticDiagnostics(file).filter(isError);
  if (after.length === 0) return [];
  const known = new Set(
    old
      .getSemanticDiagnostics(sight.file)
      .filter(isError)
      .map(({ start }) => start),
  );
  const isLoose = /\.[cm]?jsx?$/.test(sight.path) && !isJavascriptChecked;
  return after
    .filter(({ start, code }) => !known.has(start) && (!isLoose || runtimeCodes.has(code)))
    .map((diagnostic) => describe(sight, diagnostic));
}

function isError({ category }: ts.Diagnostic): boolean {
  return category === ts.DiagnosticCategory.Error;
}

function describe(
  { file, path, text, markLength }: Sight,
  { start = 0, length = 0, code, messageText }: ts.Diagnostic,
): NewError {
  const place = placeAt(path, text, { offset: start + markLength, length });
  const end = placeAt(path, text, { offset: start + markLength + length, length: 0 });
  return {
    place,
    endLine: end.line,
    endColumn: end.column,
    code,
    message: ts.flattenDiagnosticMessageText(messageText, '\n'),
    around: around(file, { start, end: start + length }).map((range) => ({
      start: range.start + markLength,
      end: range.end + markLength,
    })),
  };
}

type Range = { readonly start: number; readonly end: number };

/** Every node that holds the range, the smallest first, up to the statement or member that it belongs to. */
function around(file: ts.SourceFile, { start, end }: Range): readonly Range[] {
  const ranges: Range[] = [];
  const visit = (node: ts.Node): void => {
    const range = { start: node.getStart(file), end: node.getEnd() };
    if (range.start > start || range.end < end) return;
    if (isWhole(node)) ranges.length = 0;
    ranges.unshift(range);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return ranges;
}

/** What lies outside of a statement, a class member or a function's body has nothing to do with an error in it. */
function isWhole(node: ts.Node): boolean {
  return ts.isStatement(node) || ts.isClassElement(node);
}
