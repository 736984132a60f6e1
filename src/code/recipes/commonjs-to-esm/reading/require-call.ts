import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';

/** When a require is evaluated: with the module always, with it under a condition, or when a function is called. */
export type Moment = 'load' | 'condition' | 'later';

/** What a require is bound to. */
export type Binding =
  | { readonly kind: 'whole'; readonly name: string; readonly declaration: TypeScript.VariableDeclaration }
  | {
      readonly kind: 'names';
      /** Undefined where the pattern is more than names. */
      readonly names: readonly { readonly from: string; readonly to: string }[] | undefined;
      readonly declaration: TypeScript.VariableDeclaration;
      /** For `const y = require('x').y`. */
      readonly isMember: boolean;
    }
  | { readonly kind: 'member'; readonly name: string }
  | {
      readonly kind: 'effect';
      readonly statement: TypeScript.ExpressionStatement;
      /** A statement that only bound what the other one called, and goes with it. */
      readonly freed?: TypeScript.Statement;
    }
  | { readonly kind: 'value' };

/** `require('…')` with a specifier that is a text. */
export type RequireCall = {
  readonly node: TypeScript.CallExpression;
  readonly specifier: string;
  readonly moment: Moment;
  readonly binding: Binding;
  /** The statement of the module's own level in which it stands. */
  readonly statement: TypeScript.Statement;
  /** True in an async function behind an `await` of its own: another one there is not seen from outside. */
  readonly mayAwait: boolean;
};

/** Reads a call of `require` whose argument is a text. */
export function requireCall(node: TypeScript.CallExpression, specifier: string): RequireCall {
  const { moment, statement, within } = momentOf(node);
  return {
    node,
    specifier,
    moment,
    binding: bindingOf(node, moment),
    statement,
    mayAwait: within !== undefined && isBehindAwait(node, within),
  };
}

function momentOf(node: TypeScript.Node) {
  let moment: Moment = 'load';
  let within: TypeScript.SignatureDeclaration | undefined;
  let at: TypeScript.Node = node;
  while (!ts.isSourceFile(at.parent)) {
    const { parent } = at;
    if (ts.isFunctionLike(parent)) {
      within ??= parent;
      moment = 'later';
    }
    if (ts.isPropertyDeclaration(parent) && moment === 'load') moment = 'later';
    if (moment === 'load' && isConditional(at, parent)) moment = 'condition';
    at = parent;
  }
  return { moment, statement: statementOf(at), within };
}

function statementOf(node: TypeScript.Node): TypeScript.Statement {
  if (ts.isStatement(node)) return node;
  throw new Error('A node stands in no statement.');
}

function isConditional(node: TypeScript.Node, parent: TypeScript.Node): boolean {
  if (ts.isIfStatement(parent)) return parent.expression !== node;
  if (ts.isConditionalExpression(parent)) return parent.condition !== node;
  if (ts.isBinaryExpression(parent)) {
    const { kind } = parent.operatorToken;
    const isShort =
      kind === ts.SyntaxKind.AmpersandAmpersandToken ||
      kind === ts.SyntaxKind.BarBarToken ||
      kind === ts.SyntaxKind.QuestionQuestionToken;
    return isShort && parent.right === node;
  }
  return ts.isTryStatement(parent) || ts.isIterationStatement(parent, false) || ts.isCaseOrDefaultClause(parent);
}

function bindingOf(node: TypeScript.CallExpression, moment: Moment): Binding {
  const { parent } = node;
  if (ts.isExpressionStatement(parent) && ts.isSourceFile(parent.parent)) return { kind: 'effect', statement: parent };
  if (ts.isVariableDeclaration(parent) && parent.initializer === node && moment === 'load') {
    const isOfFile = ts.isSourceFile(parent.parent.parent.parent);
    if (isOfFile && ts.isIdentifier(parent.name)) return { kind: 'whole', name: parent.name.text, declaration: parent };
    if (isOfFile && ts.isObjectBindingPattern(parent.name))
      return { kind: 'names', names: plainNames(parent.name), declaration: parent, isMember: false };
  }
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== node) return { kind: 'value' };
  const holder = parent.parent;
  if (
    moment === 'load' &&
    ts.isVariableDeclaration(holder) &&
    ts.isIdentifier(holder.name) &&
    ts.isSourceFile(holder.parent.parent.parent)
  ) {
    const names = [{ from: parent.name.text, to: holder.name.text }];
    return { kind: 'names', names, declaration: holder, isMember: true };
  }
  return { kind: 'member', name: parent.name.text };
}

/** Names of a pattern without defaults, rest, nesting and computed keys. */
function plainNames(
  pattern: TypeScript.ObjectBindingPattern,
): readonly { readonly from: string; readonly to: string }[] | undefined {
  const names = pattern.elements.map(({ name, propertyName, initializer, dotDotDotToken }) => {
    if (!ts.isIdentifier(name) || initializer !== undefined || dotDotDotToken !== undefined) return undefined;
    if (propertyName === undefined) return { from: name.text, to: name.text };
    return ts.isIdentifier(propertyName) ? { from: propertyName.text, to: name.text } : undefined;
  });
  const plain = names.filter((one) => one !== undefined);
  return plain.length === names.length ? plain : undefined;
}

/** True where a statement of the function's own body before this one awaits, whatever happens. */
function isBehindAwait(node: TypeScript.Node, within: TypeScript.SignatureDeclaration): boolean {
  const isAsync = ts.canHaveModifiers(within) && ts.getModifiers(within)?.some(isAsyncWord) === true;
  const body = 'body' in within ? within.body : undefined;
  if (!isAsync || body === undefined || !ts.isBlock(body)) return false;
  const before = body.statements.filter(({ end }) => end <= node.getStart());
  return before.some((statement) => {
    if (ts.isExpressionStatement(statement)) return ts.isAwaitExpression(statement.expression);
    if (!ts.isVariableStatement(statement)) return false;
    return statement.declarationList.declarations.some(
      ({ initializer }) => initializer !== undefined && ts.isAwaitExpression(initializer),
    );
  });
}

function isAsyncWord({ kind }: TypeScript.ModifierLike): boolean {
  return kind === ts.SyntaxKind.AsyncKeyword;
}
