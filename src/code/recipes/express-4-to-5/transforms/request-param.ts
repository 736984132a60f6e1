import type ts from 'typescript';
import { replaced, spanOf } from '../../../engine/compiler-edits.ts';
import type { ExpressSource } from '../reading/express-source.ts';
import { type FunctionNode, functionAround, isAlone, type MemberCall, stringOf } from '../reading/walk.ts';
import { expressTransform, type Findings } from './express-transform.ts';
import { parameterNamesIn } from './route-parameters.ts';

const evidence = 'Migrating to Express 5: req.param(name)';

/** `req.param(name)` says where it looks: in the path, the body or the query. */
export const requestParam = expressTransform(
  {
    id: 'request-param',
    why: '`req.param(name)` is gone in Express 5. It looked in `req.params`, then `req.body`, then `req.query`.',
    mentions: ['param'],
  },
  (findings) => {
    const calls = findings.source.callsOn('request', ['param']);
    for (const call of calls) {
      const name = stringOf(call.args[0]);
      if (name === undefined) leaveDynamic(call, findings);
      else rewrite(call, name, { findings, calls });
    }
  },
);

type Around = { readonly findings: Findings; readonly calls: readonly MemberCall[] };

function rewrite(member: MemberCall, name: string, { findings, calls }: Around): void {
  const { call, receiver, args } = member;
  const request = receiver.getText();
  if (readsBags(member, calls)) {
    findings.edit(
      replaced(call, name === 'body' || name === 'query' ? `${request}.${name}` : memberOf(`${request}.params`, name)),
    );
    return;
  }
  const fallback = args[1]?.getText();
  const places = placesOf(member, name, findings.source).map((place) => {
    return place === 'body' ? memberOf(`${request}.body?`, name) : memberOf(`${request}.${place}`, name);
  });
  const text = [...places, ...(fallback === undefined ? [] : [fallback])].join(' ?? ');
  const isSingle = places.length === 1 && fallback === undefined;
  findings.edit(replaced(call, isSingle || isAlone(call) ? text : `(${text})`));
}

/**
 * The upgrade guide takes `req.param('body')` and `req.param('query')` for the whole body and query, and what stands
 * beside them for parameters of the path. A handler that calls them so is read in that way.
 */
function readsBags(member: MemberCall, calls: readonly MemberCall[]): boolean {
  const around = functionAround(member.call);
  return calls.some(({ call, args }) => {
    const name = stringOf(args[0]);
    return (name === 'body' || name === 'query') && args.length === 1 && functionAround(call) === around;
  });
}

type Place = 'params' | 'body' | 'query';

/** In the order of Express 4, without the places that cannot have it. */
function placesOf({ call }: MemberCall, name: string, source: ExpressSource): readonly Place[] {
  const routes = routesAround(call, source);
  if (routes === undefined) return ['params', 'body', 'query'];
  const named = routes.map((route) => route.names.includes(name));
  if (named.every(Boolean) && routes.length > 0) return ['params'];
  const isBodiless = routes.every(({ method }) => method === 'get' || method === 'head');
  const rest: readonly Place[] = isBodiless ? ['query'] : ['body', 'query'];
  return named.some(Boolean) ? ['params', ...rest] : rest;
}

type KnownRoute = { readonly method: string; readonly names: readonly string[] };

/** The routes of the handler around a node; undefined where one of them, or the handler's whole use, cannot be seen. */
function routesAround(node: ts.Node, source: ExpressSource): readonly KnownRoute[] | undefined {
  const handler = handlerAround(node, source);
  const registrations = handler === undefined ? undefined : source.routesOf(handler);
  if (registrations === undefined || registrations.length === 0) return undefined;
  const routes: KnownRoute[] = [];
  for (const { path, member } of registrations) {
    const names = member.name.text === 'use' || path === undefined ? undefined : parameterNamesIn(path);
    if (names === undefined) return undefined;
    routes.push({ method: member.name.text, names });
  }
  return routes;
}

function handlerAround(node: ts.Node, source: ExpressSource): FunctionNode | undefined {
  for (let around = functionAround(node); around !== undefined; around = functionAround(around)) {
    if (source.routesOf(around) !== undefined) return around;
  }
  return undefined;
}

function memberOf(owner: string, name: string): string {
  if (/^[A-Za-z_$][\w$]*$/.test(name)) return `${owner}.${name}`;
  return `${owner}${owner.endsWith('?') ? '.' : ''}[${JSON.stringify(name).replaceAll('"', "'")}]`;
}

function leaveDynamic({ call, args }: MemberCall, { leave }: Findings): void {
  leave({
    ...spanOf(call),
    message: `\`req.param(${args[0]?.getText() ?? ''})\` is gone in Express 5, and the name is not known here.`,
    cure: 'Look where it is: in `req.params`, `req.body` or `req.query`.',
    symbol: 'Request.param',
    evidence,
  });
}
