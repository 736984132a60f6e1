import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import { effectOf } from '../equal/dates.ts';
import type { OriginName } from '../equal/origins.ts';
import { closedFunction } from './closed-function.ts';
import { aliasOf, type Closed, refuse, type State, shown, type Value } from './state.ts';

/** Follows a new value from the call that makes it to every place that sees it. */
export function followOrigin(
  call: TypeScript.CallExpression,
  name: OriginName,
  root: TypeScript.Identifier,
  state: State,
): void {
  const group = state.groups.add();
  state.origins.push({ call, name, root, group });
  follow(call, { group, holder: undefined }, state);
}

function follow(node: TypeScript.Expression, value: Value, state: State): void {
  const known = state.dated.get(node);
  if (known !== undefined) {
    state.groups.join(known.group, value.group);
    if (known.holder !== value.holder) state.joined.set(value.group, node);
    return;
  }
  state.dated.set(node, value);
  const { parent } = node;
  if (passesOn(parent, node)) follow(parent, value, state);
  else if (ts.isPropertyAccessExpression(parent) && parent.expression === node) followMember(parent, value, state);
  else if (ts.isVariableDeclaration(parent) && parent.initializer === node && ts.isIdentifier(parent.name))
    bind(parent.name, value, state);
  else if (ts.isBinaryExpression(parent)) followBinary(parent, node, value, state);
  else if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node))
    followAnswer(parent, value, state);
  else if (ts.isCallExpression(parent) && parent.expression !== node) followArgument(parent, node, value, state);
  else if (!isHarmless(parent, node)) refuse(state, value.group, node, whyLost(parent, node));
}

/** Parentheses, types, choices: the value is that of the whole. */
function passesOn(parent: TypeScript.Node, node: TypeScript.Expression): parent is TypeScript.Expression {
  if (ts.isConditionalExpression(parent)) return parent.condition !== node;
  if (ts.isBinaryExpression(parent)) {
    const { kind } = parent.operatorToken;
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return parent.right === node;
    return kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;
  }
  return ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent);
}

/** Places that see no more than whether there is a value, or its number. */
function isHarmless(parent: TypeScript.Node, node: TypeScript.Expression): boolean {
  if (ts.isPrefixUnaryExpression(parent))
    return [ts.SyntaxKind.ExclamationToken, ts.SyntaxKind.PlusToken, ts.SyntaxKind.MinusToken].includes(
      parent.operator,
    );
  if (ts.isNewExpression(parent))
    return parent.expression.getText() === 'Date' && parent.arguments?.length === 1 && parent.arguments[0] === node;
  if (ts.isForStatement(parent)) return true;
  return (
    ts.isExpressionStatement(parent) ||
    ts.isIfStatement(parent) ||
    ts.isWhileStatement(parent) ||
    ts.isDoStatement(parent) ||
    ts.isConditionalExpression(parent) ||
    ts.isVoidExpression(parent)
  );
}

function whyLost(parent: TypeScript.Node, node: TypeScript.Expression): string {
  if (ts.isTemplateSpan(parent)) return 'it becomes a text, which Day.js writes otherwise';
  if (ts.isElementAccessExpression(parent) && parent.expression === node)
    return 'a method of it is chosen by a name that is computed';
  if (ts.isAsExpression(parent) || ts.isTypeAssertionExpression(parent)) return 'it is given another type';
  return `it is kept where its use is not followed (\`${shown(parent)}\`)`;
}

const comparing = /^(<|>|<=|>=|-|\*|\/|&&)$/;

function followBinary(
  parent: TypeScript.BinaryExpression,
  node: TypeScript.Expression,
  value: Value,
  state: State,
): void {
  const operator = parent.operatorToken.getText();
  if (operator === '=' && parent.right === node && ts.isIdentifier(parent.left)) {
    bind(parent.left, value, state);
    follow(parent, { group: value.group, holder: state.symbolOf(parent.left) }, state);
    return;
  }
  if (comparing.test(operator)) return;
  const other = parent.left === node ? parent.right : parent.left;
  const isNothing = other.kind === ts.SyntaxKind.NullKeyword || other.getText() === 'undefined';
  if (/^[!=]==?$/.test(operator) && isNothing) return;
  const why = operator.startsWith('+')
    ? 'it becomes a text, which Day.js writes otherwise'
    : /^[!=]==?$/.test(operator)
      ? 'it is asked whether two are the same object'
      : `it is kept where its use is not followed (\`${shown(parent)}\`)`;
  refuse(state, value.group, node, why);
}

function followMember(access: TypeScript.PropertyAccessExpression, value: Value, state: State): void {
  const call = access.parent;
  if (!ts.isCallExpression(call) || call.expression !== access) {
    refuse(state, value.group, access, `\`${access.name.text}\` of it is read or handed on`);
    return;
  }
  const effect = effectOf(access.name.text, call.arguments.length);
  state.calls.push({ call, access, value, isChange: effect === 'changes' });
  if (effect === 'changes') follow(call, value, state);
  if (effect === 'copies') follow(call, { group: value.group, holder: undefined }, state);
}

/** From now on the name stands for the value, and is followed itself. */
function bind(name: TypeScript.Identifier, value: Value, state: State): void {
  const symbol = state.symbolOf(name);
  const declaration = symbol?.valueDeclaration;
  const isLocal =
    declaration !== undefined &&
    declaration.getSourceFile() === state.source &&
    (ts.isVariableDeclaration(declaration) || ts.isParameter(declaration)) &&
    ts.isIdentifier(declaration.name);
  if (symbol === undefined || !isLocal || isExported(declaration)) {
    refuse(state, value.group, name, `\`${name.text}\` is seen outside of what is followed`);
    return;
  }
  if (value.holder !== undefined && value.holder !== symbol) {
    if (ts.isParameter(declaration) && !isWritten(name)) state.lent.push({ from: value.holder, to: symbol });
    else state.aliases.join(aliasOf(value.holder, state), aliasOf(symbol, state));
  }
  const known = state.holders.get(symbol);
  if (known !== undefined) {
    state.groups.join(known.group, value.group);
    return;
  }
  state.holders.set(symbol, { symbol, declaration, group: value.group });
  for (const one of state.referencesOf(symbol))
    if (one !== declaration.name && !isWritten(one)) follow(one, { group: value.group, holder: symbol }, state);
}

function isWritten(node: TypeScript.Identifier): boolean {
  const { parent } = node;
  return (
    ts.isBinaryExpression(parent) && parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}

function isExported(declaration: TypeScript.Declaration): boolean {
  return (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0;
}

/** A value that a function answers goes to every call of it, if all are seen. */
function followAnswer(place: TypeScript.Node, value: Value, state: State): void {
  const owner = functionAround(place);
  const closed = owner === undefined ? undefined : closedFunction(owner, state);
  if (owner === undefined || closed === undefined) {
    refuse(state, value.group, place, 'it is answered to callers that are not all seen');
    return;
  }
  const { holder, group } = value;
  const isLocal = holder !== undefined && isOwn(holder, owner, state);
  if (isLocal) state.handedOver.add(holder);
  const answered: Value = { group, holder: isLocal ? undefined : holder };
  const known = state.answering.get(closed.node);
  if (known !== undefined) state.groups.join(known, group);
  state.answering.set(closed.node, group);
  for (const call of closed.calls) follow(call, answered, state);
}

function functionAround(node: TypeScript.Node): TypeScript.SignatureDeclaration | undefined {
  let at = node;
  while (at !== undefined && !ts.isFunctionLike(at)) at = at.parent;
  return at;
}

/** A variable of the function itself, which no function within it sees. */
function isOwn(symbol: TypeScript.Symbol, owner: TypeScript.Node, state: State): boolean {
  const declaration = symbol.valueDeclaration;
  return (
    declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    functionAround(declaration) === owner &&
    state.referencesOf(symbol).every((one) => functionAround(one) === owner)
  );
}

function followArgument(
  call: TypeScript.CallExpression,
  node: TypeScript.Expression,
  value: Value,
  state: State,
): void {
  const { expression } = call;
  const at = call.arguments.indexOf(node);
  const root = ts.isPropertyAccessExpression(expression) ? expression.expression : expression;
  const symbol = ts.isIdentifier(root) ? state.symbolOf(root) : undefined;
  if (symbol !== undefined && state.moments.has(symbol) && ts.isIdentifier(root)) {
    const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
    const made = state.origins.find((one) => one.call === call);
    if (name === 'isMoment') state.tests.push({ root, node: call, group: value.group });
    else if (at === 0 && (name === '' || name === 'utc')) state.handed.push({ node, call });
    else if (made === undefined) refuse(state, value.group, node, `it is handed to \`${shown(expression)}\``);
    return;
  }
  if (ts.isPropertyAccessExpression(expression)) {
    state.handed.push({ node, call });
    return;
  }
  const closed = ts.isIdentifier(expression) ? closedCallee(expression, state) : undefined;
  const parameter = closed?.parameters[at];
  if (closed !== undefined && parameter !== undefined && ts.isIdentifier(parameter.name))
    bind(parameter.name, value, state);
  else if (!/^(Number|Boolean|isNaN)$/.test(expression.getText()))
    refuse(state, value.group, node, `it is handed to \`${shown(expression)}\``);
}

function closedCallee(callee: TypeScript.Identifier, state: State): Closed | undefined {
  const declaration = state.symbolOf(callee)?.valueDeclaration;
  if (declaration === undefined) return undefined;
  const { initializer } = ts.isVariableDeclaration(declaration) ? declaration : { initializer: undefined };
  return closedFunction(initializer ?? declaration, state)?.node;
}
