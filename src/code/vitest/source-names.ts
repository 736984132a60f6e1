import ts from '../typescript.cts';

/** What a call of `require` names; undefined for any other expression. */
export function requiredModule(node: ts.Node | undefined): string | undefined {
  if (node === undefined || !ts.isCallExpression(node) || node.expression.getText() !== 'require') return undefined;
  const [module] = node.arguments;
  return module !== undefined && ts.isStringLiteralLike(module) ? module.text : undefined;
}

/** True where a node declares a name. */
export function isDeclared(node: ts.Node, name: string): boolean {
  const declares =
    ts.isVariableDeclaration(node) ||
    ts.isBindingElement(node) ||
    ts.isParameter(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isImportSpecifier(node) ||
    ts.isImportClause(node) ||
    ts.isNamespaceImport(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isInterfaceDeclaration(node);
  return declares && node.name !== undefined && ts.isIdentifier(node.name) && node.name.text === name;
}

/** The name of a test function or hook that a call begins with: `it.each(…)(…)` is `it`. */
export function calledGlobal(node: ts.CallExpression): string | undefined {
  let callee: ts.Expression = node.expression;
  while (!ts.isIdentifier(callee)) {
    if (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee)) callee = callee.expression;
    else if (ts.isTaggedTemplateExpression(callee)) callee = callee.tag;
    else return undefined;
  }
  return callee.text;
}
