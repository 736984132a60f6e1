import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import { isBuiltinName } from './builtin-modules.ts';
import type { CommonModule } from './common-module.ts';
import { rootOf } from './root-of.ts';
import type { Reference } from './scope.ts';

/**
 * Where the value of an expression comes from, as far as it can be told. `primitive`: it is no object. `own`: an object
 * that this file makes, with plain properties. `list`: the same of an array, a map or a set. `code`: a function or plain class of this file. `tree`: another file of the
 * package. `package`: an installed package, or what that made. `world`: `process` and the global object. `global`: what the language
 * brings. `exports`: the exports of this file. `unknown`: anything.
 */
export type Origin =
  | 'primitive'
  | 'own'
  | 'list'
  | 'code'
  | 'builtin'
  | 'tree'
  | 'package'
  | 'world'
  | 'global'
  | 'exports'
  | 'unknown';

/** What the names of a module's own level stand for. */
export type Values = {
  /** Declarations by name; undefined where a name is declared or given a value more than once. */
  readonly declared: ReadonlyMap<string, TypeScript.Node | undefined>;
  readonly references: ReadonlyMap<TypeScript.Node, Reference>;
};

const depthMax = 8;
const worlds: ReadonlySet<string> = new Set(['process', 'global', 'globalThis', 'window']);
const languages: ReadonlySet<string> = new Set(
  (
    'Array ArrayBuffer BigInt Boolean Buffer Date Error EvalError Infinity Intl JSON Map Math NaN Number Object Promise ' +
    'RangeError ReferenceError RegExp Set String Symbol SyntaxError TypeError URIError URL URLSearchParams WeakMap WeakRef ' +
    'WeakSet Uint8Array console undefined parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent'
  ).split(' '),
);
const collections: ReadonlySet<string> = new Set(['Array', 'Map', 'Set', 'WeakMap', 'WeakSet']);

/** Reads what the names of a file stand for. Pure. */
export function valuesOf({ source, names }: CommonModule): Values {
  const declared = new Map<string, TypeScript.Node | undefined>();
  const declare = (name: TypeScript.BindingName, node: TypeScript.Node): void => {
    if (ts.isIdentifier(name)) declared.set(name.text, names.declared.get(name.text) === 1 ? node : undefined);
    else for (const one of name.elements) if (ts.isBindingElement(one)) declare(one.name, one);
  };
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement))
      for (const one of statement.declarationList.declarations) declare(one.name, one);
    if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name !== undefined)
      declare(statement.name, statement);
  }
  for (const { node, scope, isWrite } of names.references)
    if (isWrite && scope === 'module' && !isCount(node, declared.get(node.text))) declared.set(node.text, undefined);
  return { declared, references: new Map(names.references.map((one) => [one.node, one])) };
}

/** `n++` of what began as a number, and is given no other value. */
function isCount({ parent }: TypeScript.Node, declaration: TypeScript.Node | undefined): boolean {
  const isStep = ts.isPostfixUnaryExpression(parent) || ts.isPrefixUnaryExpression(parent);
  const isNumber =
    declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    declaration.initializer !== undefined &&
    ts.isNumericLiteral(declaration.initializer);
  return isStep && isNumber;
}

/** Where the value of an expression comes from. Pure. */
export function originOf(expression: TypeScript.Expression, values: Values, depth = 0): Origin {
  if (depth > depthMax) return 'unknown';
  const of = (one: TypeScript.Expression): Origin => originOf(one, values, depth + 1);
  const node = withoutBrackets(expression);
  if (ts.isIdentifier(node)) return originOfName(node, values, depth);
  if (isPlainCode(node)) return 'code';
  if (ts.isArrayLiteralExpression(node)) return 'list';
  if (ts.isObjectLiteralExpression(node)) return isPlainObject(node) ? 'own' : 'unknown';
  if (isLiteral(node)) return 'primitive';
  if (ts.isTemplateExpression(node) || ts.isTypeOfExpression(node) || ts.isVoidExpression(node)) return 'primitive';
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return 'primitive';
  if (ts.isBinaryExpression(node)) return originOfBinary(node, of);
  if (ts.isConditionalExpression(node)) return common(of(node.whenTrue), of(node.whenFalse));
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node))
    return originOfMember(node, of, values);
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return originOfCall(node, of);
  if (ts.isTaggedTemplateExpression(node)) return of(node.tag) === 'package' ? 'package' : 'unknown';
  return 'unknown';
}

/** An expression without the brackets around it. */
export function withoutBrackets(node: TypeScript.Expression): TypeScript.Expression {
  return ts.isParenthesizedExpression(node) ? withoutBrackets(node.expression) : node;
}

function common(one: Origin, other: Origin): Origin {
  return one === other ? one : 'unknown';
}

function isLiteral(node: TypeScript.Node): boolean {
  return (
    ts.isStringLiteralLike(node) ||
    ts.isNumericLiteral(node) ||
    ts.isBigIntLiteral(node) ||
    [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(node.kind)
  );
}

/** An object without getters, setters, a prototype that is given, and what another object brings. */
function isPlainObject({ properties }: TypeScript.ObjectLiteralExpression): boolean {
  return properties.every(
    (one) =>
      ts.isMethodDeclaration(one) ||
      ts.isShorthandPropertyAssignment(one) ||
      (ts.isPropertyAssignment(one) && !/__proto__/.test(one.name.getText())),
  );
}

function originOfName(node: TypeScript.Identifier, values: Values, depth: number): Origin {
  const { text } = node;
  const reference = values.references.get(node);
  if (reference?.scope === 'inner') return 'unknown';
  if (reference?.scope === 'module') {
    const declaration = values.declared.get(text);
    return declaration === undefined ? 'unknown' : originOfDeclaration(declaration, values, depth);
  }
  if (text === '__dirname' || text === '__filename' || text === 'undefined' || text === 'NaN' || text === 'Infinity')
    return 'primitive';
  if (text === 'exports') return 'exports';
  if (worlds.has(text)) return 'world';
  return languages.has(text) ? 'global' : 'unknown';
}

function originOfDeclaration(node: TypeScript.Node, values: Values, depth: number): Origin {
  if (isPlainCode(node)) return 'code';
  if (ts.isVariableDeclaration(node))
    return node.initializer === undefined ? 'unknown' : originOf(node.initializer, values, depth + 1);
  if (!ts.isBindingElement(node) || node.initializer !== undefined || !ts.isVariableDeclaration(node.parent.parent))
    return 'unknown';
  const { initializer } = node.parent.parent;
  const from = initializer === undefined ? 'unknown' : originOf(initializer, values, depth + 1);
  return ['builtin', 'tree', 'package', 'world'].includes(from) ? from : 'unknown';
}

/** A function, or a class without getters and setters of its own or of another: its properties are read and written unseen. */
function isPlainCode(node: TypeScript.Node): boolean {
  if (ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isArrowFunction(node)) return true;
  return ts.isClassLike(node) && node.heritageClauses === undefined && !node.members.some(ts.isAccessor);
}

type Of = (one: TypeScript.Expression) => Origin;

function originOfBinary({ operatorToken: { kind }, left, right }: TypeScript.BinaryExpression, of: Of): Origin {
  if (kind === ts.SyntaxKind.CommaToken || kind === ts.SyntaxKind.EqualsToken) return of(right);
  const isChoice =
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    kind === ts.SyntaxKind.QuestionQuestionToken;
  if (isChoice) return common(of(left), of(right));
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment ? 'unknown' : 'primitive';
}

function originOfMember(
  node: TypeScript.PropertyAccessExpression | TypeScript.ElementAccessExpression,
  of: Of,
  values: Values,
): Origin {
  const text = node.getText();
  if (text === 'module.exports') return 'exports';
  if (/^process\.(env\.\w+|platform|version|pid|arch|argv\.length|argv\[\d+\])$/.test(text) && isFree(node, values))
    return 'primitive';
  const from = of(node.expression);
  return ['primitive', 'builtin', 'tree', 'package', 'world', 'global'].includes(from) ? from : 'unknown';
}

function isFree(node: TypeScript.Expression, { references }: Values): boolean {
  const root = rootOf(node);
  return root !== undefined && references.get(root)?.scope === 'free';
}

function originOfCall(node: TypeScript.CallExpression | TypeScript.NewExpression, of: Of): Origin {
  const { expression } = node;
  if (ts.isIdentifier(expression) && expression.text === 'require') return requiredOrigin(node.arguments?.[0]);
  const callee = of(expression);
  if (callee === 'package' || callee === 'builtin') return callee;
  if (callee === 'global' && ts.isIdentifier(expression)) {
    if (ts.isNewExpression(node)) return collections.has(expression.text) ? 'list' : 'unknown';
    return /^(String|Number|Boolean|parseInt|parseFloat|isNaN|encodeURIComponent)$/.test(expression.text)
      ? 'primitive'
      : 'unknown';
  }
  const isText = callee === 'primitive' && ts.isPropertyAccessExpression(expression);
  if (isText) return /^(split|match|matchAll)$/.test(expression.name.text) ? 'list' : 'primitive';
  return 'unknown';
}

function requiredOrigin(given: TypeScript.Expression | undefined): Origin {
  if (given === undefined || !ts.isStringLiteralLike(given)) return 'unknown';
  if (isBuiltinName(given.text)) return /^(node:)?process$/.test(given.text) ? 'world' : 'builtin';
  return given.text.startsWith('.') ? 'tree' : 'package';
}
