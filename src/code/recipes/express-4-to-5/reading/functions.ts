import ts from '../../../typescript.cts';
import { bare, type FunctionNode, isFunctionNode, memberCallOf } from './walk.ts';

/** Finds what a name is. */
export type SymbolOf = (node: ts.Node) => ts.Symbol | undefined;

/** The function that an expression means, where it stands in this file: itself, by its name, or bound. */
export function functionOf(expression: ts.Expression, symbolOf: SymbolOf): FunctionNode | undefined {
  const node = bare(expression);
  if (isFunctionNode(node)) return node;
  const bound = memberCallOf(node);
  if (bound?.name.text === 'bind') return functionOf(bound.receiver, symbolOf);
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined;
  for (const declaration of symbolOf(node)?.declarations ?? []) {
    if (isFunctionNode(declaration)) return declaration;
    const { parent } = declaration;
    const value = isAssigned(declaration, parent) ? parent.right : initializerOf(declaration);
    if (value !== undefined && isFunctionNode(bare(value))) return functionOf(value, symbolOf);
  }
  return undefined;
}

/** True for the left side of an assignment, which in JavaScript declares a member. */
export function isAssigned(node: ts.Node, parent: ts.Node): parent is ts.BinaryExpression {
  return ts.isBinaryExpression(parent) && parent.left.pos === node.pos && parent.left.end === node.end;
}

function initializerOf(node: ts.Node): ts.Expression | undefined {
  const holds = ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node);
  return holds ? node.initializer : undefined;
}
