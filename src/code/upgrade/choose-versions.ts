import type { Facts } from './facts.ts';
import { peerProblem } from './peer-problem.ts';
import { type Addition, type Goal, someVersion } from './slot-variable.ts';
import { solve } from './solve.ts';
import type { Choice } from './variable.ts';

/** What a hop chose: a version for every slot, and what comes new into the tree. */
export type Chosen = { readonly values: ReadonlyMap<string, Choice>; readonly additions: readonly Addition[] };

export type Choosing = {
  /** Asks the registry for packages that come new into the tree. */
  readonly load: (names: readonly string[]) => Promise<void>;
  readonly signal: AbortSignal;
  /** As in `solve`. */
  readonly nodesMax?: number;
};

/** A package that candidates want may want another in its turn; so many times the registry is asked. */
const roundsMax = 10;

/**
 * The versions that a hop takes to reach its goals: sound ones; where there are none, also some that are deprecated. Says
 * `none` where no versions fit together, and `gave-up` where the search became too long to tell.
 */
export async function chooseVersions(
  facts: Facts,
  goals: ReadonlyMap<string, Goal>,
  choosing: Choosing,
): Promise<Chosen | 'none' | 'gave-up'> {
  const sound = await chooseAmong(facts, goals, { ...choosing, allow: 'sound' });
  return typeof sound === 'string' ? chooseAmong(facts, goals, { ...choosing, allow: 'deprecated' }) : sound;
}

async function chooseAmong(
  facts: Facts,
  goals: ReadonlyMap<string, Goal>,
  { load, signal, nodesMax, allow }: Choosing & { readonly allow: 'sound' | 'deprecated' },
): Promise<Chosen | 'none' | 'gave-up'> {
  for (let round = 0; round < roundsMax; round += 1) {
    const { variables, additions } = peerProblem(facts, goals, allow);
    const solution = solve(variables, { signal, ...(nodesMax === undefined ? {} : { nodesMax }) });
    if (solution.kind !== 'solved') return solution.kind;
    const unseen = additions.filter(({ id }) => solution.values.get(id)?.value === someVersion);
    if (unseen.length === 0) return { values: solution.values, additions };
    await load(unseen.map(({ name }) => name));
  }
  return 'gave-up';
}
