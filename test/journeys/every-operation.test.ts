import { rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { apply } from '#app/verbs/apply';
import { plan } from '#app/verbs/plan';
import { rollback } from '#app/verbs/rollback';
import { verify } from '#app/verbs/verify';
import { errorCodes } from '#core/error';
import type { OperationExample } from '#db/operation';
import { operations } from '#db/operations/index';
import { withDatabase } from '../support/database.ts';
import { inOlderWords, isNewer } from '../support/majors.ts';
import { sampled } from '../support/sampled.ts';
import { surroundingsOn } from '../support/surroundings.ts';

const stateSchema = z.object({
  state: z.string(),
  restored: z.object({ schema: z.boolean(), data: z.boolean(), exceptions: z.array(z.string()) }).optional(),
});
const checksSchema = z.object({ checks: z.array(z.object({ id: z.string(), ok: z.boolean(), detail: z.string() })) });

/** Dealt over the whole list: an operation with one example has its turn with the others, and none is an empty suite. */
const examples = operations.flatMap(({ id, examples }) => examples.map((example) => ({ id, example })));

/** Examples of every operation, all with SLOW=1, through the verbs: plan, apply, verify, the gate, verify, back, verify. */
describe('every operation', () => {
  for (const { id, example } of sampled(examples, 2, 3))
    test(`${id}: ${example.title}`, () => journey(isNewer(example) ? inOlderWords(example) : example));
});

async function journey({ setup, sql, refused, names }: OperationExample): Promise<void> {
  await withDatabase(async ({ url, query }) => {
    await query(setup);
    const surroundings = await surroundingsOn(url);
    const planned = plan.execute({ intent: sql }, surroundings);
    if (refused === 'nothing-to-do') return expect((await planned).json).toEqual({ plan: null, dir: null });
    if (refused !== undefined) {
      expect(Object.keys(errorCodes)).toContain(refused);
      return await expect(planned).rejects.toMatchObject({ code: refused });
    }
    await planned;
    const failing = async () => {
      const { checks } = checksSchema.parse((await verify.execute({}, surroundings)).json);
      return checks.filter(({ ok }) => !ok);
    };
    const holds = async () => expect(await failing()).toEqual([]);
    const first = stateSchema.parse((await apply.execute({}, surroundings)).json);
    await holds();
    if (first.state === 'waiting') {
      expect(stateSchema.parse((await apply.execute({}, surroundings)).json).state).toBe('done');
      await holds();
    }
    const back = stateSchema.parse((await rollback.execute({}, surroundings)).json);
    if (names?.includes('hazard/user-triggers-fire') === true) {
      // What a trigger of the user made of a row, nobody can take back; then it must be told.
      expect(back).toMatchObject({ state: 'rolled-back', restored: { schema: true, data: false } });
      expect(await failing()).toMatchObject([{ id: 'restored', detail: expect.stringContaining('trigger') }]);
    } else {
      expect(back).toEqual({ state: 'rolled-back', restored: { schema: true, data: true, exceptions: [] } });
      await holds();
    }
    await rm(surroundings.cwd, { recursive: true });
  });
}
