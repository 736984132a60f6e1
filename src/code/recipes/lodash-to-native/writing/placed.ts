import type * as TypeScript from 'typescript';
import type { TextEdit } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import type { Written } from '../native-form.ts';

/** The edit that puts native code in the place of an expression, in parentheses where that place needs them. */
export function placed(node: TypeScript.Expression, written: Written): TextEdit {
  const { parent } = node;
  const isNegated = ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.ExclamationToken;
  if (isNegated && written.negated !== undefined)
    return edit(parent, isFit(parent, written) ? written.negated : `(${written.negated})`);
  const isBare = written.level === 'primary' ? !isCallee(node) : isFit(node, written);
  return edit(node, isBare ? written.text : `(${written.text})`);
}

function edit(node: TypeScript.Node, text: string): TextEdit {
  const offset = node.getStart();
  return { offset, length: node.end - offset, text };
}

/** `new` would take the first call for its own. */
function isCallee(node: TypeScript.Expression): boolean {
  let at: TypeScript.Expression = node;
  while (ts.isPropertyAccessExpression(at.parent) && at.parent.expression === at) at = at.parent;
  return ts.isNewExpression(at.parent) && at.parent.expression === at;
}

/** A place that takes any expression without a comma. */
function isSafe(node: TypeScript.Expression): boolean {
  const { parent } = node;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.expression !== node;
  if (ts.isConditionalExpression(parent) || ts.isElementAccessExpression(parent))
    return ts.isElementAccessExpression(parent) && parent.argumentExpression === node;
  if (ts.isBinaryExpression(parent)) return isLoose(parent, node);
  return (
    ts.isParenthesizedExpression(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isReturnStatement(parent) ||
    ts.isIfStatement(parent) ||
    ts.isWhileStatement(parent) ||
    ts.isArrowFunction(parent) ||
    ts.isTemplateSpan(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isJsxExpression(parent) ||
    ts.isParameter(parent) ||
    ts.isPropertyDeclaration(parent)
  );
}

/** On the right of an assignment. */
function isLoose(parent: TypeScript.BinaryExpression, node: TypeScript.Expression): boolean {
  const { kind } = parent.operatorToken;
  return parent.right === node && kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** A comparison binds more tightly than what joins and chooses. An object may not open the body of an arrow function. */
function isFit(node: TypeScript.Expression, { level }: Written): boolean {
  const { parent } = node;
  if (level === 'object' && ts.isArrowFunction(parent)) return false;
  const isJoined = ts.isBinaryExpression(parent) && /^(&&|\|\||\?\?)$/.test(parent.operatorToken.getText());
  return isSafe(node) || (level === 'comparison' && (isJoined || ts.isConditionalExpression(parent)));
}
