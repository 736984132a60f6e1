import type * as TypeScript from 'typescript';
import ts from '../../typescript.cts';

/** What parentheses, a type, a spread or an await stand around. */
export function unwrapped(node: TypeScript.Expression): TypeScript.Expression | undefined {
  const isSame =
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isSpreadElement(node) ||
    ts.isAwaitExpression(node);
  return isSame ? node.expression : undefined;
}

export type FunctionNode = TypeScript.ArrowFunction | TypeScript.FunctionExpression;

/** A function that is written where it stands. */
export function isFunction(node: TypeScript.Node): node is FunctionNode {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}

/** `a || b`, `a ?? b`, `a && b` */
export function isChoice(node: TypeScript.Node): node is TypeScript.BinaryExpression {
  const kinds = [ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.AmpersandAmpersandToken];
  return ts.isBinaryExpression(node) && kinds.includes(node.operatorToken.kind);
}

/** The names that a parameter binds. */
export function namesBound(name: TypeScript.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesBound(element.name) : []));
}

/** The name that a chain of members and calls begins with. */
export function rootOf(node: TypeScript.Expression): string {
  let at: TypeScript.Expression = node;
  while (ts.isPropertyAccessExpression(at) || ts.isCallExpression(at) || ts.isNonNullExpression(at)) at = at.expression;
  return at.kind === ts.SyntaxKind.ThisKeyword ? 'this' : ts.isIdentifier(at) ? at.text : '';
}
