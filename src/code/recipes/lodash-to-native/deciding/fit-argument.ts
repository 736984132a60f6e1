import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../../engine/compiler-tree.ts';
import ts from '../../../typescript.cts';
import type { Argument, Kind, Need } from '../native-form.ts';
import { bareOf, isPlain, kindsOf, type Sight } from '../reading/kinds-of.ts';
import { isFlatAlike } from '../reading/kinds-of-type.ts';
import { pathArgument } from './path-argument.ts';

/** An argument that fits, or why it does not, as the end of "… is left: ". */
export type Fit = Argument | { readonly why: string };

const names: Readonly<Partial<Record<Kind, string>>> = {
  array: 'an array',
  string: 'a string',
  number: 'a number',
  function: 'a function',
  object: 'an object whose keys are known',
};

/** Whether an argument is what a form needs, by what is known of it. */
export function fitArgument(node: TypeScript.Expression, need: Need, sight: Sight): Fit {
  if (ts.isSpreadElement(node)) return { why: 'its arguments are spread' };
  const text = node.getText();
  const plain: Argument = { text, operand: operandOf(node) };
  switch (need.kind) {
    case 'any':
      return need.isRepeated !== true || isName(node, sight)
        ? plain
        : { why: `\`${shown(node)}\` would be computed twice` };
    case 'value':
      return fitValue(node, need, sight);
    case 'nested-array':
      return fitNested(node, need.depth, sight);
    case 'nested-function':
      return isFunction(node, sight) && answersFlat(node, sight)
        ? plain
        : { why: `what \`${shown(node)}\` answers is not known to be of arrays and plain values` };
    case 'iteratee':
      return fitIteratee(node, sight);
    case 'procedure':
      return isFunction(node, sight) && isProcedure(bareOf(node), sight)
        ? plain
        : { why: `\`${shown(node)}\` may answer \`false\`, which ends the loop of lodash` };
    case 'counter':
      return fitCounter(bareOf(node));
    case 'integer': {
      const value = /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
      return value !== undefined && value >= need.min
        ? plain
        : { why: `\`${shown(node)}\` is no integer that is written out, from ${need.min} on` };
    }
    case 'key':
      return ts.isStringLiteral(node) && /^[A-Za-z_$][\w$]*$/.test(node.text) && node.text !== '__proto__'
        ? plain
        : { why: `\`${shown(node)}\` is no name that is written out` };
    case 'path':
      return pathArgument(node);
    case 'literal':
      return ts.isObjectLiteralExpression(node) && isPlain(node)
        ? plain
        : { why: `\`${shown(node)}\` may be used elsewhere, and would be changed` };
  }
}

type ValueNeed = Extract<Need, { kind: 'value' }>;

function fitValue(node: TypeScript.Expression, need: ValueNeed, sight: Sight): Fit {
  if (need.isFree === true && !isFree(node))
    return { why: `\`${shown(node)}\` would no longer be computed where it is not asked for` };
  const operand = operandOf(node);
  const text = node.getText();
  if (need.kinds.length === 0) return { text, operand };
  const kinds = kindsOf(node, sight);
  const wanted = new Set<Kind>(need.kinds);
  const missing = [...(kinds ?? [])].filter((kind) => !wanted.has(kind));
  if (kinds !== undefined && kinds.size > 0 && missing.length === 0) return { text, operand };
  const isNothing = kinds !== undefined && missing.every((kind) => kind === 'null' || kind === 'undefined');
  if (isNothing && need.orElse !== undefined && kinds.size > missing.length) {
    const other = `${operand} ?? ${need.orElse}`;
    return { text: other, operand: `(${other})`, year: 2020 };
  }
  const [first] = need.kinds;
  const said = need.kinds.length === 1 && first !== undefined ? names[first] : undefined;
  return { why: `\`${shown(node)}\` is not known to be ${said ?? 'a value for which both do the same'}` };
}

function fitNested(node: TypeScript.Expression, depth: number, sight: Sight): Fit {
  const bare = bareOf(node);
  const isKnown =
    sight.isTrusted &&
    isArrayType(bare, sight) &&
    isFlatAlike(sight.tree.checker.getTypeAtLocation(bare), sight.tree, depth + 1);
  return isKnown || isLiteral(bare)
    ? { text: node.getText(), operand: operandOf(node) }
    : { why: `\`${shown(node)}\` is not known to be an array of arrays and plain values` };
}

function isArrayType(node: TypeScript.Expression, sight: Sight): boolean {
  const kinds = kindsOf(node, sight);
  return kinds?.size === 1 && kinds.has('array');
}

/** An array of arrays and values that are all written out. */
function isLiteral(node: TypeScript.Expression): boolean {
  if (!ts.isArrayLiteralExpression(node)) return false;
  return node.elements.every((one) => ts.isStringLiteralLike(one) || ts.isNumericLiteral(one) || isLiteral(one));
}

function isFunction(node: TypeScript.Expression, sight: Sight): boolean {
  const kinds = kindsOf(node, sight);
  return kinds?.size === 1 && kinds.has('function');
}

function answersFlat(node: TypeScript.Expression, sight: Sight): boolean {
  const bare = bareOf(node);
  if (ts.isArrowFunction(bare) && !ts.isBlock(bare.body) && isLiteral(bareOf(bare.body))) return true;
  if (!sight.isTrusted) return false;
  const signatures = sight.tree.checker.getTypeAtLocation(bare).getCallSignatures();
  return signatures.every((one) => isFlatAlike(one.getReturnType(), sight.tree, 1));
}

/** lodash takes the property of an element, and undefined for one that is nothing. */
function fitIteratee(node: TypeScript.Expression, sight: Sight): Fit {
  if (isFunction(node, sight)) return { text: node.getText(), operand: operandOf(node) };
  const isKey = ts.isStringLiteral(node) && /^[A-Za-z_$][\w$]*$/.test(node.text);
  if (!isKey) return { why: `\`${shown(node)}\` is not known to be a function` };
  return propertyOf(node.text);
}

/** A function that takes a property of an element, or undefined of one that is nothing. */
export function propertyOf(name: string): Argument {
  const text = `(item) => item?.${name}`;
  return { text, operand: `(${text})`, year: 2020 };
}

/** True where no way through a function answers `false`. */
function isProcedure(node: TypeScript.Expression, sight: Sight): boolean {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return answersOtherwise(node, sight);
  if (isPromised(node)) return true;
  if (!ts.isBlock(node.body)) {
    const kinds = kindsOf(node.body, sight);
    return kinds !== undefined && !kinds.has('boolean');
  }
  return returnsOf(node.body).every(({ expression }) => {
    const kinds = expression === undefined ? new Set<Kind>() : kindsOf(expression, sight);
    return kinds !== undefined && !kinds.has('boolean');
  });
}

function isPromised(node: TypeScript.ArrowFunction | TypeScript.FunctionExpression): boolean {
  return node.modifiers?.some((one) => one.kind === ts.SyntaxKind.AsyncKeyword) === true;
}

function answersOtherwise(node: TypeScript.Expression, sight: Sight): boolean {
  const declared = sight.tree.checker.getSymbolAtLocation(node)?.valueDeclaration;
  if (declared === undefined || !ts.isFunctionDeclaration(declared) || declared.body === undefined) return false;
  return returnsOf(declared.body).every(({ expression }) => expression === undefined);
}

/** The returns of a body, without those of functions within it. */
function returnsOf(body: TypeScript.Block): readonly TypeScript.ReturnStatement[] {
  const own = (node: TypeScript.Node): boolean => {
    for (let at = node.parent; at !== body; at = at.parent) if (ts.isFunctionLike(at)) return false;
    return true;
  };
  return [...nodesBelow(body)]
    .filter((node) => ts.isReturnStatement(node) && own(node))
    .flatMap((node) => (ts.isReturnStatement(node) ? [node] : []));
}

/** `Array.from` gives the element first, and lodash nothing but the count. */
function fitCounter(node: TypeScript.Expression): Fit {
  const why = { why: `\`${shown(node)}\` is no arrow function of the count alone` };
  if (!ts.isArrowFunction(node) || node.parameters.length > 1) return why;
  const text = node.getText();
  const [parameter] = node.parameters;
  if (parameter === undefined) return { text, operand: `(${text})` };
  const isPlain =
    ts.isIdentifier(parameter.name) && parameter.initializer === undefined && parameter.dotDotDotToken === undefined;
  const isTaken = [...nodesBelow(node)].some((one) => ts.isIdentifier(one) && one.text === '_item');
  if (!isPlain || isTaken) return why;
  const [from, to] = [parameter.getStart() - node.getStart(), parameter.end - node.getStart()];
  const isBare = text.slice(0, from).trim() === '' || text.slice(0, from).trim() === 'async';
  const put = `_item, ${text.slice(from, to)}`;
  const whole = `${text.slice(0, from)}${isBare ? `(${put})` : put}${text.slice(to)}`;
  return { text: whole, operand: `(${whole})` };
}

/** A name that is read twice with the same answer. */
function isName(node: TypeScript.Expression, { tree }: Sight): boolean {
  if (!ts.isIdentifier(node)) return false;
  return (tree.checker.getSymbolAtLocation(node)?.declarations?.length ?? 0) > 0;
}

/** It has no effect, and nothing can tell whether it was computed. */
function isFree(node: TypeScript.Expression): boolean {
  const bare = bareOf(node);
  if (ts.isArrayLiteralExpression(bare)) return bare.elements.every(isFree);
  if (ts.isObjectLiteralExpression(bare)) return bare.properties.length === 0;
  return (
    ts.isStringLiteralLike(bare) ||
    ts.isNumericLiteral(bare) ||
    ts.isArrowFunction(bare) ||
    ts.isIdentifier(bare) ||
    /^(true|false|null)$/.test(bare.getText())
  );
}

/** The text of an expression as it may stand before a dot. */
export function operandOf(node: TypeScript.Expression): string {
  const text = node.getText();
  const isTight =
    ts.isIdentifier(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isCallExpression(node) ||
    ts.isParenthesizedExpression(node) ||
    ts.isArrayLiteralExpression(node) ||
    ts.isStringLiteralLike(node) ||
    ts.isTemplateExpression(node) ||
    node.kind === ts.SyntaxKind.ThisKeyword ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    node.kind === ts.SyntaxKind.NullKeyword;
  return isTight ? text : `(${text})`;
}

/** The first line of an expression, for a message. */
export function shown(node: TypeScript.Node): string {
  const [line = ''] = node.getText().split('\n');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
