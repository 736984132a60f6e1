import ts from '../../../typescript.cts';
import type { ExpressSource } from '../reading/express-source.ts';
import type { FunctionNode } from '../reading/walk.ts';

/** An expression that Express reads as a path, and the functions of this file that are called for it. */
export type PathUse = {
  readonly path: ts.Expression;
  readonly matching: 'whole' | 'start';
  readonly handlers: readonly FunctionNode[];
};

/** Every place in a file where a path is given: to verbs, `all`, `use` and `route`. */
export function pathUses(source: ExpressSource): readonly PathUse[] {
  const uses = new Map<ts.Expression, { matching: 'whole' | 'start'; handlers: FunctionNode[] }>();
  for (const registration of source.registrations) {
    const { path, member } = registration;
    if (path === undefined) continue;
    const matching = registration.host !== 'route' && member.name.text === 'use' ? 'start' : 'whole';
    const use = uses.get(path) ?? { matching, handlers: [] };
    use.handlers.push(...source.handlersOf(registration));
    uses.set(path, use);
  }
  for (const host of ['application', 'router'] as const) {
    for (const { args } of source.callsOn(host, ['route'])) {
      const [path] = args;
      if (path !== undefined && !uses.has(path)) uses.set(path, { matching: 'whole', handlers: [] });
    }
  }
  for (const node of source.nodes) {
    const [path, ...handlers] = computedVerb(node, source) ?? [];
    if (path === undefined || handlers.length === 0) continue;
    uses.set(path, {
      matching: 'whole',
      handlers: handlers.flatMap((handler) => source.reader.functionOf(handler) ?? []),
    });
  }
  return [...uses].map(([path, { matching, handlers }]) => ({ path, matching, handlers }));
}

/** `app[method](path, handler)` */
function computedVerb(node: ts.Node, source: ExpressSource): readonly ts.Expression[] | undefined {
  if (!ts.isCallExpression(node) || !ts.isElementAccessExpression(node.expression)) return undefined;
  const host = source.roleOf(node.expression.expression);
  return host === 'application' || host === 'router' ? node.arguments : undefined;
}
