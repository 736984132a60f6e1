import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../../engine/compiler-tree.ts';
import ts from '../../../typescript.cts';
import { closedFunction } from './closed-function.ts';
import { type Holder, refuse, type State, shown } from './state.ts';

/** Refuses groups in which a name, a parameter or an answer may also be something that is not followed. */
export function checkSources(state: State): void {
  for (const holder of state.holders.values()) checkHolder(holder, state);
  for (const [owner, group] of state.answering) {
    if (ts.isArrowFunction(owner) && !ts.isBlock(owner.body)) continue;
    for (const node of nodesBelow(owner)) {
      if (!ts.isReturnStatement(node) || ownerOf(node) !== owner) continue;
      if (node.expression !== undefined && !isCarried(node.expression, group, state))
        refuse(state, group, node, 'the function answers other values too');
    }
  }
}

function ownerOf(node: TypeScript.Node): TypeScript.Node | undefined {
  let at = node.parent;
  while (at !== undefined && !ts.isFunctionLike(at)) at = at.parent;
  return at;
}

function checkHolder({ symbol, declaration, group }: Holder, state: State): void {
  const sources: TypeScript.Expression[] = [];
  if (declaration.initializer !== undefined) sources.push(declaration.initializer);
  const list = declaration.parent;
  if (ts.isVariableDeclarationList(list) && (ts.isForOfStatement(list.parent) || ts.isForInStatement(list.parent)))
    refuse(state, group, declaration, `\`${symbol.name}\` takes values of a list`);
  if (ts.isParameter(declaration)) sources.push(...givenTo(declaration, group, state));
  for (const one of state.referencesOf(symbol)) {
    const { parent } = one;
    if (ts.isBinaryExpression(parent) && parent.left === one && isAssignment(parent)) sources.push(parent.right);
    const isTarget =
      ts.isArrayLiteralExpression(parent) ||
      ts.isBindingElement(parent) ||
      ((ts.isForOfStatement(parent) || ts.isForInStatement(parent)) && parent.initializer === one);
    if (isTarget && !state.dated.has(one))
      refuse(state, group, one, `\`${symbol.name}\` is written where it is not followed`);
  }
  for (const source of sources)
    if (!isCarried(source, group, state))
      refuse(state, group, source, `\`${symbol.name}\` may also be \`${shown(source)}\``);
}

function isAssignment({ operatorToken: { kind } }: TypeScript.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** What all calls hand to a parameter. */
function givenTo(
  parameter: TypeScript.ParameterDeclaration,
  group: number,
  state: State,
): readonly TypeScript.Expression[] {
  const owner = parameter.parent;
  const closed = closedFunction(owner, state);
  if (closed === undefined || parameter.dotDotDotToken !== undefined) {
    refuse(state, group, parameter, 'not every call of the function is seen');
    return [];
  }
  const at = owner.parameters.indexOf(parameter);
  return closed.calls.flatMap((call) => call.arguments[at] ?? []);
}

/** Whether all that an expression may be is followed in this group, or nothing at all. */
function isCarried(node: TypeScript.Expression, group: number, state: State): boolean {
  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node))
    return isCarried(node.expression, group, state);
  if (ts.isConditionalExpression(node))
    return isCarried(node.whenTrue, group, state) && isCarried(node.whenFalse, group, state);
  if (ts.isBinaryExpression(node) && /^(\|\||\?\?|&&)$/.test(node.operatorToken.getText())) {
    const isLeftFree = node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
    return (isLeftFree || isCarried(node.left, group, state)) && isCarried(node.right, group, state);
  }
  if (node.kind === ts.SyntaxKind.NullKeyword || /^(undefined|void 0)$/.test(node.getText())) return true;
  const value = state.dated.get(node);
  return value !== undefined && state.groups.of(value.group) === state.groups.of(group);
}
