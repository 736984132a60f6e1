import { replaced } from '../../../engine/compiler-edits.ts';
import ts from '../../../typescript.cts';
import { quoted } from '../editing/style.ts';
import type { Wildcard } from '../paths/convert-path.ts';
import type { ExpressSource } from '../reading/express-source.ts';
import { bare, type FunctionNode, functionAround, isAlone } from '../reading/walk.ts';
import type { Findings } from './express-transform.ts';

/** `req.params[0]`: what an unnamed part of the path matched. */
export type NumberedRead = {
  /** The access, or in `const { 0: file } = req.params` the element. */
  readonly node: ts.ElementAccessExpression | ts.BindingElement;
  /** `req.params` */
  readonly params: string;
  readonly index: number;
  /** The function that Express calls with this request. */
  readonly handler: FunctionNode | undefined;
};

/** All reads of numbered parameters in a file. */
export function numberedReads(source: ExpressSource): readonly NumberedRead[] {
  return source.nodes.flatMap((node) => {
    if (ts.isElementAccessExpression(node))
      return readOf(node, [node.argumentExpression, node.expression], source) ?? [];
    if (!ts.isBindingElement(node) || node.propertyName === undefined) return [];
    const owner = node.parent.parent;
    if (!ts.isVariableDeclaration(owner) || owner.initializer === undefined) return [];
    return readOf(node, [node.propertyName, owner.initializer], source) ?? [];
  });
}

function readOf(
  node: NumberedRead['node'],
  [key, owner]: readonly [ts.Node, ts.Expression],
  source: ExpressSource,
): NumberedRead | undefined {
  const index = /^['"]?(\d)['"]?$/.exec(key.getText())?.[1];
  const params = bare(owner);
  if (index === undefined || !ts.isPropertyAccessExpression(params) || params.name.text !== 'params') return undefined;
  if (source.roleOf(params.expression) !== 'request') return undefined;
  return { node, params: owner.getText(), index: Number(index), handler: handlerAround(node, source) };
}

function handlerAround(node: ts.Node, source: ExpressSource): FunctionNode | undefined {
  for (let around = functionAround(node); around !== undefined; around = functionAround(around)) {
    if (source.routesOf(around) !== undefined) return around;
  }
  return undefined;
}

/** Reads a wildcard by its name; answers false where that cannot be done in place. */
export function rewriteRead(read: NumberedRead, wildcards: readonly Wildcard[], { style, edit }: Findings): boolean {
  const named = wildcards.filter(({ index }) => index === read.index);
  const [first] = named;
  if (first === undefined || ts.isBindingElement(read.node) || first.lead === '/ unless empty') return false;
  if (named.some(({ name, lead }) => name !== first.name || lead !== first.lead)) return false;
  const isOptional = named.some((one) => one.isOptional);
  edit(replaced(read.node, joined(read, { ...first, isOptional }, quoted('/', style))));
  return true;
}

function joined(read: NumberedRead, { name, isOptional, lead }: Wildcard, slash: string): string {
  const value = `${read.params}.${name}`;
  const sure = isOptional ? `(${value} ?? [])` : value;
  const list = isTyped(read) ? `[${value}${isOptional ? ' ?? []' : ''}].flat()` : sure;
  const text = `${list}.join(${slash})`;
  if (lead === '') return text;
  return isAlone(read.node) ? `${slash} + ${text}` : `(${slash} + ${text})`;
}

/** With `Request` as its type, a parameter is a text or an array; without one, the path says which. */
function isTyped({ handler }: NumberedRead): boolean {
  return (
    handler?.parameters.some(({ type }) => type !== undefined) === true ||
    (handler !== undefined &&
      !ts.isCallExpression(handler.parent) &&
      /\.[cm]?tsx?$/.test(handler.getSourceFile().fileName))
  );
}
