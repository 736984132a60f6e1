import ts from '../typescript.cts';
import { keyOf } from './declaration.ts';
import type { Call, UseRole } from './use.ts';
import type { Sight } from './use-sight.ts';

/** How an identifier is used where it stands; it is no import and no declaration's own name. */
export function roleOf(sight: Sight, node: ts.Identifier | ts.PrivateIdentifier | ts.StringLiteralLike): UseRole {
  const whole = wholeOf(node);
  const { parent } = whole;
  if ((ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression === whole)
    return { kind: ts.isNewExpression(parent) ? 'new' : 'call', call: callOf(sight, parent) };
  if (ts.isTaggedTemplateExpression(parent) && parent.tag === whole)
    return { kind: 'call', call: callOf(sight, parent) };
  if (ts.isExpressionWithTypeArguments(parent)) return heritageRole(parent);
  if (ts.isTypeReferenceNode(parent) && parent.typeName === whole)
    return { kind: 'type', typeArguments: parent.typeArguments?.length ?? 0 };
  if (ts.isImportTypeNode(parent)) return { kind: 'type', typeArguments: parent.typeArguments?.length ?? 0 };
  if ((ts.isInterfaceDeclaration(parent) || ts.isModuleDeclaration(parent)) && parent.name === whole)
    return { kind: 'augment' };
  if (ts.isQualifiedName(parent) && parent.left === whole) return { kind: 'value' };
  if (isWritten(whole)) return { kind: 'write' };
  return { kind: whole === node ? 'value' : 'read' };
}

/** `a.b` of its `b`, `a['b']` of its `'b'`, `A.B` of its `B`. */
function wholeOf(node: ts.Node): ts.Node {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return outside(parent);
  if (ts.isElementAccessExpression(parent) && parent.argumentExpression === node) return outside(parent);
  if (ts.isQualifiedName(parent) && parent.right === node) return parent;
  return outside(node);
}

/** Parentheses, `!`, `as` and `satisfies` change nothing about how a value is used. */
function outside(node: ts.Node): ts.Node {
  const { parent } = node;
  const isWrapper =
    ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent) || ts.isSatisfiesExpression(parent);
  return isWrapper ? outside(parent) : node;
}

function heritageRole(node: ts.ExpressionWithTypeArguments): UseRole {
  const clause = node.parent;
  const isClass = ts.isHeritageClause(clause) && ts.isClassLike(clause.parent);
  const isExtended = isClass && clause.token === ts.SyntaxKind.ExtendsKeyword;
  return isExtended ? { kind: 'extends' } : { kind: 'type', typeArguments: node.typeArguments?.length ?? 0 };
}

function isWritten(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent) && parent.left === node)
    return (
      parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
      parent.operatorToken.kind <= ts.SyntaxKind.LastAssignment
    );
  if (ts.isDeleteExpression(parent)) return true;
  return (
    (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) &&
    (parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken)
  );
}

function callOf(
  { checker, known }: Sight,
  node: ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression,
): Call {
  const declaration = checker.getResolvedSignature(node)?.getDeclaration();
  const signature = declaration === undefined ? undefined : keyOf(declaration);
  const list = ts.isTaggedTemplateExpression(node) ? [] : (node.arguments ?? []);
  return {
    signature: signature !== undefined && known.has(signature) ? signature : undefined,
    arguments: ts.isTaggedTemplateExpression(node) ? 1 : list.length,
    hasSpread: list.some((argument) => ts.isSpreadElement(argument)),
    isResultUsed: isResultUsed(node),
    isTag: ts.isTaggedTemplateExpression(node),
  };
}

function isResultUsed(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)) return false;
  return ts.isAwaitExpression(parent) || ts.isParenthesizedExpression(parent) ? isResultUsed(parent) : true;
}
