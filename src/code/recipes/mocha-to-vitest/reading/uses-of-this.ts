import { nodesBelow } from '../../../engine/compiler-tree.ts';
import { literalOf } from '../../../engine/literals.ts';
import ts from '../../../typescript.cts';
import type { Callback } from '../../../vitest/promised-callback.ts';
import type { Declaration } from './mocha-file.ts';
import { millisecondsOf } from './mocha-option.ts';

/** A use of `this` in the callback of a suite, test or hook. */
export type UseOfThis =
  /** A statement of its own that sets limits: `this.timeout(500).slow(100)`. */
  | { readonly kind: 'limits'; readonly statement: ts.Statement; readonly limits: readonly Limit[] }
  | { readonly kind: 'skip'; readonly node: ts.PropertyAccessExpression }
  | { readonly kind: 'title'; readonly node: ts.PropertyAccessExpression }
  /** What the user keeps there. */
  | { readonly kind: 'value'; readonly node: ts.Node; readonly name: string; readonly isWritten: boolean }
  | { readonly kind: 'unknown'; readonly node: ts.Node };

export type Limit = { readonly name: 'timeout' | 'retries' | 'slow'; readonly text: string };

/** A declaration and what its callback does with `this`. */
export type WithThis = Declaration & { readonly callback: Callback; readonly uses: readonly UseOfThis[] };

const ofMocha = new Set([
  'timeout',
  'slow',
  'retries',
  'skip',
  'test',
  'currentTest',
  'runnable',
  'enableTimeouts',
  'parent',
  'title',
  'fullTitle',
]);

/** What a callback does with `this`; an arrow function has none of Mocha's. */
export function usesOfThis(callback: Callback): readonly UseOfThis[] {
  if (ts.isArrowFunction(callback)) return [];
  const found: UseOfThis[] = [];
  for (const node of nodesBelow(callback))
    if (node.kind === ts.SyntaxKind.ThisKeyword && ownerOf(node) === callback) found.push(useOf(node, callback));
  return found;
}

/** The function or class whose `this` it is. */
function ownerOf(node: ts.Node): ts.Node | undefined {
  let at = node.parent;
  while (at !== undefined && !ts.isSourceFile(at)) {
    const isOwn = ts.isFunctionLike(at) && !ts.isArrowFunction(at);
    if (isOwn || ts.isClassLike(at)) return at;
    at = at.parent;
  }
  return undefined;
}

function useOf(node: ts.Node, callback: Callback): UseOfThis {
  const access = node.parent;
  if (!ts.isPropertyAccessExpression(access) || access.expression !== node) return { kind: 'unknown', node };
  const name = access.name.text;
  if (!ofMocha.has(name)) return { kind: 'value', node, name, isWritten: isWritten(access) };
  if (name === 'skip' && ts.isCallExpression(access.parent) && access.parent.expression === access)
    return { kind: 'skip', node: access };
  const up = access.parent;
  if (/^(test|currentTest)$/.test(name) && ts.isPropertyAccessExpression(up) && up.name.text === 'title')
    return { kind: 'title', node: up };
  return limitsOf(access, callback) ?? { kind: 'unknown', node };
}

function isWritten({ parent }: ts.PropertyAccessExpression): boolean {
  if (ts.isBinaryExpression(parent))
    return (
      parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
      parent.operatorToken.kind <= ts.SyntaxKind.LastAssignment
    );
  return ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent) || ts.isDeleteExpression(parent);
}

function limitsOf(access: ts.PropertyAccessExpression, callback: Callback): UseOfThis | undefined {
  const { limits, whole } = chainFrom(access, (value) => isFree(value, callback)) ?? { limits: [], whole: access };
  const statement = whole.parent;
  const isOwn = ts.isExpressionStatement(statement) && statement.parent === callback.body;
  return isOwn && limits.length > 0 ? { kind: 'limits', statement, limits } : undefined;
}

type Chain = { readonly limits: readonly Limit[]; readonly whole: ts.Expression };

/** `it(…).timeout(500).slow(100)`: limits that are set behind a declaration; undefined where there are none, or others too. */
export function chainedLimits({ call }: Declaration): Chain | undefined {
  const access = call.parent;
  const isChain = ts.isPropertyAccessExpression(access) && access.expression === call;
  return isChain ? chainFrom(access, () => true) : undefined;
}

function chainFrom(access: ts.PropertyAccessExpression, isFixed: (value: ts.Expression) => boolean): Chain | undefined {
  const limits: Limit[] = [];
  let at: ts.Expression = access;
  while (ts.isPropertyAccessExpression(at) && ts.isCallExpression(at.parent) && at.parent.expression === at) {
    const limit = limitOf(at.name.text, at.parent, isFixed);
    if (limit === undefined) return undefined;
    limits.push(limit);
    at = at.parent;
    if (ts.isPropertyAccessExpression(at.parent) && at.parent.expression === at) at = at.parent;
  }
  return limits.length === 0 ? undefined : { limits, whole: at };
}

function limitOf(
  name: string,
  { arguments: [value] }: ts.CallExpression,
  isFixed: (value: ts.Expression) => boolean,
): Limit | undefined {
  if (value === undefined || (name !== 'timeout' && name !== 'retries' && name !== 'slow')) return undefined;
  const known = literalOf(value);
  if (typeof known === 'string') {
    const ms = millisecondsOf(known);
    return ms === undefined || name === 'retries' ? undefined : { name, text: String(ms) };
  }
  if (known === false && name === 'timeout') return { name, text: '0' };
  return isFixed(value) ? { name, text: value.getText() } : undefined;
}

/** Means the same outside of the callback: nothing in it is declared there, called or awaited. */
function isFree(value: ts.Expression, callback: Callback): boolean {
  const names = new Set<string>();
  for (const node of nodesBelow(callback))
    if (
      (ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node)) &&
      ts.isIdentifier(node.name)
    )
      names.add(node.name.text);
  return [...nodesBelow(value)].every(
    (node) =>
      node.kind !== ts.SyntaxKind.ThisKeyword &&
      !ts.isCallExpression(node) &&
      !ts.isAwaitExpression(node) &&
      !(ts.isIdentifier(node) && names.has(node.text)),
  );
}
