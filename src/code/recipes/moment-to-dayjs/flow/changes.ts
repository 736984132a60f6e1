import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../../engine/compiler-tree.ts';
import ts from '../../../typescript.cts';
import { aliasOf, type Called, type Holder, refuse, type State, shown } from './state.ts';

/** A chain of changes on a name, which is to be written as an assignment. */
export type Assigned = {
  readonly holder: Holder;
  readonly chain: TypeScript.Expression;
  /** As a statement of its own, or within another expression. */
  readonly isStatement: boolean;
};

/** Refuses changes that others may see, and finds those that have to become assignments. */
export function readChanges(state: State): readonly Assigned[] {
  const changes = state.calls.filter(({ isChange, value }) => isChange && value.holder !== undefined);
  const assigned = new Map<TypeScript.Node, Assigned>();
  for (const change of changes) {
    const holder = change.value.holder === undefined ? undefined : state.holders.get(change.value.holder);
    if (holder === undefined) continue;
    const chain = wholeChain(change.call, state);
    const place = placeOf(chain, holder, state);
    const why = whyShared(change, holder, state) ?? whyOpening(chain, place);
    if (why !== undefined) {
      refuse(state, holder.group, change.access.name, why);
      continue;
    }
    if (place !== 'kept') assigned.set(chain, { holder, chain, isStatement: place === 'statement' });
  }
  return [...assigned.values()];
}

/** Why a change may be seen through something else than the name, or be asked for at another time. */
function whyShared(change: Called, holder: Holder, state: State): string | undefined {
  const { symbol, group } = holder;
  const name = symbol.name;
  const other = otherName(symbol, state);
  if (other !== undefined) return `it changes \`${name}\`, and \`${other.name}\` stands for the same value`;
  const joined = [...state.joined].find(([one]) => state.groups.of(one) === state.groups.of(group));
  if (joined !== undefined) return `it changes \`${name}\`, and \`${shown(joined[1])}\` may be the same value`;
  if (!rootOf(change.call)) return `it changes \`${name}\` through an expression that is not a name`;
  if (hasOptional(change.call)) return `it changes \`${name}\` only where there is one`;
  if (isUsedBeside(change, symbol, state)) return `it changes \`${name}\` in an expression that uses it twice`;
  const isElsewhere = isCaptured(holder, state);
  if (isElsewhere && isLoopVariable(holder)) return `it changes \`${name}\`, which functions in the loop share`;
  const interrupted = interruptingArgument(symbol, isElsewhere, state);
  return interrupted === undefined
    ? undefined
    : `it changes \`${name}\`, and \`${shown(interrupted)}\` is computed while a call of it waits`;
}

function rootOf(call: TypeScript.CallExpression): TypeScript.Identifier | undefined {
  let at: TypeScript.Expression = call;
  while (ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression)) at = at.expression.expression;
  return ts.isIdentifier(at) ? at : undefined;
}

function hasOptional(call: TypeScript.CallExpression): boolean {
  let at: TypeScript.Node = call;
  while (ts.isCallExpression(at) || ts.isPropertyAccessExpression(at)) {
    if (at.questionDotToken !== undefined) return true;
    at = at.expression;
  }
  return false;
}

/** The expression of a statement, up to the function in which it stands. */
function wholeExpression(node: TypeScript.Expression): TypeScript.Node {
  let at: TypeScript.Node = node;
  while (
    !ts.isStatement(at.parent) &&
    !ts.isFunctionLike(at.parent) &&
    !ts.isVariableDeclaration(at.parent) &&
    !ts.isSourceFile(at.parent)
  )
    at = at.parent;
  return at;
}

function isUsedBeside({ call }: Called, symbol: TypeScript.Symbol, state: State): boolean {
  const whole = wholeExpression(call);
  const root = rootOf(call);
  for (const node of nodesBelow(whole)) {
    if (!ts.isIdentifier(node) || node === root || state.symbolOf(node) !== symbol) continue;
    const { parent } = node;
    const isTarget = ts.isBinaryExpression(parent) && parent.left === node && parent === whole;
    if (!isTarget) return true;
  }
  return false;
}

function ownerOf(node: TypeScript.Node): TypeScript.Node | undefined {
  let at: TypeScript.Node | undefined = node.parent;
  while (at !== undefined && !ts.isFunctionLike(at)) at = at.parent;
  return at;
}

/**
 * Two names stand for one value where a parameter takes what another name holds, unless the function only reads it while its
 * caller waits: then neither can be changed through the other.
 */
export function joinLent(state: State): void {
  // What is found of one pair may count for another: at most as many rounds as there are pairs.
  for (const { from, to } of state.lent.flatMap(() => state.lent)) {
    const [lender, borrower] = [state.holders.get(from), state.holders.get(to)];
    if (lender === undefined || borrower === undefined) continue;
    const isChanged = state.calls.some(({ isChange, value }) => isChange && value.holder === to);
    const isOnlyRead =
      !isChanged && otherName(to, state) === undefined && !isCaptured(borrower, state) && !isCaptured(lender, state);
    if (!isOnlyRead) state.aliases.join(aliasOf(from, state), aliasOf(to, state));
  }
}

/** Another name that stands for the same value. */
function otherName(symbol: TypeScript.Symbol, state: State): TypeScript.Symbol | undefined {
  const alias = state.aliases.of(aliasOf(symbol, state));
  return [...state.holders.keys()].find((one) => one !== symbol && state.aliases.of(aliasOf(one, state)) === alias);
}

/** A function within the scope of the name uses it. */
function isCaptured({ symbol, declaration }: Holder, state: State): boolean {
  const owner = ownerOf(declaration.name);
  return state.referencesOf(symbol).some((one) => ownerOf(one) !== owner);
}

function isLoopVariable({ declaration }: Holder): boolean {
  return ts.isVariableDeclaration(declaration) && ts.isForStatement(declaration.parent.parent);
}

/** An argument of a call on the name that waits, or that may change the name itself. */
function interruptingArgument(
  symbol: TypeScript.Symbol,
  isElsewhere: boolean,
  state: State,
): TypeScript.Expression | undefined {
  const own = state.calls.filter(({ value }) => value.holder === symbol);
  return own
    .flatMap(({ call }) => [...call.arguments])
    .find((argument) => {
      for (const node of nodesBelow(argument)) {
        if (ts.isAwaitExpression(node) || ts.isYieldExpression(node)) return true;
        if (isElsewhere && (ts.isCallExpression(node) || ts.isNewExpression(node))) return true;
      }
      return false;
    });
}

/** The longest chain of changes that begins as this one does. */
function wholeChain(call: TypeScript.CallExpression, state: State): TypeScript.Expression {
  let at: TypeScript.Expression = call;
  for (;;) {
    const access = at.parent;
    const next = access.parent;
    const isNext =
      ts.isPropertyAccessExpression(access) &&
      access.expression === at &&
      ts.isCallExpression(next) &&
      state.calls.some((one) => one.call === next && one.isChange);
    if (!isNext) return at;
    at = next;
  }
}

function placeOf(
  chain: TypeScript.Expression,
  { symbol, declaration }: Holder,
  state: State,
): 'statement' | 'within' | 'kept' {
  const { parent } = chain;
  if (ts.isBinaryExpression(parent) && parent.right === chain && parent.operatorToken.getText() === '=') {
    const isSame = ts.isIdentifier(parent.left) && state.symbolOf(parent.left) === symbol;
    if (isSame) return 'kept';
  }
  const { parent: statement } = wholeExpression(chain);
  if (ts.isReturnStatement(statement)) {
    const isOver = ownerOf(statement) === ownerOf(declaration.name) && !isWithinTry(statement);
    if (isOver && state.referencesOf(symbol).every((one) => ownerOf(one) === ownerOf(statement))) return 'kept';
  }
  const isLoose =
    ts.isExpressionStatement(parent) ||
    (ts.isForStatement(parent) && (parent.incrementor === chain || parent.initializer === chain));
  return isLoose ? 'statement' : 'within';
}

/** A parenthesis at the start of a line would go on with the statement before. */
function whyOpening(chain: TypeScript.Expression, place: 'statement' | 'within' | 'kept'): string | undefined {
  const { parent } = wholeExpression(chain);
  const opens = place === 'within' && ts.isExpressionStatement(parent) && parent.getStart() === chain.getStart();
  return opens ? 'it is changed for no use' : undefined;
}

function isWithinTry(node: TypeScript.Node): boolean {
  if (ts.isFunctionLike(node) || ts.isSourceFile(node)) return false;
  return ts.isTryStatement(node) || isWithinTry(node.parent);
}

/** Names whose value was handed over to callers, and is still seen through another name. */
export function checkHandedOver(state: State): void {
  const changed = new Set(
    state.calls.flatMap(({ isChange, value }) => (isChange ? [state.groups.of(value.group)] : [])),
  );
  for (const symbol of state.handedOver) {
    const holder = state.holders.get(symbol);
    const other = otherName(symbol, state);
    if (holder !== undefined && other !== undefined && changed.has(state.groups.of(holder.group)))
      refuse(
        state,
        holder.group,
        holder.declaration,
        `\`${symbol.name}\` and \`${other.name}\` stand for the same value`,
      );
  }
}
