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

/** What an entry runs when it is loaded, as `file:line` of before, where that comes in another order or not at all. */
export type OrderChange = {
  readonly entry: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
};

/** Which modules are run before which, and what each of them runs when it is loaded, in its order. */
export type Evaluation = { readonly graph: Followers; readonly runs: ReadonlyMap<string, readonly string[]> };

/** Entries from which what modules run is run otherwise than before. Pure. */
export function orderChanges(before: Evaluation, after: Evaluation): readonly OrderChange[] {
  const imported = new Set([...before.graph].flatMap(([from, all]) => all.filter((to) => to !== from)));
  const entries = [...before.graph.keys()].filter((path) => !imported.has(path));
  return (entries.length > 0 ? entries : [...before.graph.keys()]).flatMap((entry) => {
    const [old, now] = [runFrom(entry, before), runFrom(entry, after)];
    return old.join('\n') === now.join('\n') ? [] : [{ entry, before: old, after: now }];
  });
}

function runFrom(entry: string, { graph, runs }: Evaluation): readonly string[] {
  return evaluationOrder(graph, entry).flatMap((path) => runs.get(path) ?? []);
}
