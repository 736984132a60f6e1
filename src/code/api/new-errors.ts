import type { Place } from '../snapshot.ts';
import { placeAt } from '../text/place.ts';
import ts from '../typescript.cts';
import { type Cause, causeOf, type Range } from './cause-of.ts';
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
  readonly around: readonly Range[];
  /** Where the values come from that stand there: declarations in the same file, one step back. */
  readonly origins: readonly Range[];
  /** What value it is about, and what makes that other than before: offsets in the file's text. */
  readonly cause: Cause;
};

export type NewErrors = {
  readonly errors: readonly NewError[];
  /** Where the tree's own errors are: offsets in the file's text; read only where there are others. */
  readonly standing: readonly number[];
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
): NewErrors {
  const file = now.getSourceFile(sight.file.fileName);
  if (file === undefined) return none;
  const after = errorsOf(now, file, isLoose(sight.path, { isJavascriptChecked }));
  if (after.length === 0) return none;
  const known = new Set(errorsOf(old, sight.file, false).map(({ start = 0 }) => start));
  return {
    errors: after.filter(({ start = 0 }) => !known.has(start)).map((diagnostic) => describe(sight, diagnostic)),
    standing: [...known].map((start) => start + sight.markLength),
  };
}

const none: NewErrors = { errors: [], standing: [] };

/** What a program says of one file; `isLoose` leaves only what would fail at run time. */
export function errorsOf(program: ts.Program, file: ts.SourceFile, isLoose: boolean): readonly ts.Diagnostic[] {
  return program
    .getSemanticDiagnostics(file)
    .filter((diagnostic) => isError(diagnostic) && (!isLoose || runtimeCodes.has(diagnostic.code)));
}

/** True for JavaScript that its tree does not check. */
export function isLoose(path: string, project: { readonly isJavascriptChecked: boolean }): boolean {
  return /\.[cm]?jsx?$/.test(path) && !project.isJavascriptChecked;
}

function isError({ category }: ts.Diagnostic): boolean {
  return category === ts.DiagnosticCategory.Error;
}

function describe(sight: Sight, { start = 0, length = 0, code, messageText }: ts.Diagnostic): NewError {
  const { file, path, text, markLength } = sight;
  const place = placeAt(path, text, { offset: start + markLength, length });
  const end = placeAt(path, text, { offset: start + markLength + length, length: 0 });
  const range = { start, end: start + length };
  const nodes = around(file, range, isOfMember(code));
  // Of `return x` the compiler marks the keyword alone; a member that is missing is a matter of what it is read from.
  const named = isOfMember(code) ? [] : originsOf(sight, range);
  const origins = named.length > 0 ? named : originsOf(sight, nodes.at(-1) ?? range);
  const cause = causeOf(sight, range);
  const marked = (found: Range): Range => ({ start: found.start + markLength, end: found.end + markLength });
  return {
    place,
    endLine: end.line,
    endColumn: end.column,
    code,
    // Where fetched packages lie in memory says nothing to a reader.
    message: ts
      .flattenDiagnosticMessageText(messageText, '\n')
      .replaceAll(/[^"'\s]*\/\.godwit-api\/(?:old|new)\/node_modules\//g, ''),
    around: nodes.map(marked),
    origins: origins.map(marked),
    cause: {
      ...cause,
      names: cause.names.map(marked),
      callee: cause.callee === undefined ? undefined : marked(cause.callee),
    },
  };
}

/** Declarations in the file of what is named in the range. */
function originsOf({ checker, file }: Sight, range: Range): readonly Range[] {
  const found = new Set<ts.Node>();
  const visit = (node: ts.Node): void => {
    if (node.getEnd() < range.start || node.getStart(file) > range.end) return;
    if (ts.isIdentifier(node)) {
      for (const declaration of checker.getSymbolAtLocation(node)?.declarations ?? []) {
        if (declaration.getSourceFile() === file && !ts.isImportDeclaration(declaration.parent))
          found.add(wholeOf(declaration));
      }
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return [...found].map((node) => ({ start: node.getStart(file), end: node.getEnd() }));
}

/** A name in a pattern comes from the variable that the pattern takes apart. */
function wholeOf(declaration: ts.Node): ts.Node {
  return ts.isBindingElement(declaration) ? wholeOf(declaration.parent.parent) : declaration;
}

/** That a member is not there is a matter of what it is read from, and of nothing around that. */
export function isOfMember(code: number): boolean {
  return code === 2339 || code === 2551;
}

/**
 * Every node that holds the range, the smallest first, up to the statement or member that it belongs to; with `isOfMember` up
 * to the expression that reads it.
 */
function around(file: ts.SourceFile, { start, end }: Range, isOfMember: boolean): readonly Range[] {
  const ranges: Range[] = [];
  const visit = (node: ts.Node): void => {
    const range = { start: node.getStart(file), end: node.getEnd() };
    if (range.start > start || range.end < end) return;
    const isReading = isOfMember && ts.isPropertyAccessExpression(node) && node.name.getStart(file) === start;
    if (isWhole(node) || isReading) ranges.length = 0;
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
