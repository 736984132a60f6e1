import { compile, type Domains, linksOf, narrow, type Part } from './narrow.ts';
import type { Choice, Variable } from './variable.ts';

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

function solvePart(variables: readonly Variable[], options: Required<SolveOptions>): Solution {
  const among = variables.map(({ id }) => id);
  const part = compile(variables);
  const start = variables.map(({ choices }) =>
    choices.map((_, index) => index).sort((a, b) => (choices[a]?.cost ?? 0) - (choices[b]?.cost ?? 0) || a - b),
  );
  const domains = narrow(part, start, { changed: variables.map((_, index) => index) });
  if (domains === undefined) return { kind: 'none', among };
  const { best, isCut } = searched(part, domains, options);
  if (best === undefined) return { kind: isCut ? 'gave-up' : 'none', among };
  const chosen = variables.flatMap(({ id, choices }, index) => {
    const choice = choices[best[index] ?? -1];
    return choice === undefined ? [] : [[id, choice] as const];
  });
  return { kind: 'solved', values: new Map(chosen), isProven: !isCut };
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
      const narrowed = narrow(part, fixed, { changed: [next] });
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
