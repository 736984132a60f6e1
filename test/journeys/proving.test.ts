import { describe, test } from 'vitest';
import { expectProof, lifeMaxMs, longCases } from '../support/prove-case.ts';
import { seed } from '../support/seed.ts';

/** The other kinds of change; test/proving.test.ts has those of every day. */
describe.concurrent(`under an application that never stops (seed ${seed})`, () => {
  for (const proving of longCases) test(proving.title, { timeout: lifeMaxMs }, () => expectProof(proving));
});
