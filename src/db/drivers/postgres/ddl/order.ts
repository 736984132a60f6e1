/** One statement that recreates something, with what it makes and what it needs. */
export type Node = {
  readonly phase: Phase;
  /** `schema.name` of the table, view, type … that it makes or belongs to. */
  readonly object: string;
  /** Whether it makes the object itself, so that others who mention it come later. */
  readonly isMaker: boolean;
  readonly text: string;
  /** The part of the text whose names must exist when it runs; a function's string body need not. */
  readonly mentions: string;
};

/** The usual order of things. A dependency moves a statement back, never forward. */
export const phases = [
  'schema',
  'extension',
  'type',
  'sequence',
  'function',
  'table',
  'column',
  'attach',
  'index',
  'key',
  'foreign-key',
  'view',
  'rule',
  'trigger',
  'policy',
  'remark',
] as const;
export type Phase = (typeof phases)[number];

/**
 * Puts statements in an order in which each finds what it mentions. Dependencies are read from the names in the text
 * (the server printed every name with its schema), so that they hold for a simulated snapshot as well. Within a cycle
 * the usual order decides.
 */
export function ordered(nodes: readonly Node[]): readonly Node[] {
  const needs = dependencies(nodes);
  const ranks = effectiveRanks(nodes, needs);
  const place = new Map(nodes.map((node, index) => [node, index]));
  const sorted = [...nodes].sort(
    (one, other) =>
      (ranks.get(one) ?? 0) - (ranks.get(other) ?? 0) ||
      rankOf(one) - rankOf(other) ||
      (place.get(one) ?? 0) - (place.get(other) ?? 0),
  );
  const done = new Set<Node>();
  const result: Node[] = [];
  const emit = (node: Node) => {
    if (done.has(node)) return;
    done.add(node);
    for (const need of needs.get(node) ?? []) emit(need);
    result.push(node);
  };
  for (const node of sorted) emit(node);
  return result;
}

/** Statements needed by, and belonging to, the objects: their own, what these mention, and so on. */
export function neededFor(nodes: readonly Node[], objects: ReadonlySet<string>): readonly Node[] {
  const needs = dependencies(nodes);
  const wanted = new Set(objects);
  const queue = [...objects];
  const ofObject = groupByObject(nodes);
  for (let object = queue.pop(); object !== undefined; object = queue.pop()) {
    const needed = (ofObject.get(object) ?? []).flatMap((node) => needs.get(node) ?? []).map((node) => node.object);
    for (const name of needed) {
      if (wanted.has(name)) continue;
      wanted.add(name);
      queue.push(name);
    }
  }
  return nodes.filter((node) => wanted.has(node.object) || node.phase === 'schema' || node.phase === 'extension');
}

/** Qualified names in a text, unquoted: `schema.name`. Also those inside string literals, as in nextval('a.b'). */
export function namesIn(text: string): readonly string[] {
  const part = '(?:"((?:[^"]|"")+)"|([A-Za-z_\\u0080-\\uffff][\\w$\\u0080-\\uffff]*))';
  const names: string[] = [];
  for (const match of text.matchAll(new RegExp(`${part}\\.${part}`, 'g'))) {
    const schema = match[1]?.replaceAll('""', '"') ?? match[2];
    const name = match[3]?.replaceAll('""', '"') ?? match[4];
    names.push(`${schema}.${name}`);
  }
  return names;
}

function dependencies(nodes: readonly Node[]): ReadonlyMap<Node, readonly Node[]> {
  const makers = groupByObject(nodes.filter((node) => node.isMaker));
  const needs = new Map<Node, readonly Node[]>();
  for (const node of nodes) {
    const names = new Set(namesIn(node.mentions));
    if (!node.isMaker) names.add(node.object);
    const found = [...names].flatMap((name) => makers.get(name) ?? []);
    needs.set(
      node,
      found.filter((maker) => maker !== node),
    );
  }
  return needs;
}

function groupByObject(nodes: readonly Node[]): ReadonlyMap<string, readonly Node[]> {
  const groups = new Map<string, Node[]>();
  for (const node of nodes) {
    const group = groups.get(node.object);
    if (group === undefined) groups.set(node.object, [node]);
    else group.push(node);
  }
  return groups;
}

function effectiveRanks(nodes: readonly Node[], needs: ReadonlyMap<Node, readonly Node[]>): ReadonlyMap<Node, number> {
  const ranks = new Map<Node, number>();
  const rank = (node: Node): number => {
    const known = ranks.get(node);
    if (known !== undefined) return known;
    ranks.set(node, rankOf(node));
    const highest = Math.max(rankOf(node), ...(needs.get(node) ?? []).map(rank));
    ranks.set(node, highest);
    return highest;
  };
  for (const node of nodes) rank(node);
  return ranks;
}

function rankOf(node: Node): number {
  return phases.indexOf(node.phase);
}
