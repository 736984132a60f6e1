import { expect } from 'vitest';
import { prove } from './proving.ts';
import type { ProvingCase } from './proving-cases.ts';
import { columnCases } from './proving-columns.ts';
import { dataCases } from './proving-data.ts';
import { keyCases } from './proving-keys.ts';
import { tableCases } from './proving-tables.ts';

/** No life hangs for ever; but its workload is never slower than the clock, so a busy machine makes it long. */
export const lifeMaxMs = 20 * 60_000;

/** That of every `npm test`: a column with two names. Journeys have the others. */
const everyTime = 'a unique column is renamed, and both versions upsert on it';

const all = [...columnCases, ...tableCases, ...keyCases, ...dataCases];
export const shortCases = all.filter(({ title }) => title === everyTime);
export const longCases = all.filter(({ title }) => title !== everyTime);

/** Nothing failed, nothing was lost, and the schema came back. */
export async function expectProof(proving: ProvingCase): Promise<void> {
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
}
