import { placeAt } from '../text/place.ts';
import ts from '../typescript.cts';
import { keyOf } from './declaration.ts';
import type { DeclarationKey } from './shape.ts';
import type { Use, UseRole } from './use.ts';

/** What is needed to see uses in one file. */
export type Sight = {
  readonly checker: ts.TypeChecker;
  readonly file: ts.SourceFile;
  /** Of the program with the new version, over the same parsed file. */
  readonly later: ts.TypeChecker | undefined;
  /** Path from the root of the tree. */
  readonly path: string;
  /** The file's text, its byte order mark included. */
  readonly text: string;
  /** 1 where the text has a byte order mark, which the compiler does not count. */
  readonly markLength: number;
  /** True where the file's `import` becomes `require`. */
  readonly isCommonJs: boolean;
  /** Declarations whose uses are looked for. */
  readonly known: ReadonlySet<DeclarationKey>;
  /** True for the specifiers of the packages whose imports are looked for. */
  isWanted(specifier: string): boolean;
};

export type Seen = {
  readonly role: UseRole;
  readonly keys: readonly DeclarationKey[];
  readonly exported?: { readonly specifier: string; readonly name: string } | undefined;
  readonly untypedOf?: readonly DeclarationKey[] | undefined;
};

/** A use at a node. */
export function useAt(
  { file, path, text, markLength, later }: Sight,
  node: ts.Node,
  { role, keys, exported, untypedOf }: Seen,
): Use {
  const start = node.getStart(file) + markLength;
  const length = node.getEnd() + markLength - start;
  const end = placeAt(path, text, { offset: start + length, length: 0 });
  return {
    place: placeAt(path, text, { offset: start, length }),
    endLine: end.line,
    endColumn: end.column,
    text: text.slice(start, start + length).slice(0, 120),
    keys,
    role,
    isJavascript: /\.[cm]?jsx?$/.test(path),
    ...(exported === undefined ? {} : { exported }),
    ...(untypedOf === undefined ? {} : { untypedOf }),
    ...(later !== undefined && isHidden(later, node) ? { isHidden: true } : {}),
  };
}

/** A member of something of which the new version leaves nothing known. */
function isHidden(later: ts.TypeChecker, { parent }: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(parent)) return false;
  return (later.getTypeAtLocation(parent.expression).flags & ts.TypeFlags.Any) !== 0;
}

/** Declarations of a symbol, and of what it is an alias of, whose uses are looked for. */
export function watchedKeys({ checker, known }: Sight, symbol: ts.Symbol | undefined): readonly DeclarationKey[] {
  if (symbol === undefined) return [];
  const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  const meant = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
  return (meant.declarations ?? []).map(keyOf).filter((key) => known.has(key));
}

/** What an identifier means: for `{ name }` the value, not the property. */
export function symbolAt(checker: ts.TypeChecker, node: ts.Node): ts.Symbol | undefined {
  return ts.isShorthandPropertyAssignment(node.parent) && node.parent.name === node
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
}
