/**
 * What is looked at of a long list: the first of every `oneIn`; in `npm run journeys`, which sets GODWIT_TEST_JOURNEYS, of
 * every `inJourneys`; all of it with SLOW=1.
 */
export function sampled<T>(all: readonly T[], oneIn: number, inJourneys = 1): readonly T[] {
  if (process.env.SLOW === '1') return all;
  const stride = process.env.GODWIT_TEST_JOURNEYS === '1' ? inJourneys : oneIn;
  return all.filter((_, index) => index % stride === 0);
}
