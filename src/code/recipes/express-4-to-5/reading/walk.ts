import ts from '../../../typescript.cts';

/** Anything with parameters and, here, a body. */
export type FunctionNode =
  | ts.ArrowFunction
  | ts.FunctionExpression
  | ts.FunctionDeclaration
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration;

/** A call of a member: `response.send(404)`. */
export type MemberCall = {
  readonly call: ts.CallExpression;
  /** `response` */
  readonly receiver: ts.Expression;
  /** `send` */
  readonly name: ts.Identifier;
  readonly args: readonly ts.Expression[];
};

/** True for a node that is called with arguments and has a body. */
export function isFunctionNode(node: ts.Node): node is FunctionNode {
  return (
    ts.isArrowFunction(node) ||
    ts.isFunctionExpression(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node)
  );
}

/** A call read as that of a member, undefined where it is none. */
export function memberCallOf(node: ts.Node): MemberCall | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  if (!ts.isPropertyAccessExpression(expression) || !ts.isIdentifier(expression.name)) return undefined;
  return { call: node, receiver: expression.expression, name: expression.name, args: node.arguments };
}

/** The expression within parentheses, casts, `satisfies`, `!` and `await`. */
export function bare(node: ts.Expression): ts.Expression {
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isTypeAssertionExpression(node) ||
    ts.isAwaitExpression(node)
  ) {
    return bare(node.expression);
  }
  return node;
}

/** The nearest function around a node. */
export function functionAround(node: ts.Node): FunctionNode | undefined {
  const { parent } = node;
  if (parent === undefined || ts.isSourceFile(parent)) return undefined;
  return isFunctionNode(parent) ? parent : functionAround(parent);
}

/** What a string literal or template without holes says; undefined for anything else. */
export function stringOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** True where an expression may become an operation without parentheses: nothing beside it can bind more tightly. */
export function isAlone({ parent }: ts.Node): boolean {
  return (
    ts.isVariableDeclaration(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isReturnStatement(parent) ||
    ts.isCallExpression(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isExpressionStatement(parent) ||
    ts.isParenthesizedExpression(parent) ||
    ts.isTemplateSpan(parent) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)
  );
}
