import ts from '../typescript.cts';
import { type NameNode, nameStart, nodesNamed } from './nodes-named.ts';
import { relativeIn } from './rename-project.ts';

/** What a name means: where the symbols behind it are declared, as sorted `file:offset`; of a shorthand, property and variable. */
export type Meaning = {
  readonly offset: number;
  readonly length: number;
  readonly property: readonly string[];
  readonly variable: readonly string[];
};

/** Where a declaration is, in the offsets of before. */
export type Place = (file: string, offset: number) => string;

export type MeaningOptions = { readonly root: string; readonly names: ReadonlySet<string>; readonly place: Place };

/** Every name of a file that is one of these, with what it means. Names that mean nothing are left out. */
export function meaningsIn(
  program: ts.Program,
  file: ts.SourceFile,
  options: MeaningOptions,
): ReadonlyMap<number, Meaning> {
  const checker = program.getTypeChecker();
  const found = new Map<number, Meaning>();
  for (const node of nodesNamed(file, options.names)) {
    const { property, variable } = symbolsOf(node, checker);
    const offset = nameStart(node, file);
    const declared = (symbols: readonly ts.Symbol[]): readonly string[] =>
      [...new Set(symbols.flatMap((symbol) => declarationsOf(symbol, checker, options)))].sort();
    found.set(offset, {
      offset,
      length: node.text.length,
      property: declared(property),
      variable: declared(variable),
    });
  }
  return found;
}

type Symbols = { readonly property: readonly ts.Symbol[]; readonly variable: readonly ts.Symbol[] };

/** `{ name }` means a property and a variable, as an object and as a pattern. */
function symbolsOf(node: NameNode, checker: ts.TypeChecker): Symbols {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent) && parent.name === node) {
    return {
      property: isPattern(parent.parent) ? [] : listed(checker.getSymbolAtLocation(node)),
      variable: listed(checker.getShorthandAssignmentValueSymbol(parent)),
    };
  }
  if (ts.isBindingElement(parent) && parent.name === node && ts.isObjectBindingPattern(parent.parent)) {
    const isShort = parent.propertyName === undefined && parent.dotDotDotToken === undefined;
    const type = checker.getTypeAtLocation(parent.parent);
    return {
      property: isShort ? listed(checker.getPropertyOfType(type, node.text)) : [],
      variable: listed(checker.getSymbolAtLocation(node)),
    };
  }
  if (ts.isBindingElement(parent) && parent.propertyName === node && ts.isObjectBindingPattern(parent.parent)) {
    const type = checker.getTypeAtLocation(parent.parent);
    return { property: listed(checker.getPropertyOfType(type, node.text)), variable: [] };
  }
  if (ts.isPropertyAssignment(parent) && parent.name === node && isPattern(parent.parent))
    return { property: [], variable: [] };
  if (ts.isPropertyAssignment(parent) && parent.name === node)
    return { property: listed(checker.getSymbolAtLocation(node)), variable: [] };
  return { property: [], variable: listed(checker.getSymbolAtLocation(node)) };
}

function listed(symbol: ts.Symbol | undefined): readonly ts.Symbol[] {
  return symbol === undefined ? [] : [symbol];
}

/** True for an object that is assigned to: `({ name } = value)`. */
function isPattern(node: ts.Node): boolean {
  const { parent } = node;
  if (parent === undefined) return false;
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    return parent.left === node;
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === node;
  const isPart = ts.isParenthesizedExpression(parent) || ts.isPropertyAssignment(parent) || ts.isSpreadElement(parent);
  return (isPart || ts.isObjectLiteralExpression(parent) || ts.isArrayLiteralExpression(parent)) && isPattern(parent);
}

/** Aliases are followed to what they stand for, and properties of unions and mapped types to those that they are made of. */
export function declarationsOf(
  symbol: ts.Symbol,
  checker: ts.TypeChecker,
  { root, place }: Pick<MeaningOptions, 'root' | 'place'>,
): readonly string[] {
  const meant = (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
  return checker.getRootSymbols(meant).flatMap((one) => {
    const exported = behindModuleExports(one, checker);
    return (exported ?? one).declarations?.map((declaration) => placeOf(declaration, { root, place })) ?? [];
  });
}

function placeOf(declaration: ts.Declaration, { root, place }: Pick<MeaningOptions, 'root' | 'place'>): string {
  const file = declaration.getSourceFile();
  const start = ts.isSourceFile(declaration) ? 0 : declaration.getStart(file);
  return place(relativeIn(root, file.fileName), start);
}

/** `module.exports = { a }` and `{ a: b }` pass a variable on; of the two the compiler takes only the first so. */
function behindModuleExports({ valueDeclaration }: ts.Symbol, checker: ts.TypeChecker): ts.Symbol | undefined {
  if (valueDeclaration === undefined || !ts.isObjectLiteralElementLike(valueDeclaration)) return undefined;
  const { parent: assignment } = valueDeclaration.parent;
  const isExports = ts.isBinaryExpression(assignment) && assignment.left.getText() === 'module.exports';
  if (!isExports) return undefined;
  if (ts.isShorthandPropertyAssignment(valueDeclaration))
    return checker.getShorthandAssignmentValueSymbol(valueDeclaration);
  if (!ts.isPropertyAssignment(valueDeclaration) || !ts.isIdentifier(valueDeclaration.initializer)) return undefined;
  return checker.getSymbolAtLocation(valueDeclaration.initializer);
}
