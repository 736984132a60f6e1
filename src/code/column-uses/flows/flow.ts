import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../engine/compiler-tree.ts';
import ts from '../../typescript.cts';
import type { NamesInTree } from '../modules/names-in-tree.ts';
import { type FunctionInFile, namedAt } from '../names-in-file.ts';

/** The way of a value through a tree. */
export type Flow = {
  /** Parameters, functions and variables on the way, where other values may come or go too. */
  readonly meetings: readonly Meeting[];
  /** The types that are written for it. */
  readonly types: readonly TypeScript.TypeNode[];
};

export type Meeting = {
  readonly at: TypeScript.Node;
  /** By which of its ways this value went. */
  readonly by: TypeScript.Node;
  /** All the ways of it; undefined where they are not all seen. */
  readonly all: readonly TypeScript.Node[] | undefined;
  /** Is it a constant, whose text stands wherever its name does? */
  readonly isConstant?: boolean;
};

/** A value that has gone nowhere yet. */
export const noFlow: Flow = { meetings: [], types: [] };

/** A flow that went on, past a meeting or a written type. */
export function flowing(
  flow: Flow,
  { meeting, type }: { readonly meeting?: Meeting | undefined; readonly type?: TypeScript.TypeNode | undefined },
): Flow {
  return {
    meetings: meeting === undefined ? flow.meetings : [...flow.meetings, meeting],
    types: type === undefined ? flow.types : [...flow.types, type],
  };
}

/** A parameter of a function that has a name takes an argument of each call. */
export function parameterMeeting(
  { node, named }: FunctionInFile,
  { index, by }: { readonly index: number; readonly by: TypeScript.Node },
  names: NamesInTree,
): Meeting | undefined {
  const parameter = node.parameters[index];
  if (named === undefined || parameter === undefined) return undefined;
  const all = names.isExposed(named) ? undefined : names.usesOf(named).map((use) => argumentAt(use, index) ?? use);
  return { at: parameter, by, all };
}

function argumentAt(use: TypeScript.Identifier, index: number): TypeScript.Node | undefined {
  const called = calleeOf(use);
  return called?.arguments[index];
}

/** The call of a name, or of the member that it names. */
export function calleeOf(use: TypeScript.Identifier): TypeScript.CallExpression | undefined {
  const { parent } = use;
  const whole = ts.isPropertyAccessExpression(parent) && parent.name === use ? parent : use;
  return ts.isCallExpression(whole.parent) && whole.parent.expression === whole ? whole.parent : undefined;
}

/** What a function gives comes from each of its returns. */
export function returnMeeting({ node }: FunctionInFile, by: TypeScript.Node): Meeting {
  return { at: node, by, all: returnsOf(node) };
}

/** What a function gives goes to each place that names it. */
export function resultMeeting(
  { node, named }: FunctionInFile,
  by: TypeScript.Node,
  names: NamesInTree,
): Meeting | undefined {
  if (named === undefined) return undefined;
  return { at: node, by: namedAt(by), all: names.isExposed(named) ? undefined : names.usesOf(named) };
}

/** What a function returns. */
export function returnsOf(node: FunctionInFile['node'] | undefined): readonly TypeScript.Expression[] {
  const body = node?.body;
  if (node === undefined || body === undefined) return [];
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return [node.body];
  return [...nodesBelow(body)].flatMap((inner) =>
    ts.isReturnStatement(inner) && inner.expression !== undefined && functionAround(inner) === node
      ? [inner.expression]
      : [],
  );
}

/** The function that a node stands in. */
export function functionAround(node: TypeScript.Node): TypeScript.Node {
  let at = node.parent;
  while (!ts.isFunctionLike(at) && !ts.isSourceFile(at)) at = at.parent;
  return at;
}
