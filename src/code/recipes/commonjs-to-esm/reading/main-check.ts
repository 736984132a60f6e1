import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';

/** `require.main === module`, either way round, with two or three signs; also `!==`, which then is the whole of it. */
export function mainCheck(node: TypeScript.Expression): TypeScript.Expression | undefined {
  const { parent } = node;
  if (!ts.isBinaryExpression(parent)) return undefined;
  const other = parent.left === node ? parent.right : parent.left;
  return ts.isIdentifier(other) && other.text === 'module' && isEquality(parent) ? parent : undefined;
}

/** The other side of `require.main === module`. */
export function isInMainCheck(node: TypeScript.Node): boolean {
  const { parent } = node;
  if (!ts.isBinaryExpression(parent)) return false;
  const other = parent.left === node ? parent.right : parent.left;
  return ts.isPropertyAccessExpression(other) && other.getText() === 'require.main' && isEquality(parent);
}

/** `!module.parent`, `module.parent === null`, or `module.parent` where only its truth counts: whether this file was started. */
export function parentCheck(node: TypeScript.Expression): TypeScript.Expression | undefined {
  const { parent } = node;
  if (ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.ExclamationToken) return parent;
  if (ts.isBinaryExpression(parent)) {
    const other = parent.left === node ? parent.right : parent.left;
    if (other.kind === ts.SyntaxKind.NullKeyword && isEquality(parent)) return parent;
  }
  return isCondition(node) ? node : undefined;
}

function isCondition(node: TypeScript.Node): boolean {
  const { parent } = node;
  if (ts.isIfStatement(parent)) return parent.expression === node;
  if (ts.isConditionalExpression(parent)) return parent.condition === node;
  const isLogical =
    ts.isBinaryExpression(parent) &&
    [ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken].includes(parent.operatorToken.kind);
  return (isLogical || ts.isParenthesizedExpression(parent)) && isCondition(parent);
}

/** True for a check that holds where the file is not the one that was started. */
export function saysPart(check: TypeScript.Expression): boolean {
  return (
    ts.isPropertyAccessExpression(check) ||
    (ts.isBinaryExpression(check) && /^!==?$/.test(check.operatorToken.getText()))
  );
}

function isEquality({ operatorToken: { kind } }: TypeScript.BinaryExpression): boolean {
  return [
    ts.SyntaxKind.EqualsEqualsToken,
    ts.SyntaxKind.EqualsEqualsEqualsToken,
    ts.SyntaxKind.ExclamationEqualsToken,
    ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ].includes(kind);
}
