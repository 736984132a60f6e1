import { fail } from '#core/error';
import type { Facts } from './facts.ts';
import { type Addition, type Goal, peerProblem, someVersion } from './peer-problem.ts';
import { type Choice, solve } from './solve.ts';

/** What a hop chose: a version for every slot, and what comes new into the tree. */
export type Chosen = { readonly values: ReadonlyMap<string, Choice>; readonly additions: readonly Addition[] };

type Options = { readonly load: (names: readonly string[]) => Promise<void>; readonly signal: AbortSignal };

/** A package that candidates want may want another in its turn; so many times the registry is asked. */
const roundsMax = 10;

/** The versions that a hop takes to reach its goals. Throws `no-solution` where there are none. */
export async function chooseVersions(
  facts: Facts,
  goals: ReadonlyMap<string, Goal>,
  { load, signal }: Options,
): Promise<Chosen> {
  for (let round = 0; round < roundsMax; round += 1) {
    const { variables, additions } = peerProblem(facts, goals);
    const solution = solve(variables, { signal });
    if (solution.kind !== 'solved') {
      throw fail('no-solution', {
        what: 'No versions fit together.',
        why: `Among ${solution.among.join(', ')}.`,
        next: 'Hold it back.',
      });
    }
    const unseen = additions.filter(({ id }) => solution.values.get(id)?.value === someVersion);
    if (unseen.length === 0) return { values: solution.values, additions };
    await load(unseen.map(({ name }) => name));
  }
  throw fail('no-solution', { what: 'Too many', why: 'rounds', next: 'none' });
}
