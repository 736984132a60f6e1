import { describe, test } from 'vitest';
import { expectProof, lifeMaxMs, shortCases } from './support/prove-case.ts';
import { seed } from './support/seed.ts';

/** A plan's whole life, from the first step to the end, back and there again, below an application that never stops. */
describe.concurrent(`under an application that never stops (seed ${seed})`, () => {
  for (const proving of shortCases) test(proving.title, { timeout: lifeMaxMs }, () => expectProof(proving));
});
