import type * as TypeScript from 'typescript';
import { nodesBelow } from '../engine/compiler-tree.ts';
import ts from '../typescript.cts';

/** What the names of one file mean within it, by the compiler's own scopes; nothing of another file is known. */
export type NamesInFile = {
  /** The one place of the file that declares what a name, or a member of `this` or of a class, means. */
  declarationOf(name: TypeScript.Node): TypeScript.Declaration | undefined;
  /** Every other place of the file that means the same declaration. */
  usesOf(declaration: TypeScript.Declaration): readonly TypeScript.Identifier[];
  /** The function that an expression is, or names. */
  functionOf(node: TypeScript.Node): FunctionInFile | undefined;
};

export type FunctionInFile = {
  readonly node:
    | TypeScript.FunctionDeclaration
    | TypeScript.MethodDeclaration
    | TypeScript.ArrowFunction
    | TypeScript.FunctionExpression;
  /** What its name declares, or itself where a module gives it without one; undefined where it stands in its only use. */
  readonly named: TypeScript.Declaration | undefined;
};

/** Binds the names of a file when they are first asked for. */
export function namesInFile(source: TypeScript.SourceFile): NamesInFile {
  let checker: TypeScript.TypeChecker | undefined;
  let spelled: ReadonlyMap<string, readonly TypeScript.Identifier[]> | undefined;
  const symbolOf = (node: TypeScript.Node): TypeScript.Symbol | undefined => {
    checker ??= checkerOf(source);
    return ts.isShorthandPropertyAssignment(node.parent) && node.parent.name === node
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node);
  };
  const declarationOf = (node: TypeScript.Node): TypeScript.Declaration | undefined => {
    const [own, ...others] = symbolOf(nameOf(node))?.declarations ?? [];
    return others.length > 0 || own?.getSourceFile() !== source ? undefined : own;
  };
  return {
    declarationOf,
    usesOf: (declaration) => {
      const name = ts.getNameOfDeclaration(declaration);
      if (name === undefined) return [];
      spelled ??= identifiersIn(source);
      const alike = spelled.get(name.getText()) ?? [];
      return alike.filter((node) => node !== name && declarationOf(node) === declaration);
    },
    functionOf: (node) => functionMeant(node, declarationOf),
  };
}

/** The identifiers of a file by their text. */
function identifiersIn(source: TypeScript.SourceFile): ReadonlyMap<string, readonly TypeScript.Identifier[]> {
  const spelled = new Map<string, TypeScript.Identifier[]>();
  for (const node of nodesBelow(source)) {
    if (!ts.isIdentifier(node)) continue;
    const known = spelled.get(node.text);
    if (known === undefined) spelled.set(node.text, [node]);
    else known.push(node);
  }
  return spelled;
}

/** The function that an expression is, or that what it names declares. */
export function functionMeant(
  node: TypeScript.Node,
  declarationOf: NamesInFile['declarationOf'],
): FunctionInFile | undefined {
  const at = unwrapped(node);
  if (isFunction(at)) return { node: at, named: undefined };
  const named = declarationOf(at);
  if (named === undefined) return undefined;
  if (ts.isFunctionDeclaration(named) || ts.isMethodDeclaration(named) || isFunction(named))
    return { node: named, named };
  const isHeld =
    ts.isPropertyDeclaration(named) ||
    ts.isPropertyAssignment(named) ||
    (ts.isVariableDeclaration(named) && isConstant(named));
  const value = isHeld && named.initializer !== undefined ? unwrapped(named.initializer) : undefined;
  return value !== undefined && isFunction(value) ? { node: value, named } : undefined;
}

/** A function with the name that it is held under. */
export function heldFunction(node: TypeScript.Node): FunctionInFile | undefined {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) return { node, named: node };
  if (!isFunction(node)) return undefined;
  const { parent } = node;
  const isHeld =
    ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isPropertyAssignment(parent);
  return { node, named: isHeld ? parent : isGiven(node) ? node : undefined };
}

/** `export default (row) => …`, `exports.toUser = (row) => …` */
function isGiven({ parent }: TypeScript.Node): boolean {
  if (ts.isExportAssignment(parent)) return true;
  return ts.isBinaryExpression(parent) && /^(module\.)?exports\b/.test(parent.left.getText());
}

/** True for a declaration that other files may reach: exported, or a member of a class or an object that is not private. */
export function isExported(declaration: TypeScript.Declaration): boolean {
  if (ts.isPropertyAssignment(declaration) || ts.isExportAssignment(declaration) || isGiven(declaration)) return true;
  if (ts.isMethodDeclaration(declaration) || ts.isPropertyDeclaration(declaration))
    return !isPrivateMember(declaration);
  if ((ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0) return true;
  const text = ts.getNameOfDeclaration(declaration)?.getText() ?? '';
  return [...declaration.getSourceFile().statements].some(
    (statement) =>
      (ts.isExportAssignment(statement) && hasName(statement, text)) ||
      (ts.isExportDeclaration(statement) && hasName(statement, text)) ||
      (/^(module\.)?exports\b/.test(statement.getText()) && hasName(statement, text)),
  );
}

/** Is a member of a class one that only this class reaches? */
export function isPrivateMember(declaration: TypeScript.Declaration): boolean {
  const name = ts.getNameOfDeclaration(declaration);
  const isPrivate = (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Private) !== 0;
  return isPrivate || (name !== undefined && ts.isPrivateIdentifier(name));
}

function hasName(node: TypeScript.Node, text: string): boolean {
  return [...nodesBelow(node)].some((one) => ts.isIdentifier(one) && one.text === text);
}

function isConstant({ parent }: TypeScript.VariableDeclaration): boolean {
  return (parent.flags & ts.NodeFlags.Const) !== 0;
}

function isFunction(node: TypeScript.Node): node is TypeScript.ArrowFunction | TypeScript.FunctionExpression {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}

/** Without parentheses, types and `.bind(this)`. */
function unwrapped(node: TypeScript.Node): TypeScript.Node {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
    return unwrapped(node.expression);
  const isBound =
    ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'bind';
  return isBound && ts.isPropertyAccessExpression(node.expression) ? node.expression.expression : node;
}

/** The name by which an expression names something: of `this.toRow.bind(this)` the `toRow`. */
export function namedAt(node: TypeScript.Node): TypeScript.Node {
  return nameOf(unwrapped(node));
}

function nameOf(node: TypeScript.Node): TypeScript.Node {
  return ts.isPropertyAccessExpression(node) ? node.name : node;
}

const options: TypeScript.CompilerOptions = { allowJs: true, noLib: true, noResolve: true, types: [] };

function checkerOf(source: TypeScript.SourceFile): TypeScript.TypeChecker {
  const { fileName } = source;
  const host: TypeScript.CompilerHost = {
    getSourceFile: (name) => (name === fileName ? source : undefined),
    getDefaultLibFileName: () => '',
    writeFile: () => {},
    getCurrentDirectory: () => '',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (name) => name === fileName,
    readFile: () => undefined,
  };
  return ts.createProgram({ rootNames: [fileName], options, host }).getTypeChecker();
}
