import { expect, test } from 'vitest';
import { postgres } from '#db/drivers/postgres/index';
import type { OperationExample } from '#db/operation';
import { operations } from '#db/operations/index';
import { configSchema } from '../src/app/config.ts';
import { thisMachine } from '../src/app/machine.ts';
import { type Rehearsed, rehearsePlan } from '../src/app/rehearsal/rehearse-plan.ts';
import { withDatabase } from './support/database.ts';
import { planOn } from './support/life.ts';

/** With SLOW=1 every example of every operation; else the first one of a few. */
const chosen =
  process.env.SLOW === '1'
    ? operations.flatMap(({ id, examples }) => examples.map((example) => ({ id, example })))
    : operations.flatMap(({ id, examples }) =>
        ['rename-column', 'change-type', 'update-rows'].includes(id)
          ? examples.slice(0, 1).map((example) => ({ id, example }))
          : [],
      );

/** What is no defect of the plan: the example's own triggers, or that it holds on empty tables alone. */
const expected = ['rehearsal/not-restored', 'rehearsal/only-empty', 'rehearsal/fewer-rows', 'rehearsal/irreversible'];

for (const { id, example } of chosen.filter((one) => one.example.refused === undefined)) {
  test(`${id}: ${example.title}: the server does what the plan says`, { timeout: 240_000 }, async () => {
    const { findings, steps } = await rehearsed(example);
    expect(findings.filter(({ severity, rule }) => severity === 'error' || !expected.includes(rule))).toEqual([]);
    expect(steps.every(({ rewrites }) => rewrites.length === 0) || example.names?.includes('hazard/rewrite')).toBe(
      true,
    );
  });
}

async function rehearsed(example: OperationExample): Promise<Rehearsed> {
  return withDatabase(async (database) => {
    await database.query(example.setup);
    const plan = await planOn(database, example);
    const { signal } = new AbortController();
    const session = await postgres.connect(database.url)({ purpose: 'test', signal });
    const snapshot = await postgres.inspect(session);
    const rights = await postgres.rights(session, snapshot);
    await session.close();
    const surroundings = {
      ...thisMachine({ version: 'test', cwd: '/', env: process.env, signal }),
      on: () => undefined,
      cwd: '/',
      env: {},
      config: configSchema.parse({}),
      choice: {},
      consent: { confirm: () => Promise.resolve(undefined) },
      confirm: () => Promise.resolve(false),
      confirmByName: () => Promise.resolve(false),
    };
    const searchPath = ['public'];
    const nullShares = new Map<string, number>();
    return rehearsePlan({
      plan,
      driver: postgres,
      snapshot,
      rights,
      searchPath,
      nullShares,
      rows: 1_000,
      surroundings,
    });
  });
}
