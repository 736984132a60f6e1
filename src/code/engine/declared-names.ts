import type * as TypeScript from 'typescript';
import ts from '../typescript.cts';
import { nodesBelow } from './compiler-tree.ts';

/** Every name that a file declares, in whatever scope. Pure. */
export function declaredNames(source: TypeScript.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodesBelow(source)) {
    const isName =
      ts.isIdentifier(node) &&
      (ts.isVariableDeclaration(node.parent) ||
        ts.isParameter(node.parent) ||
        ts.isBindingElement(node.parent) ||
        ts.isFunctionDeclaration(node.parent) ||
        ts.isFunctionExpression(node.parent) ||
        ts.isClassDeclaration(node.parent) ||
        ts.isEnumDeclaration(node.parent) ||
        ts.isImportClause(node.parent) ||
        ts.isImportSpecifier(node.parent) ||
        ts.isNamespaceImport(node.parent)) &&
      node.parent.name === node;
    if (isName) names.add(node.text);
  }
  return names;
}
