import type * as TypeScript from 'typescript';
import { nodesBelow } from '../engine/compiler-tree.ts';
import ts from '../typescript.cts';
import { type CodeUse, newNameOf, replacing, type UseFile, type UseTree } from './code-use.ts';
import { spelledKey } from './syntax.ts';

type Given = { readonly change: number; readonly file: UseFile; readonly tree: UseTree };

/** Where the rows of a query are read by the name of a column, as far as that is seen around its text. */
export function rowUses(text: TypeScript.Node, { change, file, tree }: Given): readonly CodeUse[] {
  const wanted = tree.changes[change];
  if (wanted === undefined || !('column' in wanted)) return [];
  return followRows(resultOf(text), 'result', { column: wanted.column, to: newNameOf(wanted), change, file });
}

type Names = {
  /** What the column is called in a row, and what it will be called. */
  readonly column: string;
  readonly to: string | undefined;
  readonly change: number;
  readonly file: UseFile;
};

/** Where a value that is rows, or has them, is read by the name of a column. */
export function followRows(
  node: TypeScript.Node,
  shape: Shape,
  { column, to, change, file }: Names,
): readonly CodeUse[] {
  const uses: CodeUse[] = [];
  const note: Look['note'] = (at, write) => {
    const [start, end] = [at.getStart(), at.getEnd()];
    const edits = to === undefined ? [] : [replacing(start, end, write(to))];
    const base = { path: file.path, start, end, change, kind: 'row', role: 'read', doubt: undefined } as const;
    uses.push({ ...base, first: edits, final: edits });
  };
  followValue(node, shape, { column, note }, 0);
  return uses;
}

type Look = {
  readonly column: string;
  readonly note: (node: TypeScript.Node, write: (name: string) => string) => void;
};
/** What a value is: the answer of a query, its rows, or one row. A client of templates answers with the rows themselves. */
export type Shape = 'result' | 'rows' | 'row';

const stepsMax = 12;

/** The call or template around a text, and the await around that. */
function resultOf(text: TypeScript.Node): TypeScript.Node {
  let node = text;
  if (ts.isTaggedTemplateExpression(node.parent)) node = node.parent;
  else {
    while (ts.isObjectLiteralExpression(node.parent) || ts.isPropertyAssignment(node.parent)) node = node.parent;
    if (ts.isCallExpression(node.parent)) node = node.parent;
  }
  for (;;) {
    const { parent } = node;
    if (ts.isAwaitExpression(parent) || ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent))
      node = parent;
    else return node;
  }
}

function followValue(node: TypeScript.Node, shape: Shape, look: Look, step: number): void {
  const { parent } = node;
  if (step > stepsMax || parent === undefined) return;
  if (ts.isAwaitExpression(parent) || ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent)) {
    followValue(parent, shape, look, step + 1);
  } else if (ts.isVariableDeclaration(parent) && parent.initializer === node) {
    followBinding(parent.name, shape, look, step + 1);
  } else if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
    followMember(parent, shape, look, step + 1);
  } else if (ts.isElementAccessExpression(parent) && parent.expression === node && shape !== 'row') {
    followValue(parent, 'row', look, step + 1);
  } else if (
    ts.isForOfStatement(parent) &&
    parent.expression === node &&
    ts.isVariableDeclarationList(parent.initializer)
  ) {
    for (const { name } of parent.initializer.declarations) followBinding(name, 'row', look, step + 1);
  }
}

const perRow = new Set(['map', 'filter', 'forEach', 'find', 'some', 'every', 'flatMap', 'findIndex']);

function followMember(member: TypeScript.PropertyAccessExpression, shape: Shape, look: Look, step: number): void {
  const name = member.name.text;
  if (shape === 'row') {
    if (name === look.column) look.note(member.name, (to) => to);
    return;
  }
  if (name === 'rows' && shape === 'result') followValue(member, 'rows', look, step);
  else if (name === 'at' && ts.isCallExpression(member.parent)) followValue(member.parent, 'row', look, step);
  else if (perRow.has(name) && ts.isCallExpression(member.parent)) {
    const [callback] = member.parent.arguments;
    const isFunction = callback !== undefined && (ts.isArrowFunction(callback) || ts.isFunctionExpression(callback));
    const parameter = isFunction ? callback.parameters[0] : undefined;
    if (parameter !== undefined) followBinding(parameter.name, 'row', look, step);
    if (name === 'filter') followValue(member.parent, 'rows', look, step);
    if (name === 'find') followValue(member.parent, 'row', look, step);
  }
}

function followBinding(name: TypeScript.BindingName, shape: Shape, look: Look, step: number): void {
  if (ts.isIdentifier(name)) {
    for (const use of usesOfName(name)) followValue(use, shape, look, step);
    return;
  }
  if (ts.isArrayBindingPattern(name)) {
    for (const element of name.elements) {
      if (ts.isBindingElement(element)) followBinding(element.name, 'row', look, step);
    }
    return;
  }
  for (const element of name.elements) {
    const own = element.propertyName ?? element.name;
    const key = ts.isIdentifier(own) || ts.isStringLiteral(own) ? own.text : '';
    if (shape === 'row' && key === look.column) {
      const bound = element.name.getText();
      if (element.propertyName === undefined) look.note(element.name, (to) => `${spelledKey(to)}: ${bound}`);
      else look.note(element.propertyName, spelledKey);
    }
    if (shape === 'result' && key === 'rows') followBinding(element.name, 'rows', look, step);
  }
}

/** The places that mean a local name, in the block or function that declares it; a name declared again there is another. */
function usesOfName(name: TypeScript.Identifier): readonly TypeScript.Identifier[] {
  const scope = scopeOf(name);
  return [...nodesBelow(scope)].filter(
    (node): node is TypeScript.Identifier =>
      ts.isIdentifier(node) && node.text === name.text && node !== name && !isName(node) && !isShadowed(node, scope),
  );
}

function scopeOf(name: TypeScript.Node): TypeScript.Node {
  let node: TypeScript.Node = name;
  while (node.parent !== undefined && !ts.isBlock(node) && !ts.isFunctionLike(node) && !ts.isForOfStatement(node))
    node = node.parent;
  return node;
}

/** A member, a key, or a declaration: no reading of the variable. */
function isName(node: TypeScript.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isPropertyAssignment(parent)) return parent.name === node;
  return (
    (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent)) && parent.name === node
  );
}

function isShadowed(node: TypeScript.Identifier, scope: TypeScript.Node): boolean {
  for (let place: TypeScript.Node = node.parent; place !== scope && place !== undefined; place = place.parent) {
    if (
      ts.isFunctionLike(place) &&
      place.parameters.some(({ name }) => ts.isIdentifier(name) && name.text === node.text)
    )
      return true;
  }
  return false;
}
