import { describe, expect, test } from 'vitest';
import { prove, provingSeed } from './support/proving.ts';
import { columnCases } from './support/proving-columns.ts';
import { dataCases } from './support/proving-data.ts';
import { tableCases } from './support/proving-tables.ts';

/** Every kind of change, from the first step to the end, back and there again, below an application that never stops. */
describe.concurrent(`under an application that never stops (seed ${provingSeed})`, () => {
  for (const proving of [...columnCases, ...tableCases, ...dataCases]) {
    test(proving.title, { timeout: 180_000 }, async () => {
      const { queries, hazards, longestWaitMs, ...proof } = await prove(proving);
      expect(proof).toEqual({
        failed: [],
        lostAfterContract: [],
        lostAfterRollback: [],
        lostAtTheEnd: [],
        exceptions: [],
        discontent: [],
        isSchemaBack: true,
      });
      expect(queries).toBeGreaterThan(500);
    });
  }
});
