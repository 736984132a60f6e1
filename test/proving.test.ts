import { describe, test } from 'vitest';
import { expectProof, lifeMaxMs, shortCases } from './support/prove-case.ts';
import { provingSeed } from './support/proving.ts';

/** A plan's whole life, from the first step to the end, back and there again, below an application that never stops. */
describe.concurrent(`under an application that never stops (seed ${provingSeed})`, () => {
  for (const proving of shortCases) test(proving.title, { timeout: lifeMaxMs }, () => expectProof(proving));
});
