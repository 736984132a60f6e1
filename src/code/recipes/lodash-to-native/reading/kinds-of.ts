import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../../engine/compiler-tree.ts';
import type { TypedTree } from '../../../engine/typed-tree.ts';
import ts from '../../../typescript.cts';
import type { Kind } from '../native-form.ts';
import { answersOf, globalAnswers, memberAnswers } from './answers.ts';
import { type Kinds, kindsOfType } from './kinds-of-type.ts';

/** What is known where an expression is read. */
export type Sight = {
  readonly tree: TypedTree;
  /** Whether the types that the file declares hold: the tree checks them strictly, or the user says so. */
  readonly isTrusted: boolean;
  /** The function of lodash that a callee is. */
  methodOf(callee: TypeScript.Expression): string | undefined;
  /** What is taken for granted of names whose values are being followed. */
  readonly assumed: Map<TypeScript.Symbol, Assumption>;
};

/** Kinds of a name that its own values are made of; none at first. */
type Assumption = { readonly kinds: Kinds; isUsed: boolean };

/** A chain of names and values longer than this is not followed. */
const depthMax = 12;

/** What the value of an expression may be: by the way in which it is made, else by its type where types hold. */
export function kindsOf(node: TypeScript.Expression, sight: Sight, depth = 0): Kinds {
  const bare = bareOf(node);
  if (depth > depthMax) return undefined;
  const made = madeOf(bare, sight, depth + 1);
  if (made !== undefined) return made;
  if (sight.isTrusted) return kindsOfType(sight.tree.checker.getTypeAtLocation(bare), sight.tree);
  return ts.isIdentifier(bare) ? narrowed(bare, sight) : undefined;
}

/** The expression within parentheses and assertions of types, which prove nothing. */
export function bareOf(node: TypeScript.Expression): TypeScript.Expression {
  const isAsserted =
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isTypeAssertionExpression(node);
  return isAsserted ? bareOf(node.expression) : node;
}

function one(kind: Kind): Kinds {
  return new Set([kind]);
}

function joinedKinds(...all: readonly Kinds[]): Kinds {
  return all.some((kinds) => kinds === undefined) ? undefined : new Set(all.flatMap((kinds) => [...(kinds ?? [])]));
}

function madeOf(node: TypeScript.Expression, sight: Sight, depth: number): Kinds {
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || ts.isTypeOfExpression(node))
    return one('string');
  if (ts.isNumericLiteral(node)) return one('number');
  if (ts.isBigIntLiteral(node)) return one('bigint');
  if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) return one('boolean');
  if (node.kind === ts.SyntaxKind.NullKeyword) return one('null');
  if (ts.isVoidExpression(node)) return one('undefined');
  if (ts.isArrayLiteralExpression(node)) return one('array');
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return one('function');
  if (ts.isObjectLiteralExpression(node)) return one(isPlain(node) ? 'object' : 'other');
  if (ts.isRegularExpressionLiteral(node) || ts.isClassExpression(node)) return one('other');
  if (ts.isConditionalExpression(node))
    return joinedKinds(kindsOf(node.whenTrue, sight, depth), kindsOf(node.whenFalse, sight, depth));
  if (ts.isPrefixUnaryExpression(node)) return madeByPrefix(node, sight, depth);
  if (ts.isBinaryExpression(node)) return madeByOperator(node, sight, depth);
  if (ts.isCallExpression(node)) return madeByCall(node, sight, depth);
  if (ts.isPropertyAccessExpression(node)) {
    const isLength = node.name.text === 'length' && node.questionDotToken === undefined;
    const owner = isLength ? kindsOf(node.expression, sight, depth) : undefined;
    return owner !== undefined && [...owner].every((kind) => kind === 'array' || kind === 'string')
      ? one('number')
      : undefined;
  }
  return ts.isIdentifier(node) ? boundKinds(node, sight, depth) : undefined;
}

/** Plain properties under names that are written out, and none that makes it look like an array. */
export function isPlain(node: TypeScript.ObjectLiteralExpression): boolean {
  return node.properties.every(
    (property) =>
      (ts.isPropertyAssignment(property) || ts.isShorthandPropertyAssignment(property)) &&
      (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name)) &&
      property.name.text !== 'length' &&
      property.name.text !== '__proto__',
  );
}

function madeByPrefix(node: TypeScript.PrefixUnaryExpression, sight: Sight, depth: number): Kinds {
  if (node.operator === ts.SyntaxKind.ExclamationToken) return one('boolean');
  if (node.operator === ts.SyntaxKind.PlusToken) return one('number');
  const operand = kindsOf(node.operand, sight, depth);
  return operand !== undefined && [...operand].every((kind) => kind === 'number') ? one('number') : undefined;
}

const comparing = new Set(['===', '!==', '==', '!=', '<', '>', '<=', '>=', 'in', 'instanceof']);
const counting = new Set(['-', '*', '/', '%', '**']);

function madeByOperator(
  { left, right, operatorToken }: TypeScript.BinaryExpression,
  sight: Sight,
  depth: number,
): Kinds {
  const operator = operatorToken.getText();
  if (comparing.has(operator)) return one('boolean');
  const [first, second] = [kindsOf(left, sight, depth), kindsOf(right, sight, depth)];
  if (operator === ',' || operator === '=') return second;
  const isOnly = (kinds: Kinds, kind: Kind): boolean => kinds?.size === 1 && kinds.has(kind);
  if (operator === '+' && (isOnly(first, 'string') || isOnly(second, 'string'))) return one('string');
  if (operator === '+' || counting.has(operator))
    return isOnly(first, 'number') && isOnly(second, 'number') ? one('number') : undefined;
  if (operator === '&&') return joinedKinds(first, second);
  if ((operator !== '||' && operator !== '??') || first === undefined) return undefined;
  return joinedKinds(new Set([...first].filter((kind) => kind !== 'null' && kind !== 'undefined')), second);
}

function madeByCall(node: TypeScript.CallExpression, sight: Sight, depth: number): Kinds {
  const method = sight.methodOf(node.expression);
  if (method !== undefined) return answersOf(method);
  const callee = node.expression;
  if (ts.isIdentifier(callee)) return isGlobal(callee, sight) ? globalAnswers(callee.text) : undefined;
  if (!ts.isPropertyAccessExpression(callee) || callee.questionDotToken !== undefined) return undefined;
  const owner = bareOf(callee.expression);
  if (ts.isIdentifier(owner) && isGlobal(owner, sight)) return globalAnswers(`${owner.text}.${callee.name.text}`);
  const kinds = kindsOf(owner, sight, depth);
  if (kinds?.size === 0) return kinds;
  const [kind] = kinds?.size === 1 ? kinds : [];
  return kind === undefined ? undefined : memberAnswers(kind, callee.name.text);
}

/** True for a name of the global scope that nothing in reach declares anew. */
export function isGlobal(name: TypeScript.Identifier, { tree }: Pick<Sight, 'tree'>): boolean {
  const declared = tree.checker.getSymbolAtLocation(name)?.declarations ?? [];
  return declared.every((one) => one.getSourceFile().isDeclarationFile);
}

/** A name that is bound once, or whose every new value is seen. */
function boundKinds(name: TypeScript.Identifier, sight: Sight, depth: number): Kinds {
  if (name.text === 'undefined') return isGlobal(name, sight) ? one('undefined') : undefined;
  const symbol = sight.tree.checker.getSymbolAtLocation(name);
  const declared = symbol?.valueDeclaration;
  if (symbol === undefined || declared === undefined || symbol.declarations?.length !== 1) return undefined;
  const values = declared.getSourceFile() === name.getSourceFile() ? valuesOf(declared) : undefined;
  if (values === undefined) return undefined;
  const written = isConstant(declared) ? [] : writesOf(symbol, declared, sight);
  if (written === undefined) return undefined;
  const assumption = sight.assumed.get(symbol);
  if (assumption !== undefined) {
    assumption.isUsed = true;
    return assumption.kinds;
  }
  const all = [...values, ...written];
  const first = underAssumption(new Set(), { symbol, all, sight, depth });
  if (!first.isUsed || first.kinds === undefined) return first.kinds;
  // `x = x.concat(y)`: what was found without x must hold with it.
  const second = underAssumption(first.kinds, { symbol, all, sight, depth });
  const isStable = second.kinds !== undefined && [...second.kinds].every((kind) => first.kinds?.has(kind));
  return isStable ? first.kinds : undefined;
}

type Followed = {
  readonly symbol: TypeScript.Symbol;
  readonly all: readonly Value[];
  readonly sight: Sight;
  readonly depth: number;
};

function underAssumption(kinds: Kinds, { symbol, all, sight, depth }: Followed): Assumption {
  const assumption: Assumption = { kinds, isUsed: false };
  sight.assumed.set(symbol, assumption);
  const found = all.map((value) =>
    value === 'array' || value === 'function' ? one(value) : kindsOf(value, sight, depth),
  );
  sight.assumed.delete(symbol);
  return { kinds: joinedKinds(...found), isUsed: assumption.isUsed };
}

type Value = TypeScript.Expression | 'array' | 'function';

/** With what a declaration binds its name; undefined where that is not to be seen. */
function valuesOf(declared: TypeScript.Declaration): readonly Value[] | undefined {
  if (ts.isFunctionDeclaration(declared)) return ['function'];
  if (ts.isParameter(declared) && declared.dotDotDotToken !== undefined && ts.isIdentifier(declared.name))
    return ['array'];
  const isName = ts.isVariableDeclaration(declared) && ts.isIdentifier(declared.name);
  if (!isName || declared.initializer === undefined) return undefined;
  const list = declared.parent;
  const isLexical = ts.isVariableDeclarationList(list) && (list.flags & ts.NodeFlags.BlockScoped) !== 0;
  return isLexical && !ts.isForInStatement(list.parent) && !ts.isForOfStatement(list.parent)
    ? [declared.initializer]
    : undefined;
}

function isConstant(declared: TypeScript.Declaration): boolean {
  return ts.isVariableDeclaration(declared) && (declared.parent.flags & ts.NodeFlags.Const) !== 0;
}

/** Every value that is assigned to a name; undefined where it changes in another way. */
function writesOf(
  symbol: TypeScript.Symbol,
  declared: TypeScript.Declaration,
  { tree: { checker } }: Sight,
): readonly TypeScript.Expression[] | undefined {
  const written: TypeScript.Expression[] = [];
  for (const node of nodesBelow(declared.getSourceFile())) {
    if (!ts.isIdentifier(node) || node.text !== symbol.name || checker.getSymbolAtLocation(node) !== symbol) continue;
    const { parent } = node;
    if (ts.isBinaryExpression(parent) && parent.left === node && isAssignment(parent)) {
      if (parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
      written.push(parent.right);
    } else if (isOtherwiseWritten(node)) return undefined;
  }
  return written;
}

function isAssignment({ operatorToken: { kind } }: TypeScript.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** Counted up, taken apart into, or the variable of a loop. Any place in a literal may be a pattern. */
function isOtherwiseWritten(node: TypeScript.Identifier): boolean {
  const { parent } = node;
  if (ts.isPostfixUnaryExpression(parent)) return true;
  if (ts.isPrefixUnaryExpression(parent))
    return parent.operator >= ts.SyntaxKind.PlusPlusToken && parent.operator <= ts.SyntaxKind.MinusMinusToken;
  if (ts.isForInStatement(parent) || ts.isForOfStatement(parent)) return parent.initializer === node;
  for (let at: TypeScript.Node = node; ; at = at.parent) {
    const up = at.parent;
    const isLiteral =
      ts.isArrayLiteralExpression(up) ||
      ts.isObjectLiteralExpression(up) ||
      ts.isPropertyAssignment(up) ||
      ts.isShorthandPropertyAssignment(up) ||
      ts.isSpreadElement(up);
    if (isLiteral) continue;
    const isTarget = ts.isBinaryExpression(up) && isAssignment(up) && up.left === at;
    return at !== node && (isTarget || ((ts.isForOfStatement(up) || ts.isForInStatement(up)) && up.initializer === at));
  }
}

/** A parameter of which nothing is said, behind a test of what it is. */
function narrowed(name: TypeScript.Identifier, { tree }: Sight): Kinds {
  const declared = tree.checker.getSymbolAtLocation(name)?.valueDeclaration;
  if (declared === undefined || !ts.isParameter(declared) || declared.initializer !== undefined) return undefined;
  const symbol = tree.checker.getSymbolAtLocation(name);
  const whole = symbol === undefined ? undefined : tree.checker.getTypeOfSymbol(symbol);
  if (whole === undefined || (whole.flags & ts.TypeFlags.Any) === 0 || declared.type !== undefined) return undefined;
  const kinds = kindsOfType(tree.checker.getTypeAtLocation(name), tree);
  return kinds !== undefined && [...kinds].every((kind) => kind !== 'object' && kind !== 'other') ? kinds : undefined;
}
