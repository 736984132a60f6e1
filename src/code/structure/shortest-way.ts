import type { Followers } from '../graph/strong-components.ts';

/** A shortest way from a node to one that is looked for, both in it; undefined where there is none. Pure. */
export function shortestWay(
  graph: Followers,
  start: string,
  isWanted: (node: string) => boolean,
): readonly string[] | undefined {
  const from = new Map<string, string | undefined>([[start, undefined]]);
  for (const node of from.keys()) {
    if (isWanted(node)) return wayTo(node, from);
    for (const follower of graph.get(node) ?? []) if (!from.has(follower)) from.set(follower, node);
  }
  return undefined;
}

function wayTo(end: string, from: ReadonlyMap<string, string | undefined>): readonly string[] {
  const way: string[] = [];
  for (let node: string | undefined = end; node !== undefined; node = from.get(node)) way.unshift(node);
  return way;
}
