import ts from 'typescript';
import { replaced } from '../editing/edits.ts';
import { quoted } from '../editing/style.ts';
import type { Wildcard } from '../paths/convert-path.ts';
import type { ExpressSource } from '../reading/express-source.ts';
import { bare, type FunctionNode, functionAround } from '../reading/walk.ts';
import type { Findings } from './express-transform.ts';

/** `req.params[0]`: what an unnamed part of the path matched. */
export type NumberedRead = {
  readonly node: ts.ElementAccessExpression;
  /** `req.params` */
  readonly params: string;
  readonly index: number;
  /** The function that Express calls with this request. */
  readonly handler: FunctionNode | undefined;
};

/** All reads of numbered parameters in a file. */
export function numberedReads(source: ExpressSource): readonly NumberedRead[] {
  return source.nodes.flatMap((node) => {
    if (!ts.isElementAccessExpression(node)) return [];
    const index = /^['"]?(\d)['"]?$/.exec(node.argumentExpression.getText())?.[1];
    const params = bare(node.expression);
    if (index === undefined || !ts.isPropertyAccessExpression(params) || params.name.text !== 'params') return [];
    if (source.roleOf(params.expression) !== 'request') return [];
    return [{ node, params: node.expression.getText(), index: Number(index), handler: handlerAround(node, source) }];
  });
}

function handlerAround(node: ts.Node, source: ExpressSource): FunctionNode | undefined {
  for (let around = functionAround(node); around !== undefined; around = functionAround(around)) {
    if (source.routesOf(around) !== undefined) return around;
  }
  return undefined;
}

/** Reads wildcards by their names; answers with the reads that are settled. */
export function rewriteReads(
  reads: readonly NumberedRead[],
  wildcards: readonly Wildcard[],
  { source, style, edit }: Findings,
): readonly NumberedRead[] {
  return reads.filter((read) => {
    const named = wildcards.filter(({ index }) => index === read.index);
    const [first] = named;
    const routes = read.handler === undefined ? [] : (source.routesOf(read.handler) ?? []);
    const isOne = new Set(routes.map(({ path }) => path)).size === 1;
    if (first === undefined || !isOne || named.some(({ name, lead }) => name !== first.name || lead !== first.lead))
      return false;
    if (first.lead === '/ unless empty') return false;
    const isOptional = named.some((one) => one.isOptional);
    edit(
      replaced(
        read.node,
        joined(read, { ...first, isOptional }, { slash: quoted('/', style), isTyped: isTyped(read) }),
      ),
    );
    return true;
  });
}

function joined(
  { params }: NumberedRead,
  { name, isOptional, lead }: Wildcard,
  { slash, isTyped }: { readonly slash: string; readonly isTyped: boolean },
): string {
  const value = `${params}.${name}`;
  const start = lead === '/' ? `${slash} + ` : '';
  const list = isTyped ? `[${value}${isOptional ? ' ?? []' : ''}].flat()` : isOptional ? `(${value} ?? [])` : value;
  const text = `${start}${list}.join(${slash})`;
  return start === '' ? text : `(${text})`;
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
