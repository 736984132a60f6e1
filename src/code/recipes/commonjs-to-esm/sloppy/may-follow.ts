import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';

/** Something that happens at a place of a text. */
export type Moment = { readonly node: TypeScript.Node; readonly at: number };

/** True where the second may happen after the first in one call of a function: by the text, its loops, branches and ends. Pure. */
export function mayFollow(first: Moment, second: Moment, owner: TypeScript.Node): boolean {
  const isInner = [first, second].some(({ node }) => holderOf(node) !== owner);
  if (isInner || isLooped(first.node, second.node, owner)) return true;
  if (second.at < first.at) return false;
  const isCaught = ts.findAncestor(first.node, (one) => one === owner || ts.isTryStatement(one)) !== owner;
  for (let at = first.node; at !== owner; at = at.parent) {
    if (holds(at, second.node)) return true;
    if ((endsAlways(at) && !isCaught) || isOtherBranch(at, second.node)) return false;
  }
  return true;
}

/** The function, or the file, of which a place is part. */
export function holderOf(node: TypeScript.Node): TypeScript.Node {
  return ts.findAncestor(node.parent, (one) => ts.isFunctionLike(one)) ?? node.getSourceFile();
}

function holds(outer: TypeScript.Node, node: TypeScript.Node): boolean {
  return ts.findAncestor(node, (one) => one === outer) !== undefined;
}

function isLooped(first: TypeScript.Node, second: TypeScript.Node, owner: TypeScript.Node): boolean {
  for (let at = first; at !== owner; at = at.parent)
    if (ts.isIterationStatement(at, false) && holds(at, second)) return true;
  return false;
}

/** True for statements of which the last leaves the function. */
function endsAlways(node: TypeScript.Node): boolean {
  if (ts.isReturnStatement(node) || ts.isThrowStatement(node)) return true;
  const last = ts.isBlock(node) || ts.isCaseOrDefaultClause(node) ? node.statements.at(-1) : undefined;
  return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last));
}

function isOtherBranch(node: TypeScript.Node, other: TypeScript.Node): boolean {
  const { parent } = node;
  if (ts.isIfStatement(parent))
    return parent.thenStatement === node && parent.elseStatement !== undefined && holds(parent.elseStatement, other);
  return ts.isConditionalExpression(parent) && parent.whenTrue === node && holds(parent.whenFalse, other);
}
