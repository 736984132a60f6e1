/**
 * What `npm test` looks at of a long list: the first of every `oneIn`. All of it in `npm run journeys`, which sets
 * GODWIT_TEST_WHOLE, and with SLOW=1.
 */
export function sampled<T>(all: readonly T[], oneIn: number): readonly T[] {
  const isWhole = process.env.SLOW === '1' || process.env.GODWIT_TEST_WHOLE === '1';
  return isWhole ? all : all.filter((_, index) => index % oneIn === 0);
}
