import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../engine/compiler-tree.ts';
import ts from '../../typescript.cts';
import { propertyName } from '../syntax.ts';

/** What a name of a file may stand for, whichever scope it is of; a member stands under `.name`. */
export type ValuesOfNames = ReadonlyMap<string, readonly TypeScript.Node[]>;

/** Gathers declarations, assignments, defaults, what is pushed, and the arguments that calls in this file give. */
export function valuesOfNames(source: TypeScript.SourceFile): ValuesOfNames {
  const values = new Map<string, TypeScript.Node[]>();
  const add = (name: string, node: TypeScript.Node | undefined) => {
    if (node !== undefined) put(values, name, node);
  };
  const calls = callsIn(source);
  for (const node of nodesBelow(source)) {
    if (ts.isVariableDeclaration(node)) addBound(node.name, initialOf(node), add);
    else if (ts.isParameter(node)) {
      for (const given of [node.initializer, ...argumentsFor(node, calls)]) addBound(node.name, given, add);
    } else if (ts.isFunctionDeclaration(node) && node.name !== undefined) add(node.name.text, node.body);
    else if (ts.isMethodDeclaration(node)) add(`.${propertyName(node) ?? ''}`, node.body);
    else if (ts.isPropertyAssignment(node)) add(`.${propertyName(node) ?? ''}`, node.initializer);
    else if (ts.isPropertyDeclaration(node)) add(`.${node.name.getText()}`, node.initializer);
    else if (ts.isBinaryExpression(node) && isAssignment(node)) add(keyOf(node.left), node.right);
    else if (ts.isCallExpression(node)) addPushed(node, add);
  }
  return values;
}

function put<Value>(map: Map<string, Value[]>, name: string, value: Value): void {
  const known = map.get(name);
  if (known === undefined) map.set(name, [value]);
  else known.push(value);
}

type Add = (name: string, node: TypeScript.Node | undefined) => void;

function addBound(name: TypeScript.BindingName, value: TypeScript.Node | undefined, add: Add): void {
  if (ts.isIdentifier(name)) {
    add(name.text, value);
    return;
  }
  for (const element of name.elements) {
    if (!ts.isBindingElement(element)) continue;
    addBound(element.name, element.initializer, add);
    addBound(element.name, value, add);
  }
}

/** What a variable begins with, or the list that a loop takes it from. */
function initialOf({ initializer, parent }: TypeScript.VariableDeclaration): TypeScript.Node | undefined {
  const loop = parent.parent;
  return ts.isForOfStatement(loop) || ts.isForInStatement(loop) ? loop : initializer;
}

function callsIn(source: TypeScript.SourceFile): ReadonlyMap<string, readonly TypeScript.CallExpression[]> {
  const calls = new Map<string, TypeScript.CallExpression[]>();
  for (const node of nodesBelow(source)) {
    if (!ts.isCallExpression(node)) continue;
    const name = keyOf(node.expression).replace(/^\./, '');
    put(calls, name, node);
  }
  return calls;
}

function argumentsFor(
  parameter: TypeScript.ParameterDeclaration,
  calls: ReadonlyMap<string, readonly TypeScript.CallExpression[]>,
): readonly TypeScript.Node[] {
  const owner = parameter.parent;
  const index = owner.parameters.indexOf(parameter);
  const isRest = parameter.dotDotDotToken !== undefined;
  return (calls.get(nameOfFunction(owner) ?? '') ?? []).flatMap(({ arguments: given }) =>
    given.slice(index, isRest ? undefined : index + 1),
  );
}

function nameOfFunction(node: TypeScript.SignatureDeclaration): string | undefined {
  const own = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined);
  const key = own ?? (ts.isPropertyAssignment(node.parent) ? node.parent.name : undefined);
  return key !== undefined && (ts.isIdentifier(key) || ts.isStringLiteral(key)) ? key.text : undefined;
}

function isAssignment({ operatorToken: { kind } }: TypeScript.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function addPushed({ expression, arguments: given }: TypeScript.CallExpression, add: Add): void {
  if (!ts.isPropertyAccessExpression(expression) || !/^(push|unshift|add|splice)$/.test(expression.name.text)) return;
  for (const one of given) add(keyOf(expression.expression), one);
}

/** Under which a value stands: `name`, or `.member`. */
function keyOf(node: TypeScript.Node): string {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) ? `.${node.name.text}` : '';
}
