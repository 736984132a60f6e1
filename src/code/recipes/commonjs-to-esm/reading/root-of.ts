import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';

/** The identifier with which a chain of members and calls begins. */
export function rootOf(node: TypeScript.Expression): TypeScript.Identifier | undefined {
  if (ts.isIdentifier(node)) return node;
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node) || ts.isCallExpression(node))
    return rootOf(node.expression);
  return undefined;
}
