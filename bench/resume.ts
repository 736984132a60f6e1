import { randomFrom } from '#db/workload/shape';
import type { Bench, BenchContext } from './support/bench.ts';
import { type Calm, type EndState, livePlan, type Nest, openNest } from './support/killed-life.ts';
import { countOf } from './support/options.ts';

/**
 * The real command line, killed with SIGKILL at random moments on the way to the gate, through contract and on the way
 * back, and called again: every life must pass through the same states as one that nobody disturbed, and no row may
 * have been changed once more than there.
 */
export const resume: Bench = async (context) => {
  const { options, note } = context;
  const kills = countOf(options, 'kills', 200);
  const rows = countOf(options, 'rows', 20_000);
  const seed = countOf(options, 'seed', Date.now() % 1_000_000);
  const width = countOf(options, 'width', 2);
  note(`seed ${seed}`);
  const nest = await openNest(rows, context.signal);
  try {
    const { states, calm } = await livePlan(nest, 'calm');
    const lives = await killMany({ nest, calm, kills, width, seed, context });
    const wrong = lives.flatMap((life) => differences(life, states));
    for (const text of wrong.slice(0, 20)) note(text);
    const where = lives.flatMap((life) => life.where);
    const met = { kills: where.length >= kills, otherEnds: wrong.length === 0 };
    context.print({
      rows,
      seed,
      hasCounter: nest.hasCounter,
      kills: where.length,
      lives: lives.length,
      where: tally(where),
      otherEnds: wrong.length,
      goals: { kills, otherEnds: 0 },
      met,
    });
    return Object.values(met).every((isMet) => isMet);
  } finally {
    await nest.close();
  }
};

type Killing = {
  readonly nest: Nest;
  readonly calm: Calm;
  readonly kills: number;
  readonly width: number;
  readonly seed: number;
  readonly context: BenchContext;
};
type Life = { readonly name: string; readonly states: readonly EndState[]; readonly where: readonly string[] };

/** Lives one after the other, a few at a time, until there were enough kills. */
async function killMany({ nest, calm, kills, width, seed, context }: Killing): Promise<readonly Life[]> {
  const lives: Life[] = [];
  let [next, killed] = [1, 0];
  const lane = async () => {
    while (killed < kills) {
      context.signal.throwIfAborted();
      const name = `life_${next}`;
      const random = randomFrom(seed * 10_000 + next);
      next += 1;
      const { states, where } = await livePlan(nest, name, { random, calm });
      lives.push({ name, states, where });
      killed += where.length;
      context.note(`${name}: killed ${where.join('; ')} (${killed} of ${kills})`);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return lives;
}

/** Schema, rows, and how often each row was updated: a batch that happened twice shows in the last at the latest. */
function differences({ name, states }: Life, right: readonly EndState[]): readonly string[] {
  return right.flatMap(({ at, state }, place) => {
    const [found, wanted] = [JSON.stringify(states[place]?.state), JSON.stringify(state)];
    return found === wanted ? [] : [`${name} at the ${at}: ${found} instead of ${wanted}`];
  });
}

/** How many deaths there were by way and by events journaled before. */
function tally(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words.toSorted()) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
