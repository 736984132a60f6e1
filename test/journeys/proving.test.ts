import { describe, test } from 'vitest';
import { expectProof, lifeMaxMs, longCases } from '../support/prove-case.ts';
import { seed } from '../support/seed.ts';
import { inTurn } from '../support/turn.ts';

/** The other kinds of change, each with every other commit; test/proving.test.ts has those of every day. */
describe.concurrent(`under an application that never stops (seed ${seed})`, () => {
  for (const proving of inTurn(longCases, 2)) test(proving.title, { timeout: lifeMaxMs }, () => expectProof(proving));
});
