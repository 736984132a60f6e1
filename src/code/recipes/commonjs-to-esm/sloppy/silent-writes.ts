import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import type { Hindrance } from '../reading/hindrance.ts';
import { isTarget, type Names } from '../reading/scope.ts';
import {
  descriptorIn,
  freezesItself,
  isFixed,
  isFunction,
  type KnownValue,
  knownValues,
  nameOf,
  refusalOf,
} from './known-value.ts';
import { holderOf, mayFollow } from './may-follow.ts';
import { bare, isStrictCode, ownerOf } from './strict-code.ts';

const ofNode: Readonly<Record<string, RegExp>> = {
  Math: /^(E|LN10|LN2|LOG10E|LOG2E|PI|SQRT1_2|SQRT2)$/,
  Number: /^(MAX_VALUE|MIN_VALUE|NaN|NEGATIVE_INFINITY|POSITIVE_INFINITY|MAX_SAFE_INTEGER|MIN_SAFE_INTEGER|EPSILON)$/,
  process: /^(version|versions|arch|platform|release|config|features|stdout|stderr|stdin|pid|argv0)$/,
};

type Knowing = {
  readonly names: Names;
  readonly knownOf: ReturnType<typeof knownValues>;
  readonly fixed: readonly Fixed[];
};

/** What is given a value, or deleted, and in sloppy code stays as it is without a word; an ES module throws there. Pure. */
export function silentWriteReasons(nodes: readonly TypeScript.Node[], names: Names): readonly Hindrance[] {
  const knowing = { names, knownOf: knownValues(nodes, names), fixed: fixedIn(nodes, names) };
  return nodes.flatMap((node): readonly Hindrance[] => {
    if (isAboutCall(node, knowing) && !isStrictCode(node))
      return [{ node, why: `\`${node.getText()}\` throws in an ES module, which is strict` }];
    if (!isWritable(node) || !isTarget(node) || isStrictCode(node)) return [];
    const why = ts.isIdentifier(node) ? reasonForName(node, names) : reasonForMember(node, knowing);
    return why === undefined ? [] : [{ node: node.parent, why: `${why}, which an ES module throws for` }];
  });
}

/** `f.caller` and `f.arguments`, of a function of the file. */
function isAboutCall(node: TypeScript.Node, { knownOf }: Knowing): boolean {
  if (!ts.isPropertyAccessExpression(node) || !['caller', 'arguments'].includes(node.name.text)) return false;
  const value = ts.isIdentifier(node.expression) ? knownOf(node.expression) : undefined;
  return value !== undefined && isFunction(value);
}

function isWritable(node: TypeScript.Node): boolean {
  return ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

function reasonForName(node: TypeScript.Identifier, { homeOf }: Names): string | undefined {
  if (isDeleted(node)) return `\`delete ${node.text}\` is of sloppy code alone`;
  const home = homeOf(node);
  const isOwn = home !== undefined && ts.isFunctionExpression(home.node) && home.node.name?.text === node.text;
  return isOwn && home.count === 1 ? `\`${node.text}\`, the name of the function itself, keeps its value` : undefined;
}

function reasonForMember(node: TypeScript.Node, { names, knownOf, fixed }: Knowing): string | undefined {
  const member = memberOf(node);
  if (member === undefined) return undefined;
  const { on, key } = member;
  if (ts.isIdentifier(on) && names.homeOf(on) === undefined && key !== undefined && !isDeleted(node)) {
    if (ofNode[on.text]?.test(key) === true) return `\`${on.text}.${key}\` keeps its value`;
  }
  const value = knownOf(on) ?? exportedAs(on, names, knownOf);
  if (isFrozenThis(on, knownOf)) return 'the constructor freezes the object';
  const refused = value === undefined ? undefined : refusalOf(value, key, { isDeleted: isDeleted(node), knownOf });
  if (refused !== undefined) return refused;
  const found = fixed.find(
    (one) =>
      isSame(one.on, on, names) &&
      (one.key === undefined || one.key === key) &&
      mayFollow({ node: one.node, at: one.node.end }, { node, at: node.getStart() }, holderOf(one.node)),
  );
  return found?.why;
}

/** True for `this` in a method of the prototype of a function that freezes what it makes. */
function isFrozenThis(on: TypeScript.Expression, knownOf: Knowing['knownOf']): boolean {
  const method = on.kind === ts.SyntaxKind.ThisKeyword ? ownerOf(on)?.parent : undefined;
  if (method === undefined || !ts.isBinaryExpression(method)) return false;
  const prototype = ts.isPropertyAccessExpression(method.left) ? method.left.expression : undefined;
  if (prototype === undefined || !ts.isPropertyAccessExpression(prototype) || prototype.name.text !== 'prototype')
    return false;
  const value = knownOf(prototype.expression);
  return value !== undefined && freezesItself(value);
}

/** `module.exports.name`, where the file gives `module.exports` a value once. */
function exportedAs(
  on: TypeScript.Expression,
  { references }: Names,
  knownOf: Knowing['knownOf'],
): KnownValue | undefined {
  const isExports = (text: string) => text === 'module.exports' || text === 'exports';
  if (!isExports(on.getText())) return undefined;
  const given = references.flatMap(({ node, scope }) => {
    if (scope !== 'free' || node.text !== 'module') return [];
    const { parent } = node;
    const to = parent.parent;
    const isGiven = ts.isBinaryExpression(to) && to.left === parent && isTarget(parent) && isExports(parent.getText());
    return isGiven ? [to.right] : [];
  });
  const [only] = given;
  if (only === undefined || given.length !== 1) return undefined;
  const isBoth = on.getText() === 'module.exports' || /^exports\s*=/.test(only.parent.parent.getText());
  return isBoth ? knownOf(only) : undefined;
}

/** A place that makes an object, or a property of it, one that keeps what it has. */
type Fixed = {
  readonly node: TypeScript.Node;
  readonly on: TypeScript.Expression;
  readonly key: string | undefined;
  readonly why: string;
};

function fixedIn(nodes: readonly TypeScript.Node[], names: Names): readonly Fixed[] {
  return nodes.flatMap((node): readonly Fixed[] => {
    if (!ts.isCallExpression(node)) return [];
    const how = /^Object\.(freeze|defineProperty|defineProperties)$/.exec(node.expression.getText())?.[1];
    const [on, second, third] = node.arguments;
    if (how === undefined || on === undefined) return [];
    if (how === 'freeze')
      return isOnce(on, names) ? [{ node, on, key: undefined, why: `\`${on.getText()}\` is frozen` }] : [];
    if (second === undefined) return [];
    const keys = how === 'defineProperty' ? [literalKey(second)] : keysOf(second);
    return keys.flatMap((key) => {
      const descriptor = how === 'defineProperty' ? third : descriptorIn(second, key);
      if (key === undefined || descriptor === undefined) return [];
      const isNew = !isGivenBefore(node, { on, key }, nodes, names);
      return isFixed(descriptor, { isNew }) ? [{ node, on, key, why: `\`${key}\` is defined as not writable` }] : [];
    });
  });
}

/** True for a name that nothing gives another value, which would be another object. */
function isOnce(on: TypeScript.Expression, { homeOf, references }: Names): boolean {
  if (!ts.isIdentifier(on)) return false;
  const home = homeOf(on);
  const isGiven = references.some(
    ({ node, isWrite }) => isWrite && node.text === on.text && homeOf(node)?.node === home?.node,
  );
  return home?.count === 1 && !isGiven;
}

/** True where the property may have been there, and writable: then the descriptor leaves that as it was. */
function isGivenBefore(
  place: TypeScript.Node,
  { on, key }: { readonly on: TypeScript.Expression; readonly key: string },
  nodes: readonly TypeScript.Node[],
  names: Names,
): boolean {
  const knownOf = knownValues(nodes, names);
  const value = knownOf(on);
  if (
    value !== undefined &&
    !(
      ts.isObjectLiteralExpression(value) &&
      !value.properties.some(({ name }) => name === undefined || nameOf(name) === key)
    )
  )
    return true;
  return nodes.some((node) => {
    if (node.pos > place.pos || !isWritable(node) || !isTarget(node)) return false;
    const member = memberOf(node);
    return member !== undefined && (member.key === key || member.key === undefined) && isSame(member.on, on, names);
  });
}

function keysOf(node: TypeScript.Expression): readonly string[] {
  return ts.isObjectLiteralExpression(node)
    ? node.properties.flatMap(({ name }) => (name === undefined ? [] : [nameOf(name)]))
    : [];
}

function literalKey(node: TypeScript.Expression): string | undefined {
  return ts.isStringLiteralLike(node) || ts.isNumericLiteral(node) ? node.text : undefined;
}

type Member = { readonly on: TypeScript.Expression; readonly key: string | undefined };

function memberOf(node: TypeScript.Node): Member | undefined {
  if (ts.isPropertyAccessExpression(node)) return { on: bare(node.expression), key: node.name.text };
  if (!ts.isElementAccessExpression(node)) return undefined;
  return { on: bare(node.expression), key: literalKey(node.argumentExpression) };
}

/** True where both are written the same, and their first name is the same one. `this` is another in each function. */
function isSame(one: TypeScript.Expression, other: TypeScript.Expression, { homeOf }: Names): boolean {
  if (one.getText() !== other.getText()) return false;
  const [first, second] = [rootOf(one), rootOf(other)];
  return first !== undefined && second !== undefined && homeOf(first)?.node === homeOf(second)?.node;
}

function rootOf(node: TypeScript.Expression): TypeScript.Identifier | undefined {
  if (ts.isIdentifier(node)) return node;
  return ts.isPropertyAccessExpression(node) ? rootOf(node.expression) : undefined;
}

function isDeleted(node: TypeScript.Node): boolean {
  const { parent } = node;
  return ts.isParenthesizedExpression(parent) ? isDeleted(parent) : ts.isDeleteExpression(parent);
}
