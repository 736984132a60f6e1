import { inTurn } from './turn.ts';

/**
 * What is looked at of a long list: the first of every `oneIn`; in `npm run journeys`, which sets GODWIT_TEST_JOURNEYS, the
 * one of every `inJourneys` whose turn it is; all of it with SLOW=1.
 */
export function sampled<T>(all: readonly T[], oneIn: number, inJourneys = 1): readonly T[] {
  if (process.env.GODWIT_TEST_JOURNEYS === '1') return inTurn(all, inJourneys);
  return process.env.SLOW === '1' ? all : all.filter((_, index) => index % oneIn === 0);
}
