/**
 * What random inputs are made from. It is the same for everybody, so that what was green stays green until something changes;
 * `SEED=<number>` replays a failure, `SEED=random` looks where nobody has looked (`npm run explore`). Tests print it.
 */
export const seed = seedOf(process.env.SEED);

function seedOf(given: string | undefined): number {
  if (given === undefined || given === '') return 20_261_122;
  if (given === 'random') return Date.now() % 2 ** 31;
  const number = Number(given);
  if (!Number.isSafeInteger(number)) throw new Error(`SEED has to be a whole number or 'random', not '${given}'.`);
  return number;
}

/** How many inputs a property is tried with: as many as it usually is, `TIMES=<number>` that many times more. */
export function runsOf(usual: number): number {
  return Math.ceil(usual * Number(process.env.TIMES ?? 1));
}
