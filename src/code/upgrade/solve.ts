/** What one choice demands of another variable: a choice of it that `accepts` lets pass. */
export type Demand = {
  readonly on: string;
  /** Demands with one key on one variable accept the same. */
  readonly key: string;
  accepts(value: string | undefined): boolean;
};

/** One value that a variable may take; undefined stands for absence. */
export type Choice = {
  readonly value: string | undefined;
  readonly cost: number;
  /** True for what is there now. Two that both stay are never held against each other. */
  readonly isStay: boolean;
  readonly demands: readonly Demand[];
};

export type Variable = { readonly id: string; readonly choices: readonly Choice[] };

export type Solution =
  | { readonly kind: 'solved'; readonly values: ReadonlyMap<string, Choice>; readonly isProven: boolean }
  /** `among` are the variables in which the contradiction lies. */
  | { readonly kind: 'none'; readonly among: readonly string[] }
  | { readonly kind: 'gave-up'; readonly among: readonly string[] };

export type SolveOptions = { readonly signal: AbortSignal; readonly nodesMax?: number };

const nodesMaxDefault = 50_000;

/**
 * Chooses one value for every variable so that every demand holds, at the least sum of costs; of equals the one whose
 * variables, in the order given, have the earlier choices first found. Branch and bound over arc-consistent domains, one
 * connected part of the problem after another. Pure but for the signal, whose reason it throws; the same input gives the
 * same answer. It looks at `nodesMax` nodes of the search at most: then it gives up, or, having found something, says that it
 * is not proven to be the cheapest.
 */
export function solve(variables: readonly Variable[], { signal, nodesMax = nodesMaxDefault }: SolveOptions): Solution {
  const values = new Map<string, Choice>();
  let isProven = true;
  for (const part of partsOf(variables)) {
    const answer = solvePart(part, { signal, nodesMax });
    if (answer.kind !== 'solved') return answer;
    isProven &&= answer.isProven;
    for (const [id, choice] of answer.values) values.set(id, choice);
  }
  return { kind: 'solved', values, isProven };
}

/** The connected parts of the problem: variables that demand nothing of each other are apart. */
function partsOf(variables: readonly Variable[]): readonly (readonly Variable[])[] {
  const linked = linksOf(variables);
  const seen = new Set<string>();
  const byId = new Map(variables.map((variable) => [variable.id, variable]));
  return variables.flatMap(({ id }) => {
    if (seen.has(id)) return [];
    seen.add(id);
    const part = [id];
    for (const each of part) {
      for (const next of linked.get(each) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        part.push(next);
      }
    }
    return [variables.filter((variable) => part.includes(variable.id) && byId.has(variable.id))];
  });
}

function linksOf(variables: readonly Variable[]): ReadonlyMap<string, ReadonlySet<string>> {
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

/** For every variable the choices that are still open, as indices, cheapest first. */
type Domains = readonly (readonly number[])[];

type Part = {
  readonly variables: readonly Variable[];
  readonly neighbours: readonly (readonly number[])[];
  fits(first: number, choice: number, second: number, other: number): boolean;
};

function solvePart(variables: readonly Variable[], options: Required<SolveOptions>): Solution {
  const among = variables.map(({ id }) => id);
  const part = compile(variables);
  const start = variables.map(({ choices }) =>
    choices.map((_, index) => index).sort((a, b) => (choices[a]?.cost ?? 0) - (choices[b]?.cost ?? 0) || a - b),
  );
  const domains = narrow(
    part,
    start,
    variables.map((_, index) => index),
  );
  if (domains === undefined) return { kind: 'none', among };
  const { best, isCut } = searched(part, domains, options);
  if (best === undefined) return { kind: isCut ? 'gave-up' : 'none', among };
  const chosen = variables.flatMap(({ id, choices }, index) => {
    const choice = choices[best[index] ?? -1];
    return choice === undefined ? [] : [[id, choice] as const];
  });
  return { kind: 'solved', values: new Map(chosen), isProven: !isCut };
}

function compile(variables: readonly Variable[]): Part {
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

/** Takes out what no choice of a neighbour fits, from the changed variables on; undefined where nothing is left of one. */
function narrow(part: Part, domains: Domains, changed: readonly number[]): Domains | undefined {
  const now = [...domains];
  const queue = [...changed];
  for (let at = 0; at < queue.length; at += 1) {
    const cause = queue[at] ?? 0;
    for (const other of part.neighbours[cause] ?? []) {
      const before = now[other] ?? [];
      const left = before.filter((choice) => (now[cause] ?? []).some((mine) => part.fits(cause, mine, other, choice)));
      if (left.length === 0) return undefined;
      if (left.length === before.length) continue;
      now[other] = left;
      if (!queue.includes(other, at + 1)) queue.push(other);
    }
  }
  return now;
}

type Searched = { readonly best: readonly number[] | undefined; readonly isCut: boolean };

/** Depth first, the most bound variable first; the depth is bounded by the number of variables. */
function searched(part: Part, start: Domains, { signal, nodesMax }: Required<SolveOptions>): Searched {
  let best: readonly number[] | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  let nodes = 0;
  const visit = (domains: Domains): void => {
    signal.throwIfAborted();
    nodes += 1;
    const bound = boundOf(part, domains);
    if (nodes > nodesMax || bound >= bestCost) return;
    const next = mostBound(domains);
    if (next === undefined) {
      best = domains.map((domain) => domain[0] ?? -1);
      bestCost = bound;
      return;
    }
    for (const choice of domains[next] ?? []) {
      const fixed = domains.map((domain, index) => (index === next ? [choice] : domain));
      if (boundOf(part, fixed) >= bestCost) break;
      const narrowed = narrow(part, fixed, [next]);
      if (narrowed !== undefined) visit(narrowed);
    }
  };
  visit(start);
  return { best, isCut: nodes > nodesMax };
}

/** No assignment within the domains costs less: the sum of what each variable costs at least. */
function boundOf({ variables }: Part, domains: Domains): number {
  return domains.reduce((sum, [choice = -1], index) => sum + (variables[index]?.choices[choice]?.cost ?? 0), 0);
}

/** The undecided variable with the fewest choices left. */
function mostBound(domains: Domains): number | undefined {
  let found: number | undefined;
  for (const [index, domain] of domains.entries()) {
    if (domain.length > 1 && (found === undefined || domain.length < (domains[found]?.length ?? 0))) found = index;
  }
  return found;
}
