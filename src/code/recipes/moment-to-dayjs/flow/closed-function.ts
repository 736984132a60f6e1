import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import type { Closed, State } from './state.ts';

/** A function of this file with all of its calls; undefined where one may be elsewhere. */
export function closedFunction(
  node: TypeScript.Node,
  state: State,
): { readonly node: Closed; readonly calls: readonly TypeScript.CallExpression[] } | undefined {
  if (!ts.isFunctionDeclaration(node) && !ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return undefined;
  const isPlain = node.asteriskToken === undefined && node.modifiers === undefined;
  const name = nameOf(node);
  const symbol = name === undefined ? undefined : state.symbolOf(name);
  if (!isPlain || name === undefined || symbol === undefined) return undefined;
  if (/\b(arguments|eval)\b/.test(node.getText())) return undefined;
  const calls: TypeScript.CallExpression[] = [];
  for (const one of state.referencesOf(symbol)) {
    if (one === name) continue;
    const { parent } = one;
    const isCall = ts.isCallExpression(parent) && parent.expression === one;
    if (!isCall || parent.arguments.some((argument) => ts.isSpreadElement(argument))) return undefined;
    calls.push(parent);
  }
  return { node, calls };
}

/** The name by which alone a function is called. */
function nameOf(node: Closed): TypeScript.Identifier | undefined {
  if (ts.isFunctionDeclaration(node)) return node.name;
  const { parent } = node;
  const isConst =
    ts.isVariableDeclaration(parent) &&
    ts.isIdentifier(parent.name) &&
    (ts.getCombinedNodeFlags(parent) & ts.NodeFlags.Const) !== 0 &&
    (ts.getCombinedModifierFlags(parent) & ts.ModifierFlags.Export) === 0;
  return isConst && ts.isIdentifier(parent.name) ? parent.name : undefined;
}
