import { solve } from './solve.ts';
import type { Variable } from './variable.ts';

/** Ways to no solution are looked for this often: where one is found and left out, another may still be there. */
const coresMax = 12;

/**
 * The sets of variables whose demands leave no solution, each so small that without the demands of any one of it there might
 * be one. With those of one set left out, the next is looked for, until there is a solution. `first` are left out before
 * others where either would do.
 */
export function coresOf(
  variables: readonly Variable[],
  { first, signal }: { readonly first: readonly string[]; readonly signal: AbortSignal },
): readonly (readonly string[])[] {
  const order = [...first, ...variables.map(({ id }) => id).filter((id) => !first.includes(id))];
  const isOpen = (without: ReadonlySet<string>): boolean =>
    solve(
      variables.map((variable) => decided(variable, without)),
      { signal },
    ).kind === 'solved';
  const cores: (readonly string[])[] = [];
  const left = new Set<string>();
  while (cores.length < coresMax && !isOpen(left)) {
    const without = new Set(left);
    for (const id of order) {
      if (without.has(id)) continue;
      without.add(id);
      if (isOpen(without)) without.delete(id);
    }
    const core = order.filter((id) => !without.has(id));
    if (core.length === 0) break;
    cores.push(core);
    for (const id of core) left.add(id);
  }
  return cores;
}

/** Without costs, so that any solution will do, and without the demands of who is left out. */
export function decided({ id, choices }: Variable, without: ReadonlySet<string>): Variable {
  return {
    id,
    choices: choices.map((choice) => ({ ...choice, cost: 0, demands: without.has(id) ? [] : choice.demands })),
  };
}
