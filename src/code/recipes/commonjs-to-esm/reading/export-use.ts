import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import { isTarget } from './scope.ts';

/** A place where a file touches its own exports: `exports` or `module.exports`. */
export type ExportUse = {
  /** `exports` or `module.exports` itself. */
  readonly node: TypeScript.Expression;
} & (
  | {
      /** `module.exports = …` as a statement of the file's own level; `isBoth` where `exports` is given it too. */
      readonly kind: 'whole';
      readonly statement: TypeScript.ExpressionStatement;
      readonly value: TypeScript.Expression;
      readonly isBoth: boolean;
    }
  /** `exports.a = …` as a statement of the file's own level. */
  | {
      readonly kind: 'property';
      readonly statement: TypeScript.ExpressionStatement;
      readonly name: string;
      readonly value: TypeScript.Expression;
    }
  /** `exports.a` where it is only read. */
  | { readonly kind: 'read'; readonly name: string; readonly access: TypeScript.PropertyAccessExpression }
  /** `Object.defineProperty(exports, '__esModule', …)`, which a compiler wrote. */
  | { readonly kind: 'marker'; readonly statement: TypeScript.ExpressionStatement }
  /** The other name in `exports = module.exports = …`. */
  | { readonly kind: 'alias' }
  /** `isReplaced` where a function gives the module other exports when it is called. */
  | { readonly kind: 'other'; readonly isReplaced: boolean }
);

/** What a use of `exports` or `module.exports` is. */
export function exportUse(node: TypeScript.Expression): ExportUse {
  const { parent } = node;
  if (isAssignmentTo(node, parent)) return wholeUse(node, parent);
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
    const holder = parent.parent;
    if (isAssignmentTo(parent, holder) && isOfFile(holder.parent) && !isChain(holder.right)) {
      return { node, kind: 'property', statement: holder.parent, name: parent.name.text, value: holder.right };
    }
    if (!isTarget(parent)) return { node, kind: 'read', name: parent.name.text, access: parent };
    return { node, kind: 'other', isReplaced: false };
  }
  if (ts.isCallExpression(parent) && isOfFile(parent.parent) && /__esModule/.test(parent.getText()))
    return { node, kind: 'marker', statement: parent.parent };
  return { node, kind: 'other', isReplaced: false };
}

function wholeUse(node: TypeScript.Expression, assignment: TypeScript.BinaryExpression): ExportUse {
  const outer = assignment.parent;
  if (isOfFile(outer)) {
    const inner = assignment.right;
    if (!isPlainAssignment(inner) || !isExports(inner.left))
      return isChain(inner) || ts.isIdentifier(node)
        ? { node, kind: 'other', isReplaced: false }
        : { node, kind: 'whole', statement: outer, value: inner, isBoth: false };
    return isChain(inner.right)
      ? { node, kind: 'other', isReplaced: false }
      : { node, kind: 'whole', statement: outer, value: inner.right, isBoth: true };
  }
  if (isPlainAssignment(outer) && isExports(outer.left) && isOfFile(outer.parent) && !isChain(assignment.right))
    return { node, kind: 'alias' };
  return { node, kind: 'other', isReplaced: isInFunction(node) };
}

function isAssignmentTo(node: TypeScript.Node, parent: TypeScript.Node): parent is TypeScript.BinaryExpression {
  return isPlainAssignment(parent) && parent.left === node;
}

function isPlainAssignment(node: TypeScript.Node): node is TypeScript.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

function isChain(node: TypeScript.Expression): boolean {
  return isPlainAssignment(node);
}

function isExports(node: TypeScript.Expression): boolean {
  return node.getText() === 'exports' || node.getText() === 'module.exports';
}

function isOfFile(node: TypeScript.Node): node is TypeScript.ExpressionStatement {
  return ts.isExpressionStatement(node) && ts.isSourceFile(node.parent);
}

function isInFunction(node: TypeScript.Node): boolean {
  return ts.findAncestor(node, (one) => ts.isFunctionLike(one)) !== undefined;
}
