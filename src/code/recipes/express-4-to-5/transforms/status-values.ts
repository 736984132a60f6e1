import ts from '../../../typescript.cts';
import type { ExpressSource } from '../reading/express-source.ts';
import { bare } from '../reading/walk.ts';

/** What an argument is: `status` surely or by its name a number, `other` surely none, `unknown` neither. */
export type Kind = 'status' | 'other' | 'unknown';

/** Names that people give to a status. */
const statusName = /^(http)?_?(status|code|statusCode|status_code|httpStatus|statusCodes?)$/i;
const statusHolder = /(^|\.)(http)?_?status_?(codes?)?$/i;

/** Reads whether an expression is a status code: by its syntax, by what it was declared as, then by its name. */
export function kindOf(expression: ts.Expression, source: ExpressSource): Kind {
  const node = bare(expression);
  if (ts.isNumericLiteral(node)) return 'status';
  if (isOther(node)) return 'other';
  if (ts.isConditionalExpression(node)) {
    const [one, other] = [kindOf(node.whenTrue, source), kindOf(node.whenFalse, source)];
    return one === other ? one : 'unknown';
  }
  if (ts.isBinaryExpression(node)) return kindOfOperation(node, source);
  if (ts.isPropertyAccessExpression(node)) {
    if (statusHolder.test(node.expression.getText())) return 'status';
    return statusName.test(node.name.text) ? 'status' : 'unknown';
  }
  if (!ts.isIdentifier(node)) return 'unknown';
  const declared = declaredKind(node, source);
  if (declared !== undefined) return declared;
  return statusName.test(node.text) ? 'status' : 'unknown';
}

function kindOfOperation(node: ts.BinaryExpression, source: ExpressSource): Kind {
  const { operatorToken, left, right } = node;
  const [one, other] = [kindOf(left, source), kindOf(right, source)];
  const isChoice = [ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken].includes(operatorToken.kind);
  if (isChoice) return one === 'other' || other === 'other' ? other : one === 'unknown' ? other : one;
  if (operatorToken.kind === ts.SyntaxKind.PlusToken && (one === 'other' || other === 'other')) return 'other';
  return 'unknown';
}

function declaredKind(node: ts.Identifier, source: ExpressSource): Kind | undefined {
  if (node.text === 'undefined') return 'other';
  for (const declaration of source.reader.symbolOf(node)?.declarations ?? []) {
    if (!ts.isVariableDeclaration(declaration) && !ts.isParameter(declaration)) continue;
    if (declaration.type !== undefined) return kindOfType(declaration.type);
    const isConstant = ts.isVariableDeclaration(declaration) && (declaration.parent.flags & ts.NodeFlags.Const) !== 0;
    if (!isConstant || declaration.initializer === undefined) continue;
    const kind = kindOf(declaration.initializer, source);
    if (kind !== 'unknown') return kind;
  }
  return undefined;
}

function kindOfType(type: ts.TypeNode): Kind | undefined {
  if (type.kind === ts.SyntaxKind.NumberKeyword) return 'status';
  const isOtherType =
    type.kind === ts.SyntaxKind.StringKeyword ||
    type.kind === ts.SyntaxKind.BooleanKeyword ||
    ts.isArrayTypeNode(type) ||
    ts.isTypeLiteralNode(type);
  return isOtherType ? 'other' : undefined;
}

function isOther(node: ts.Expression): boolean {
  return (
    ts.isStringLiteralLike(node) ||
    ts.isTemplateExpression(node) ||
    ts.isObjectLiteralExpression(node) ||
    ts.isArrayLiteralExpression(node) ||
    ts.isNewExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isFunctionExpression(node) ||
    ts.isJsxElement(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    node.kind === ts.SyntaxKind.NullKeyword
  );
}
