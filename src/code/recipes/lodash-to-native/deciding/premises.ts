import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../../engine/compiler-tree.ts';
import ts from '../../../typescript.cts';
import type { Premise } from '../native-form.ts';

/** A place at which a tree breaks a premise. */
export type Broken = { readonly path: string; readonly line: number; readonly code: string };

/** Which premises hold, and where the others are broken; `true` for one that nothing proves. */
export type Premises = ReadonlyMap<Premise, Broken | true>;

/** What each premise says, as the end of a sentence. */
export const premiseMeanings: Readonly<Record<Premise, string>> = {
  'no-holes': 'no array has holes, or is of a class of its own',
  'no-boxed-primitives': 'nothing is a `String`, `Number` or `Boolean` object',
  'no-dotted-keys': 'no object has a key with a dot or bracket in it',
  'no-async-generators': 'no function is an asynchronous generator',
  'true-types': 'values are what the declared types say',
};

/** Finds the first place of a file at which it breaks each premise that source can break. Pure. */
export function brokenIn(path: string, source: TypeScript.SourceFile): Premises {
  const broken = new Map<Premise, Broken>();
  for (const node of nodesBelow(source)) {
    const premise = brokenBy(node);
    if (premise === undefined || broken.has(premise)) continue;
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    broken.set(premise, { path, line, code: (node.getText().split('\n')[0] ?? '').slice(0, 60) });
  }
  return broken;
}

function brokenBy(node: TypeScript.Node): Premise | undefined {
  if (ts.isArrayLiteralExpression(node))
    return node.elements.some((one) => ts.isOmittedExpression(one)) && !isTarget(node) ? 'no-holes' : undefined;
  if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
    const name = node.expression.getText();
    if (name === 'Array') return isFilled(node) ? undefined : 'no-holes';
    if (name === 'Reflect.construct')
      return node.arguments?.[0]?.getText() === 'Array' ? 'no-holes' : 'no-boxed-primitives';
    if (name === 'Object') return isOfObject(node) ? undefined : 'no-boxed-primitives';
    return ts.isNewExpression(node) && /^(String|Number|Boolean)$/.test(name) ? 'no-boxed-primitives' : undefined;
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const { left, right } = node;
    if (ts.isElementAccessExpression(left) && isLaterIndex(left.argumentExpression)) return 'no-holes';
    const isLength = ts.isPropertyAccessExpression(left) && left.name.text === 'length';
    return isLength && right.getText() !== '0' && left.expression.kind !== ts.SyntaxKind.ThisKeyword
      ? 'no-holes'
      : undefined;
  }
  if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node))
    return ts.isPropertyAccessExpression(node.operand) && node.operand.name.text === 'length' && isStep(node.operator)
      ? 'no-holes'
      : undefined;
  if (ts.isClassLike(node))
    return node.heritageClauses?.some(({ types }) => types[0]?.expression.getText() === 'Array') === true
      ? 'no-holes'
      : undefined;
  if (ts.isDeleteExpression(node)) {
    const target = node.expression;
    return ts.isElementAccessExpression(target) && ts.isNumericLiteral(target.argumentExpression)
      ? 'no-holes'
      : undefined;
  }
  const isKey = ts.isPropertyAssignment(node) || ts.isMethodDeclaration(node);
  if (isKey && ts.isStringLiteral(node.name) && /[.[]/.test(node.name.text)) return 'no-dotted-keys';
  const isGenerator = ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isMethodDeclaration(node);
  const isAsync = isGenerator && node.modifiers?.some((one) => one.kind === ts.SyntaxKind.AsyncKeyword) === true;
  return isAsync && node.asteriskToken !== undefined ? 'no-async-generators' : undefined;
}

/** `Object({})` and `Object()` make no boxed value. */
function isOfObject({
  arguments: given = [],
}: {
  readonly arguments?: readonly TypeScript.Expression[] | undefined;
}): boolean {
  const [first] = given;
  return first === undefined || ts.isObjectLiteralExpression(first) || ts.isArrayLiteralExpression(first);
}

/** An element that may stand beyond the end; which one a variable names nobody knows. */
function isLaterIndex(node: TypeScript.Expression): boolean {
  return ts.isNumericLiteral(node) && node.text !== '0';
}

function isStep(operator: TypeScript.SyntaxKind): boolean {
  return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
}

/** The left side of an assignment is a pattern. */
function isTarget(node: TypeScript.Node): boolean {
  const { parent } = node;
  return ts.isBinaryExpression(parent) && parent.left === node;
}

/** An array of a length that is filled, or spread, at once; or one of elements. */
function isFilled(node: TypeScript.NewExpression | TypeScript.CallExpression): boolean {
  if (node.arguments === undefined || node.arguments.length !== 1) return true;
  const { parent } = node;
  if (ts.isSpreadElement(parent)) return true;
  if (ts.isPropertyAccessExpression(parent)) return /^(fill|join|keys|entries)$/.test(parent.name.text);
  return ts.isCallExpression(parent) && parent.expression.getText() === 'Array.from';
}
