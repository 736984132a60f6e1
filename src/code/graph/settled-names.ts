import type * as TypeScript from 'typescript';
import { nodesBelow } from '../engine/compiler-tree.ts';
import ts from '../typescript.cts';

/** Names that a file declares once, in whatever scope, with a value, and gives no other: each with that value. Pure. */
export function settledNames(source: TypeScript.SourceFile): ReadonlyMap<string, readonly TypeScript.Expression[]> {
  const values = new Map<string, readonly TypeScript.Expression[]>();
  const unsettled = new Set<string>();
  const unsettle = (node: TypeScript.Node): void => {
    if (ts.isIdentifier(node)) unsettled.add(node.text);
    else if (!ts.isPropertyAccessExpression(node)) ts.forEachChild(node, unsettle);
  };
  for (const node of nodesBelow(source)) {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined) {
      if (values.has(node.name.text)) unsettle(node.name);
      values.set(node.name.text, [node.initializer]);
    } else if (
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isClassDeclaration(node)
    ) {
      if (node.name !== undefined) unsettle(node.name);
    } else if (ts.isBinaryExpression(node)) {
      const { kind } = node.operatorToken;
      if (kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment) unsettle(node.left);
    } else if (ts.isForInStatement(node) || ts.isForOfStatement(node)) {
      if (!ts.isVariableDeclarationList(node.initializer)) unsettle(node.initializer);
    }
  }
  return new Map([...values].filter(([name]) => !unsettled.has(name)));
}
