import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';

/** The directive among the first statements of a file or function that makes all of it strict. */
export function strictDirective(statements: readonly TypeScript.Statement[]): TypeScript.Statement | undefined {
  for (const one of statements) {
    if (!ts.isExpressionStatement(one) || !ts.isStringLiteral(one.expression)) return undefined;
    if (one.expression.text === 'use strict') return one;
  }
  return undefined;
}

/** True within a class, and in a function that says so itself: such code is the same in an ES module. */
export function isStrictCode(node: TypeScript.Node): boolean {
  for (let at: TypeScript.Node | undefined = node; at !== undefined; at = at.parent) {
    if (ts.isClassLike(at)) return true;
    const body = ts.isFunctionLike(at) && 'body' in at ? at.body : undefined;
    if (body !== undefined && ts.isBlock(body) && strictDirective(body.statements) !== undefined) return true;
  }
  return false;
}

/** An expression without the brackets around it. */
export function bare(node: TypeScript.Expression): TypeScript.Expression {
  return ts.isParenthesizedExpression(node) ? bare(node.expression) : node;
}

/** A function with a `this` and `arguments` of its own. */
export type OwnFunction = TypeScript.FunctionLikeDeclaration;

/** The function to which a `this` or `arguments` belongs; undefined for the file, and in a class outside of its methods. */
export function ownerOf(node: TypeScript.Node): OwnFunction | undefined {
  const owner = ts.findAncestor(
    node.parent,
    (one) =>
      (ts.isFunctionLike(one) && !ts.isArrowFunction(one)) ||
      ts.isPropertyDeclaration(one) ||
      ts.isClassStaticBlockDeclaration(one),
  );
  if (owner === undefined) return undefined;
  const isOwner =
    ts.isFunctionDeclaration(owner) ||
    ts.isFunctionExpression(owner) ||
    ts.isMethodDeclaration(owner) ||
    ts.isAccessor(owner) ||
    ts.isConstructorDeclaration(owner);
  return isOwner ? owner : undefined;
}
