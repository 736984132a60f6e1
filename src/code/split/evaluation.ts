import type { Followers } from '../graph/strong-components.ts';

/** The modules that are run from an entry, in the order in which they are: each after those that it imports, as ES modules are. Pure. */
export function evaluationOrder(graph: Followers, entry: string): readonly string[] {
  const order: string[] = [];
  const seen = new Set<string>([entry]);
  const stack = [{ node: entry, next: 0 }];
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const follower = graph.get(frame.node)?.[frame.next];
    frame.next += 1;
    if (follower === undefined) {
      order.push(frame.node);
      stack.pop();
    } else if (!seen.has(follower)) {
      seen.add(follower);
      stack.push({ node: follower, next: 0 });
    }
  }
  return order;
}

/** What an entry runs before and after, where modules that do something when they are loaded come in another order or not at all. */
export type OrderChange = {
  readonly entry: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
};

/** Entries from which the modules that run something are run otherwise than before. Pure. */
export function orderChanges(
  before: Followers,
  after: Followers,
  runs: (path: string) => boolean,
): readonly OrderChange[] {
  const imported = new Set([...before].flatMap(([from, all]) => all.filter((to) => to !== from)));
  const entries = [...before.keys()].filter((path) => !imported.has(path));
  return (entries.length > 0 ? entries : [...before.keys()]).flatMap((entry) => {
    const [old, now] = [before, after].map((graph) => evaluationOrder(graph, entry).filter(runs));
    return old === undefined || now === undefined || old.join('\n') === now.join('\n')
      ? []
      : [{ entry, before: old, after: now }];
  });
}
