import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import type { Hindrance } from '../reading/hindrance.ts';
import type { Names } from '../reading/scope.ts';
import { isTarget } from '../reading/scope.ts';
import { bare, isStrictCode, type OwnFunction, ownerOf } from './strict-code.ts';

type Functions = (callee: TypeScript.Expression) => readonly OwnFunction[];
type Uses = ReadonlyMap<OwnFunction, readonly TypeScript.Node[]>;

const roundsMax = 100;

/**
 * `this` of a plain call is the global object in sloppy code, and undefined in an ES module; one that is a primitive is an object
 * there. Named are functions that the file itself calls so. Who checks `this instanceof` first is not meant. Pure.
 */
export function plainThisReasons(nodes: readonly TypeScript.Node[], names: Names): readonly Hindrance[] {
  const uses = thisUses(nodes);
  if (uses.size === 0) return [];
  const functions = functionsOf(nodes, names);
  const found: Hindrance[] = [];
  const plain = new Set<OwnFunction>();
  for (const node of nodes) {
    for (const one of plainlyCalled(node, functions)) plain.add(one);
    found.push(...primitiveReasons(node, functions, uses));
  }
  for (let round = 0, size = 0; round < roundsMax && size < plain.size; round += 1) {
    size = plain.size;
    for (const one of [...plain])
      for (const use of uses.get(one) ?? []) {
        const next = handedTo(use);
        if (next !== undefined) for (const other of functions(next)) plain.add(other);
      }
  }
  for (const one of plain) {
    const all = uses.get(one) ?? [];
    if (isGuarded(one, all)) continue;
    const node = all.find((use) => !isHarmless(use));
    if (node !== undefined)
      found.push({
        node,
        why: '`this` is the global object in a function that is called plainly, and undefined in an ES module, which is strict',
      });
  }
  for (const all of uses.values())
    for (const node of all)
      if (isKindAsked(outer(node)) && !isUnreached(node))
        found.push({ node, why: '`typeof this` tells sloppy code from strict code, which an ES module is' });
  return found;
}

/** By function, each `this` of sloppy code that is its own. */
function thisUses(nodes: readonly TypeScript.Node[]): Uses {
  const uses = new Map<OwnFunction, TypeScript.Node[]>();
  for (const node of nodes) {
    if (node.kind !== ts.SyntaxKind.ThisKeyword || isStrictCode(node)) continue;
    const owner = ownerOf(node);
    if (owner !== undefined) uses.set(owner, [...(uses.get(owner) ?? []), node]);
  }
  return uses;
}

/** What stands for a function: itself, or a name that is declared as it or is given it. */
function functionsOf(nodes: readonly TypeScript.Node[], { homeOf }: Names): Functions {
  const byName = new Map<TypeScript.Node, Map<string, OwnFunction[]>>();
  const give = (name: TypeScript.Identifier, value: TypeScript.Expression | TypeScript.FunctionDeclaration) => {
    const made = ts.isFunctionDeclaration(value) ? value : bare(value);
    const home = homeOf(name)?.node;
    if (home === undefined || !(ts.isFunctionDeclaration(made) || ts.isFunctionExpression(made))) return;
    const there = byName.get(home) ?? new Map<string, OwnFunction[]>();
    there.set(name.text, [...(there.get(name.text) ?? []), made]);
    byName.set(home, there);
  };
  for (const node of nodes) {
    if (ts.isFunctionDeclaration(node) && node.name !== undefined) give(node.name, node);
    if (ts.isFunctionExpression(node) && node.name !== undefined) give(node.name, node);
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined)
      give(node.name, node.initializer);
    if (ts.isBinaryExpression(node) && ts.isIdentifier(node.left) && isTarget(node.left)) give(node.left, node.right);
  }
  return (callee) => {
    const one = bare(callee);
    if (ts.isFunctionExpression(one)) return [one];
    if (ts.isBinaryExpression(one) && one.operatorToken.kind === ts.SyntaxKind.CommaToken)
      return functionsIn(one.right, { byName, homeOf });
    return functionsIn(one, { byName, homeOf });
  };
}

function functionsIn(
  node: TypeScript.Expression,
  {
    byName,
    homeOf,
  }: {
    readonly byName: ReadonlyMap<TypeScript.Node, ReadonlyMap<string, readonly OwnFunction[]>>;
    readonly homeOf: Names['homeOf'];
  },
): readonly OwnFunction[] {
  if (!ts.isIdentifier(node)) return [];
  const home = homeOf(node)?.node;
  return home === undefined ? [] : (byName.get(home)?.get(node.text) ?? []);
}

/** Functions that a call gives no `this`, or null. */
function plainlyCalled(node: TypeScript.Node, functions: Functions): readonly OwnFunction[] {
  if (ts.isTaggedTemplateExpression(node)) return functions(node.tag);
  if (!ts.isCallExpression(node)) return [];
  const given = givenThis(node);
  if (given === undefined) return functions(node.expression);
  const [value] = given.values;
  return value === undefined || isNothing(value) ? functions(given.callee) : [];
}

type GivenThis = { readonly callee: TypeScript.Expression; readonly values: readonly TypeScript.Expression[] };

/** `f.call(value)` and its like. */
function givenThis({ expression, arguments: values }: TypeScript.CallExpression): GivenThis | undefined {
  if (!ts.isPropertyAccessExpression(expression)) return undefined;
  return ['call', 'apply', 'bind'].includes(expression.name.text)
    ? { callee: expression.expression, values }
    : undefined;
}

function isNothing(node: TypeScript.Expression): boolean {
  return node.kind === ts.SyntaxKind.NullKeyword || node.getText() === 'undefined' || ts.isVoidExpression(node);
}

function primitiveReasons(node: TypeScript.Node, functions: Functions, uses: Uses): readonly Hindrance[] {
  const given = ts.isCallExpression(node) ? givenThis(node) : undefined;
  const [value] = given?.values ?? [];
  if (given !== undefined && value !== undefined && isPrimitive(value))
    return functions(given.callee).some((one) => uses.get(one)?.some((use) => !isMemberRead(use)) === true)
      ? [
          {
            node,
            why: `\`this\` is an object made of ${value.getText()} in sloppy code, and the value itself in an ES module`,
          },
        ]
      : [];
  if (!ts.isBinaryExpression(node) || !ofPrimitives.test(node.left.getText())) return [];
  const use = functions(node.right).flatMap((one) => (uses.get(one) ?? []).filter(isToldApart))[0];
  return use === undefined
    ? []
    : [
        {
          node: use,
          why: '`this` is an object made of the value in sloppy code, and the value itself in an ES module',
        },
      ];
}

const ofPrimitives = /^(String|Number|Boolean|Symbol|BigInt)\.prototype\b/;

/** `this.length`, which a primitive has as the object made of it does. */
function isMemberRead({ parent }: TypeScript.Node): boolean {
  return (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) && !isTarget(parent);
}

/** Where an object is told from a primitive. */
function isToldApart(use: TypeScript.Node): boolean {
  const { parent } = use;
  const isCompared = ts.isBinaryExpression(parent) && /^[=!]==$/.test(parent.operatorToken.getText());
  return isCompared || ts.isReturnStatement(parent) || ts.isPrefixUnaryExpression(parent);
}

function isPrimitive(node: TypeScript.Expression): boolean {
  return (
    ts.isStringLiteralLike(node) ||
    ts.isNumericLiteral(node) ||
    ts.isTemplateExpression(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword
  );
}

/** Methods of lists that take the `this` of their function behind it. */
const walks = /\.(map|forEach|filter|some|every|find|findIndex|findLast|flatMap)$/;

/** What is called with this `this`, by `g.call(this)` or `list.map(g, this)`; undefined for any other use. */
function handedTo(use: TypeScript.Node): TypeScript.Expression | undefined {
  const { parent } = use;
  if (!ts.isCallExpression(parent)) return undefined;
  const given = givenThis(parent);
  if (given !== undefined) return given.values[0] === use ? given.callee : undefined;
  const [first, second] = parent.arguments;
  return second === use && walks.test(parent.expression.getText()) ? first : undefined;
}

/** True for a constructor that may be called without `new`. */
function isGuarded(owner: OwnFunction, uses: readonly TypeScript.Node[]): boolean {
  return uses.some(isInstanceCheck) || /\bnew\.target\b/.test(owner.getText());
}

function isInstanceCheck(use: TypeScript.Node): boolean {
  const { parent } = use;
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword;
}

const otherGlobal = /\bFunction\s*\(|\beval\b|\bglobal(This)?\b/;

/** Handed on to a function of others, put beside another way to the global object, or not reached in CommonJS. */
function isHarmless(use: TypeScript.Node): boolean {
  return handedTo(use) !== undefined || hasOther(use) || hasOther(returnedBy(use)) || isUnreached(use);
}

/** True for `this || Function('return this')()`. */
function hasOther(node: TypeScript.Node | undefined): boolean {
  const parent = node?.parent;
  return (
    parent !== undefined &&
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    [ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken].includes(parent.operatorToken.kind) &&
    otherGlobal.test(parent.right.getText())
  );
}

/** The call of `(function () { return this; })()`. */
function returnedBy(use: TypeScript.Node): TypeScript.Node | undefined {
  const owner = ownerOf(use);
  if (!ts.isReturnStatement(use.parent) || owner === undefined || use.parent.parent !== owner.body) return undefined;
  const callee = ts.isParenthesizedExpression(owner.parent) ? owner.parent : owner;
  const call = ts.isCallExpression(callee.parent) ? callee.parent : undefined;
  return call !== undefined && ts.isParenthesizedExpression(call.parent) ? call.parent : call;
}

/** True in the other branch of `if (typeof module === 'object') … else …`, and of a check for `global`. */
function isUnreached(use: TypeScript.Node): boolean {
  for (let at = use; !ts.isSourceFile(at); at = at.parent) {
    const { parent } = at;
    const condition =
      ts.isIfStatement(parent) && parent.elseStatement === at
        ? parent.expression
        : ts.isConditionalExpression(parent) && parent.whenFalse === at
          ? parent.condition
          : undefined;
    if (condition !== undefined && /\btypeof\s*\(?\s*(module|exports|global|globalThis)\b/.test(condition.getText()))
      return true;
  }
  return false;
}

/** `typeof this`, but where it asks for a function, which no other `this` is. */
function isKindAsked(node: TypeScript.Node): boolean {
  const { parent } = node;
  const other = ts.isBinaryExpression(parent) ? (parent.left === node ? parent.right : parent.left) : undefined;
  return ts.isTypeOfExpression(node) && !(other !== undefined && /^['"]function['"]$/.test(other.getText()));
}

function outer({ parent }: TypeScript.Node): TypeScript.Node {
  return ts.isParenthesizedExpression(parent) ? outer(parent) : parent;
}
