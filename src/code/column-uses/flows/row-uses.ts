import type * as TypeScript from 'typescript';
import { literalPattern } from '../../text/search-text.ts';
import ts from '../../typescript.cts';
import { type CodeUse, newNameOf, replacing, type UseFile, type UseTree } from '../code-use.ts';
import type { NamesInTree } from '../modules/names-in-tree.ts';
import { heldFunction, namedAt } from '../names-in-file.ts';
import { calledName, spelledKey } from '../syntax.ts';
import {
  calleeOf,
  type Flow,
  flowing,
  functionAround,
  type Meeting,
  noFlow,
  parameterMeeting,
  returnMeeting,
} from './flow.ts';
import { membersWritten } from './written-types.ts';

type Given = { readonly change: number; readonly file: UseFile; readonly tree: UseTree };

/** Where the rows of a query are read by the name of a column, as far as that is seen around its text. */
export function rowUses(text: TypeScript.Node, { change, file, tree }: Given): readonly CodeUse[] {
  const wanted = tree.changes[change];
  if (wanted === undefined || !('column' in wanted)) return [];
  const wantedIn = { column: wanted.column, to: newNameOf(wanted), change, file };
  return [text, ...namesOfText(text, file)].flatMap((one) => followRows(resultOf(one), 'result', wantedIn));
}

/** The places where a text goes under the name of a constant. */
function namesOfText({ parent }: TypeScript.Node, file: UseFile): readonly TypeScript.Node[] {
  const isHeld = ts.isVariableDeclaration(parent) && (parent.parent.flags & ts.NodeFlags.Const) !== 0;
  return isHeld ? (file.names()?.usesOf(parent) ?? []).map(wholeName) : [];
}

/** Of `queries.all` all of it. */
function wholeName(use: TypeScript.Identifier): TypeScript.Node {
  return ts.isPropertyAccessExpression(use.parent) && use.parent.name === use ? use.parent : use;
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
  const names = file.names();
  if (names === undefined) return [];
  const note: Look['note'] = (at, write, flow) => {
    const [start, end] = [at.getStart(), at.getEnd()];
    const edits = to === undefined ? [] : [replacing(start, end, write(to))];
    const path = at.getSourceFile().fileName;
    const base = { path, start, end, change, kind: 'row', role: 'read', doubt: undefined } as const;
    const whole = { ...flow, name: column };
    uses.push({ ...base, first: edits, final: edits, flow: whole });
    for (const { name } of to === undefined ? [] : membersWritten(column, flow.types)) {
      const path = name?.getSourceFile().fileName ?? '';
      const [start, end] = [name?.getStart() ?? 0, name?.getEnd() ?? 0];
      const renamed = [replacing(start, end, spelledKey(to ?? ''))];
      const type = { ...base, path, start, end, kind: 'row/type', role: 'mapping' } as const;
      uses.push({ ...type, first: renamed, final: renamed, flow: whole });
    }
  };
  followValue(node, { shape, flow: { ...noFlow, types: typesOfSource(node) }, step: 0 }, { column, note, names });
  return uses;
}

type Look = {
  readonly column: string;
  readonly note: (node: TypeScript.Node, write: (name: string) => string, flow: Flow) => void;
  readonly names: NamesInTree;
};
/** What a value is: the answer of a query, its rows, or one row. A client of templates answers with the rows themselves. */
export type Shape = 'result' | 'rows' | 'row';
/** A value on its way. */
type Way = { readonly shape: Shape; readonly flow: Flow; readonly step: number };

const stepsMax = 12;

/** The call or template around a text, and the await around that. */
function resultOf(text: TypeScript.Node): TypeScript.Node {
  let node = text;
  if (ts.isTaggedTemplateExpression(node.parent)) {
    node = node.parent;
    const { parent } = node;
    if (ts.isCallExpression(parent) && calledName(parent) === 'execute' && parent.arguments[0] === node) node = parent;
  } else {
    while (ts.isObjectLiteralExpression(node.parent) || ts.isPropertyAssignment(node.parent)) node = node.parent;
    if (ts.isCallExpression(node.parent)) node = node.parent;
  }
  return node;
}

/** `db<User>('users')`, ``sql<User[]>`…` ``: what the code says that rows are. */
export function typesOfSource(node: TypeScript.Node): readonly TypeScript.TypeNode[] {
  const types: TypeScript.TypeNode[] = [];
  let at = node;
  for (;;) {
    if (ts.isCallExpression(at) || ts.isTaggedTemplateExpression(at)) types.push(...(at.typeArguments ?? []));
    if (ts.isCallExpression(at) || ts.isPropertyAccessExpression(at)) at = at.expression;
    else return types;
  }
}

function followValue(node: TypeScript.Node, way: Way, look: Look): void {
  const { parent } = node;
  if (way.step > stepsMax || parent === undefined) return;
  const next = { ...way, step: way.step + 1 };
  if (isSame(node, parent)) {
    const type = ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent) ? parent.type : undefined;
    followValue(parent, { ...next, flow: flowing(way.flow, { meeting: choiceOf(node, parent), type }) }, look);
  } else if (ts.isVariableDeclaration(parent) && parent.initializer === node) {
    const flow = flowing(way.flow, { meeting: laterValues(parent, node, look), type: parent.type });
    followBinding(parent.name, { ...next, flow }, look);
  } else if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
    followMember(parent, next, look);
  } else if (ts.isElementAccessExpression(parent) && parent.expression === node) {
    const { argumentExpression: key } = parent;
    if (way.shape !== 'row') followValue(parent, { ...next, shape: 'row' }, look);
    else if (ts.isStringLiteralLike(key) && key.text === look.column) look.note(key, quotedAs(key), way.flow);
  } else if (
    ts.isForOfStatement(parent) &&
    parent.expression === node &&
    ts.isVariableDeclarationList(parent.initializer)
  ) {
    for (const { name } of parent.initializer.declarations) followBinding(name, { ...next, shape: 'row' }, look);
  } else if (ts.isCallExpression(parent) && parent.expression !== node) {
    const index = ts.isExpression(node) ? parent.arguments.indexOf(node) : -1;
    followInto(parent.expression, { index, by: node }, next, look);
  } else if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node)) {
    followReturn(node, next, look);
  }
}

function quotedAs(key: TypeScript.StringLiteralLike): (name: string) => string {
  const [quote = ''] = key.getText();
  return (name) => `${quote}${name}${quote}`;
}

/** Is it the same value, but for nothing in its place? */
function isSame(node: TypeScript.Node, parent: TypeScript.Node): boolean {
  if (ts.isBinaryExpression(parent)) {
    const { kind } = parent.operatorToken;
    return (parent.left === node && kind === ts.SyntaxKind.BarBarToken) || kind === ts.SyntaxKind.QuestionQuestionToken;
  }
  return (
    ts.isAwaitExpression(parent) ||
    ts.isParenthesizedExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isSatisfiesExpression(parent)
  );
}

/** `row ?? { name: 'none' }`: another value that goes on from here, unless it has no columns. */
function choiceOf(node: TypeScript.Node, parent: TypeScript.Node): Meeting | undefined {
  if (!ts.isBinaryExpression(parent)) return undefined;
  const isEmpty = /^(\[\s*\]|\{\s*\}|null|undefined)$/;
  return { at: parent, by: node, all: [parent.left, parent.right].filter((one) => !isEmpty.test(one.getText())) };
}

/** What else a variable becomes, unless it is the same query going on. */
function laterValues(
  variable: TypeScript.VariableDeclaration,
  by: TypeScript.Node,
  { names }: Look,
): Meeting | undefined {
  if ((variable.parent.flags & ts.NodeFlags.Const) !== 0) return undefined;
  const own = new RegExp(`^${literalPattern(variable.name.getText())}\\s*\\.`);
  const later = names.usesOf(variable).flatMap(({ parent }) => {
    const isSet = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    return isSet && !own.test(parent.right.getText()) ? [parent.right] : [];
  });
  return { at: variable, by, all: [by, ...later] };
}

type Entry = { readonly index: number; readonly by: TypeScript.Node };

/** Into a parameter of a function of this file. */
function followInto(callee: TypeScript.Node, { index, by }: Entry, way: Way, look: Look): void {
  const meant = look.names.functionOf(callee);
  const parameter = meant?.node.parameters[index];
  if (meant === undefined || parameter === undefined || parameter.dotDotDotToken !== undefined) return;
  const meeting = parameterMeeting(meant, { index, by }, look.names);
  followBinding(parameter.name, { ...way, flow: flowing(way.flow, { meeting, type: parameter.type }) }, look);
}

/** To the places that call the function by its name. */
function followReturn(node: TypeScript.Node, way: Way, look: Look): void {
  const meant = heldFunction(functionAround(node));
  if (meant?.named === undefined) return;
  const flow = flowing(way.flow, { meeting: returnMeeting(meant, node), type: meant.node.type });
  for (const use of look.names.usesOf(meant.named)) {
    const call = calleeOf(use);
    if (call !== undefined) followValue(call, { ...way, flow }, look);
  }
}

/** Of which parameter of a callback each row comes. */
const perRow: Readonly<Record<string, number>> = {
  map: 0,
  filter: 0,
  forEach: 0,
  find: 0,
  some: 0,
  every: 0,
  flatMap: 0,
  findIndex: 0,
  reduce: 1,
  reduceRight: 1,
};
const sameRows = new Set(['filter', 'slice', 'reverse', 'sort', 'toSorted', 'toReversed']);
const oneRow = new Set(['find', 'at', 'pop', 'shift']);

function followMember(member: TypeScript.PropertyAccessExpression, way: Way, look: Look): void {
  const name = member.name.text;
  if (isAnswered(member)) {
    const [callback] = member.parent.arguments;
    if (name !== 'then') followValue(member.parent, way, look);
    else if (callback !== undefined) followInto(callback, { index: 0, by: namedAt(callback) }, way, look);
    return;
  }
  if (way.shape === 'row') {
    if (name === look.column) look.note(member.name, (to) => to, way.flow);
    return;
  }
  if (name === 'rows' && way.shape === 'result') followValue(member, { ...way, shape: 'rows' }, look);
  const call = member.parent;
  if (!ts.isCallExpression(call) || call.expression !== member) return;
  const index = perRow[name];
  const [callback] = call.arguments;
  if (index !== undefined && callback !== undefined)
    followInto(callback, { index, by: namedAt(callback) }, { ...way, shape: 'row' }, look);
  if (sameRows.has(name)) followValue(call, { ...way, shape: 'rows' }, look);
  if (oneRow.has(name)) followValue(call, { ...way, shape: 'row' }, look);
}

/** `.then((rows) => …)`, and `.catch(…)`, behind which it goes on. */
function isAnswered(
  member: TypeScript.PropertyAccessExpression,
): member is TypeScript.PropertyAccessExpression & { readonly parent: TypeScript.CallExpression } {
  const { parent, name } = member;
  return /^(then|catch|finally)$/.test(name.text) && ts.isCallExpression(parent) && parent.expression === member;
}

function followBinding(name: TypeScript.BindingName, way: Way, look: Look): void {
  if (ts.isIdentifier(name)) {
    const declaration = name.parent;
    if (!ts.isVariableDeclaration(declaration) && !ts.isParameter(declaration) && !ts.isBindingElement(declaration))
      return;
    for (const use of look.names.usesOf(declaration)) followValue(use, way, look);
    return;
  }
  if (ts.isArrayBindingPattern(name)) {
    for (const element of name.elements) {
      if (ts.isBindingElement(element)) followBinding(element.name, { ...way, shape: 'row' }, look);
    }
    return;
  }
  for (const element of name.elements) {
    const own = element.propertyName ?? element.name;
    const key = ts.isIdentifier(own) || ts.isStringLiteral(own) ? own.text : '';
    if (way.shape === 'row' && key === look.column) {
      const bound = element.name.getText();
      if (element.propertyName === undefined) look.note(element.name, (to) => `${spelledKey(to)}: ${bound}`, way.flow);
      else look.note(element.propertyName, spelledKey, way.flow);
    }
    if (way.shape === 'result' && key === 'rows') followBinding(element.name, { ...way, shape: 'rows' }, look);
  }
}
