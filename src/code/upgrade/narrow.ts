import type { Variable } from './variable.ts';

/** For every variable the choices that are still open, as indices, cheapest first. */
export type Domains = readonly (readonly number[])[];

export type Part = {
  readonly variables: readonly Variable[];
  readonly neighbours: readonly (readonly number[])[];
  fits(first: number, choice: number, second: number, other: number): boolean;
};

/** Prepares variables for narrowing; what is found out of two choices is remembered. */
export function compile(variables: readonly Variable[]): Part {
  const places = new Map(variables.map(({ id }, index) => [id, index]));
  const links = linksOf(variables);
  // For each pair of variables a table of what was found out: 0 not asked yet, 1 fits, 2 does not.
  const tables = new Map<number, Uint8Array>();
  const tableOf = (first: number, second: number): Uint8Array => {
    const key = first * variables.length + second;
    const size = (variables[first]?.choices.length ?? 0) * (variables[second]?.choices.length ?? 0);
    const table = tables.get(key) ?? new Uint8Array(size);
    tables.set(key, table);
    return table;
  };
  const fits = (first: number, choice: number, second: number, other: number): boolean => {
    if (first > second) return fits(second, other, first, choice);
    const [one, two] = [variables[first], variables[second]];
    if (one === undefined || two === undefined) return false;
    const table = tableOf(first, second);
    const at = choice * two.choices.length + other;
    if (table[at] === 0) table[at] = isFitting(one, choice, two, other) && isFitting(two, other, one, choice) ? 1 : 2;
    return table[at] === 1;
  };
  return {
    variables,
    neighbours: variables.map(({ id }) => [...(links.get(id) ?? [])].flatMap((name) => places.get(name) ?? [])),
    fits,
  };
}

/** True where what one choice demands of another variable is met. */
function isFitting(wanter: Variable, choice: number, wanted: Variable, other: number): boolean {
  const [mine, theirs] = [wanter.choices[choice], wanted.choices[other]];
  if (mine === undefined || theirs === undefined) return false;
  if (mine.isStay && theirs.isStay) return true;
  return mine.demands.every((demand) => demand.on !== wanted.id || demand.accepts(theirs.value));
}

/** One variable that lost choices, and the one whose choices none of the lost fits. */
export type Loss = { readonly variable: number; readonly by: number; readonly left: readonly number[] };

/**
 * Takes out what no choice of a neighbour fits, from the changed variables on; undefined where nothing is left of one. Tells
 * of each loss, the last of which is then that one.
 */
export function narrow(
  part: Part,
  domains: Domains,
  { changed, onLoss }: { readonly changed: readonly number[]; readonly onLoss?: (loss: Loss) => void },
): Domains | undefined {
  const now = [...domains];
  const queue = [...changed];
  for (let at = 0; at < queue.length; at += 1) {
    const cause = queue[at] ?? 0;
    for (const other of part.neighbours[cause] ?? []) {
      const before = now[other] ?? [];
      const left = before.filter((choice) => (now[cause] ?? []).some((mine) => part.fits(cause, mine, other, choice)));
      if (left.length === before.length) continue;
      onLoss?.({ variable: other, by: cause, left });
      if (left.length === 0) return undefined;
      now[other] = left;
      if (!queue.includes(other, at + 1)) queue.push(other);
    }
  }
  return now;
}

/** Who has to do with whom: by demands, in either direction. */
export function linksOf(variables: readonly Variable[]): ReadonlyMap<string, ReadonlySet<string>> {
  const links = new Map(variables.map(({ id }) => [id, new Set<string>()]));
  for (const { id, choices } of variables) {
    for (const { demands } of choices) {
      for (const { on } of demands) {
        if (on === id || !links.has(on)) continue;
        links.get(id)?.add(on);
        links.get(on)?.add(id);
      }
    }
  }
  return links;
}
