/** Who leads to whom: the followers of each node. */
export type Followers = ReadonlyMap<string, readonly string[]>;

type Frame = { readonly node: string; readonly followers: readonly string[]; next: number };

/**
 * The strong components of a graph with more than one node, or with one that leads to itself; each sorted, the list too.
 * Tarjan's algorithm with a stack of its own, so that a deep graph does not end it. Pure.
 */
export function strongComponents(graph: Followers): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const found: string[][] = [];
  const enter = (node: string): Frame => {
    order.set(node, order.size);
    low.set(node, order.size - 1);
    open.push(node);
    isOpen.add(node);
    return { node, followers: graph.get(node) ?? [], next: 0 };
  };
  const lower = (node: string, to: number | undefined): void => {
    low.set(node, Math.min(low.get(node) ?? 0, to ?? Number.POSITIVE_INFINITY));
  };
  const close = (node: string): void => {
    const part = open.splice(open.lastIndexOf(node));
    for (const one of part) isOpen.delete(one);
    if (part.length > 1 || (graph.get(node) ?? []).includes(node)) found.push(part.toSorted());
  };
  for (const root of graph.keys()) {
    const stack = order.has(root) ? [] : [enter(root)];
    for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
      const follower = frame.followers[frame.next];
      frame.next += 1;
      if (follower === undefined) {
        stack.pop();
        if (low.get(frame.node) === order.get(frame.node)) close(frame.node);
        const above = stack.at(-1);
        if (above !== undefined) lower(above.node, low.get(frame.node));
      } else if (!order.has(follower)) stack.push(enter(follower));
      else if (isOpen.has(follower)) lower(frame.node, order.get(follower));
    }
  }
  return found.sort(([one = ''], [other = '']) => (one < other ? -1 : 1));
}

/** A shortest way from a node of a component back to itself, the first of equal ones; every node in it once. Pure. */
export function shortestCycle(graph: Followers, component: readonly string[]): readonly string[] {
  const inside = new Set(component);
  let best: readonly string[] | undefined;
  for (const start of component) {
    const way = wayBack(graph, { start, inside, most: best?.length ?? component.length + 1 });
    if (way !== undefined && (best === undefined || way.length < best.length)) best = way;
    if (best !== undefined && best.length <= 2) break;
  }
  return best ?? [];
}

type Search = { readonly start: string; readonly inside: ReadonlySet<string>; readonly most: number };

function wayBack(graph: Followers, { start, inside, most }: Search): readonly string[] | undefined {
  const from = new Map<string, string | undefined>([[start, undefined]]);
  const depth = new Map([[start, 1]]);
  const queue = [start];
  for (const node of queue) {
    const length = depth.get(node) ?? 1;
    if (length >= most) return undefined;
    for (const follower of graph.get(node) ?? []) {
      if (follower === start) return pathTo(node, from);
      if (!inside.has(follower) || from.has(follower)) continue;
      from.set(follower, node);
      depth.set(follower, length + 1);
      queue.push(follower);
    }
  }
  return undefined;
}

function pathTo(end: string, from: ReadonlyMap<string, string | undefined>): readonly string[] {
  const path: string[] = [];
  for (let node: string | undefined = end; node !== undefined; node = from.get(node)) path.unshift(node);
  return path;
}
