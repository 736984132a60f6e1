import ts from '../typescript.cts';
import type { Sight } from './use-sight.ts';

/** What an error is about: a value, and what makes its type differ between both versions. Offsets as the compiler counts. */
export type Cause = {
  /** The name that the value's expression begins with: `chalk` of `chalk.red.bold`. */
  readonly root: string | undefined;
  /** Names in the code that give the value another type than before, the innermost first; none where its type's text is the same. */
  readonly names: readonly Range[];
  /** Text of the value's type in both versions, where they differ. */
  readonly types: { readonly before: string; readonly after: string } | undefined;
  /** The name of what is called, where the value is an argument. */
  readonly callee: Range | undefined;
  /** True where the value is a function that is written there: what stands in it has no part in how it is taken. */
  readonly isFunction: boolean;
  /** True where a member of the module itself is missed that its default export does not have either. */
  readonly isGoneFromDefault: boolean;
};

export type Range = { readonly start: number; readonly end: number };

/** A type's text is for people and for comparison; a longer one says nothing to either. */
const typeTextMax = 2_000;

/**
 * The value that an error is about, and where it gets its type: what is compared is the type of each part of its expression in
 * both programs, so that of `of(1).pipe(f).toPromise()` it is the part that changed. `range` is what the compiler marks. Pure.
 */
export function causeOf(sight: Sight, range: Range): Cause {
  const marked = markedNode(sight.file, range);
  const subject = marked === undefined ? undefined : subjectOf(marked);
  const around = {
    callee: marked === undefined ? undefined : calleeOf(sight, marked),
    isFunction: marked !== undefined && ts.isFunctionLike(marked),
    isGoneFromDefault: marked !== undefined && subject !== undefined && isGoneFromDefault(sight, marked, subject),
  };
  if (subject === undefined) return { ...around, root: rootOf(marked), names: [], types: undefined };
  const names = causesOf(sight, subject, new Set()).map((node) => rangeOf(sight, node));
  return { ...around, root: rootOf(subject), names, types: typesOf(sight, subject) };
}

function rangeOf({ file }: Sight, node: ts.Node): Range {
  return { start: node.getStart(file), end: node.getEnd() };
}

function calleeOf(sight: Sight, marked: ts.Node): Range | undefined {
  const { parent } = marked;
  const isCall = ts.isCallExpression(parent) || ts.isNewExpression(parent);
  if (!isCall || parent.arguments?.some((argument) => argument === marked) !== true) return undefined;
  const name = nameOf(bareOf(parent.expression));
  return name === undefined ? undefined : rangeOf(sight, name);
}

/** What CommonJS gets of an ES module is its namespace: what was read from the thing itself may be at its default export. */
function isGoneFromDefault({ later }: Sight, marked: ts.Node, subject: ts.Expression): boolean {
  if (later === undefined || !(ts.isIdentifier(marked) || ts.isStringLiteralLike(marked))) return false;
  const module = later.getTypeAtLocation(subject);
  const byDefault = later.getPropertyOfType(module, 'default');
  if (byDefault === undefined || !isModule(module)) return false;
  const type = later.getTypeOfSymbolAtLocation(byDefault, subject);
  return (type.flags & ts.TypeFlags.Any) === 0 && later.getPropertyOfType(type, marked.text) === undefined;
}

/** The outermost node that is marked as a whole; of `return x` the compiler marks the keyword alone. */
function markedNode(file: ts.SourceFile, { start, end }: Range): ts.Node | undefined {
  let [whole, deepest]: [ts.Node | undefined, ts.Node | undefined] = [undefined, undefined];
  const visit = (node: ts.Node): void => {
    if (node.getStart(file) > start || node.getEnd() <= start) return;
    if (whole === undefined && !ts.isStatement(node) && node.getStart(file) === start && node.getEnd() === end)
      whole = node;
    deepest = node;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return nameIn(whole ?? deepest);
}

/** Of an element of a pattern the name of the member that is taken. */
function nameIn(node: ts.Node | undefined): ts.Node | undefined {
  return node !== undefined && ts.isBindingElement(node) ? (node.propertyName ?? node.name) : node;
}

/** The expression whose type does not fit where a name or a keyword is marked; what a missing member is read from. */
function subjectOf(marked: ts.Node): ts.Expression | undefined {
  const { parent } = marked;
  if (ts.isReturnStatement(marked)) return marked.expression;
  if (ts.isPropertyAccessExpression(parent) && parent.name === marked) return parent.expression;
  if (ts.isShorthandPropertyAssignment(parent)) return parent.name;
  const isNamed =
    ts.isVariableDeclaration(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isBindingElement(parent);
  if (ts.isBindingElement(parent) && isTakenFrom(parent, marked)) return initializerOf(parent);
  if (isNamed && parent.name === marked) return parent.initializer;
  if (ts.isJsxAttribute(parent) && parent.name === marked) return insideOf(parent.initializer);
  const isAssigned = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  if (isAssigned && parent.left === marked) return parent.right;
  return ts.isExpression(marked) ? marked : undefined;
}

function isModule(type: ts.Type): boolean {
  const symbol = type.getSymbol();
  return symbol !== undefined && (symbol.flags & ts.SymbolFlags.ValueModule) !== 0;
}

/** `{ member }` or `{ member: name }` of a pattern, where it is the member that is marked. */
function isTakenFrom({ parent, name, propertyName, initializer }: ts.BindingElement, marked: ts.Node): boolean {
  return ts.isObjectBindingPattern(parent) && (propertyName ?? name) === marked && initializer === undefined;
}

function insideOf(initializer: ts.JsxAttributeValue | undefined): ts.Expression | undefined {
  return initializer !== undefined && ts.isJsxExpression(initializer) ? initializer.expression : initializer;
}

/** From inside out the names that give an expression its other type: nothing where both types read the same. */
function causesOf(sight: Sight, expression: ts.Expression, seen: Set<ts.Node>): readonly ts.Node[] {
  const bare = bareOf(expression);
  if (seen.has(bare) || typesOf(sight, bare) === undefined) return [];
  seen.add(bare);
  const inner = partsOf(sight, bare)
    .map((part) => causesOf(sight, part, seen))
    .find((found) => found.length > 0);
  const name = nameOf(bare);
  return [...(inner ?? []), ...(name === undefined ? [] : [name])];
}

function typesOf({ checker, later }: Sight, expression: ts.Expression): Cause['types'] {
  if (later === undefined) return undefined;
  const [before, after] = [checker, later].map((one) =>
    one
      .typeToString(one.getTypeAtLocation(expression), undefined, ts.TypeFormatFlags.NoTruncation)
      .slice(0, typeTextMax),
  );
  return before === undefined || after === undefined || before === after ? undefined : { before, after };
}

/** Parentheses, `await`, `!`, `as` and `satisfies` have the value of what is in them. */
function bareOf(expression: ts.Expression): ts.Expression {
  const isWrapper =
    ts.isParenthesizedExpression(expression) ||
    ts.isAwaitExpression(expression) ||
    ts.isNonNullExpression(expression) ||
    ts.isAsExpression(expression) ||
    ts.isSatisfiesExpression(expression);
  return isWrapper ? bareOf(expression.expression) : expression;
}

/** What an expression's type may come from; functions that are given get theirs from where they are given to. */
function partsOf({ checker, file }: Sight, expression: ts.Expression): readonly ts.Expression[] {
  if (ts.isCallExpression(expression) || ts.isNewExpression(expression)) {
    const { expression: callee } = expression;
    const given = (expression.arguments ?? []).filter((one) => !ts.isFunctionLike(one) && !ts.isSpreadElement(one));
    return [...(ts.isPropertyAccessExpression(callee) ? [callee.expression] : []), ...given];
  }
  if (ts.isPropertyAccessExpression(expression) || ts.isElementAccessExpression(expression))
    return [expression.expression];
  if (ts.isConditionalExpression(expression)) return [expression.whenTrue, expression.whenFalse];
  if (ts.isBinaryExpression(expression)) return [expression.left, expression.right];
  if (ts.isArrayLiteralExpression(expression)) return expression.elements.filter((one) => !ts.isSpreadElement(one));
  if (ts.isObjectLiteralExpression(expression))
    return expression.properties.flatMap((one) => (ts.isPropertyAssignment(one) ? [one.initializer] : []));
  if (!ts.isIdentifier(expression)) return [];
  const declaration = checker.getSymbolAtLocation(expression)?.valueDeclaration;
  if (declaration === undefined || declaration.getSourceFile() !== file) return [];
  const initializer = initializerOf(declaration);
  return initializer === undefined ? [] : [initializer];
}

/** A name in a pattern comes from the variable that the pattern takes apart. */
function initializerOf(declaration: ts.Node): ts.Expression | undefined {
  if (ts.isBindingElement(declaration)) return initializerOf(declaration.parent.parent);
  return ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
}

function nameOf(expression: ts.Expression): ts.Node | undefined {
  if (ts.isCallExpression(expression) || ts.isNewExpression(expression)) return nameOf(bareOf(expression.expression));
  if (ts.isPropertyAccessExpression(expression)) return expression.name;
  return ts.isIdentifier(expression) ? expression : undefined;
}

function rootOf(node: ts.Node | undefined): string | undefined {
  let found = node;
  while (
    found !== undefined &&
    (ts.isPropertyAccessExpression(found) || ts.isCallExpression(found) || ts.isNonNullExpression(found))
  )
    found = found.expression;
  return found !== undefined && ts.isIdentifier(found) ? found.text : undefined;
}
