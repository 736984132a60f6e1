import ts from '../typescript.cts';

const quietMakers = new Set([
  'Map',
  'Set',
  'WeakMap',
  'WeakSet',
  'Array',
  'Error',
  'Date',
  'RegExp',
  'AbortController',
]);
const quietCalls = new Set(['Symbol', 'Object.freeze', 'Object.create', 'String', 'Number', 'Boolean']);

/** True where running a statement, when its module is loaded, does something that others may notice. */
export function runsAtLoad(node: ts.Statement): boolean {
  if (ts.isFunctionDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node))
    return false;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isImportEqualsDeclaration(node)) return false;
  if (ts.isEmptyStatement(node)) return false;
  if (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword))
    return false;
  if (ts.isExpressionStatement(node)) return !ts.isStringLiteral(node.expression);
  if (ts.isExportAssignment(node)) return !isQuiet(node.expression);
  if (ts.isEnumDeclaration(node)) {
    return node.members.some(({ initializer }) => initializer !== undefined && !isQuiet(initializer));
  }
  if (ts.isClassDeclaration(node)) return !isQuietClass(node);
  if (!ts.isVariableStatement(node)) return true;
  return node.declarationList.declarations.some(
    ({ name, initializer }) => !ts.isIdentifier(name) || (initializer !== undefined && !isQuiet(initializer)),
  );
}

function isQuietClass(node: ts.ClassLikeDeclaration): boolean {
  if (ts.canHaveDecorators(node) && (ts.getDecorators(node) ?? []).length > 0) return false;
  const extended = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  if (extended?.types.some(({ expression }) => !isQuiet(expression)) === true) return false;
  return node.members.every((member) => {
    if (ts.isClassStaticBlockDeclaration(member)) return false;
    if (member.name !== undefined && ts.isComputedPropertyName(member.name) && !isQuiet(member.name.expression))
      return false;
    if (ts.canHaveDecorators(member) && (ts.getDecorators(member) ?? []).length > 0) return false;
    const isStatic = (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0;
    const initializer = isStatic && ts.isPropertyDeclaration(member) ? member.initializer : undefined;
    return initializer === undefined || isQuiet(initializer);
  });
}

/** True for an expression that only makes a value, and asks nothing that could run other code. */
function isQuiet(node: ts.Expression): boolean {
  if (ts.isIdentifier(node) || ts.isLiteralExpression(node)) return true;
  if (ts.isFunctionExpression(node) || ts.isArrowFunction(node)) return true;
  if (isWord(node)) return true;
  if (ts.isClassExpression(node)) return isQuietClass(node);
  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node)) return isQuiet(node.expression);
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return isQuiet(node.expression);
  if (ts.isPrefixUnaryExpression(node)) return !isWriting(node.operator) && isQuiet(node.operand);
  if (ts.isTemplateExpression(node)) return node.templateSpans.every(({ expression }) => isQuiet(expression));
  if (ts.isConditionalExpression(node)) return [node.condition, node.whenTrue, node.whenFalse].every(isQuiet);
  if (ts.isPropertyAccessExpression(node)) return isQuiet(node.expression);
  if (ts.isBinaryExpression(node)) return !isAssigning(node) && isQuiet(node.left) && isQuiet(node.right);
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isQuiet);
  if (ts.isSpreadElement(node)) return isQuiet(node.expression);
  if (ts.isOmittedExpression(node)) return true;
  if (ts.isObjectLiteralExpression(node)) return node.properties.every(isQuietProperty);
  if (ts.isNewExpression(node))
    return quietMakers.has(node.expression.getText()) && (node.arguments ?? []).every(isQuiet);
  return ts.isCallExpression(node) && quietCalls.has(node.expression.getText()) && node.arguments.every(isQuiet);
}

function isQuietProperty(node: ts.ObjectLiteralElementLike): boolean {
  if (node.name !== undefined && ts.isComputedPropertyName(node.name) && !isQuiet(node.name.expression)) return false;
  if (ts.isPropertyAssignment(node)) return isQuiet(node.initializer);
  if (ts.isSpreadAssignment(node)) return isQuiet(node.expression);
  return true;
}

function isWord({ kind }: ts.Node): boolean {
  return (
    kind === ts.SyntaxKind.TrueKeyword || kind === ts.SyntaxKind.FalseKeyword || kind === ts.SyntaxKind.NullKeyword
  );
}

function isWriting(operator: ts.PrefixUnaryOperator): boolean {
  return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
}

function isAssigning({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
