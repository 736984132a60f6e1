import { expect } from 'vitest';
import { isFailure } from '#core/error';
import { hazardsOf } from '#core/plan';
import type { OperationExample } from '#db/operation';
import { carry } from './carry.ts';
import { type TestDatabase, withDatabase } from './database.ts';
import { beginLife, differences, type Life, plainly, type State } from './life.ts';
import { inOlderWords } from './majors.ts';

/** The server for a life: its major, and the superuser's URL where it is not the one of the run. */
export type LifeServer = { readonly major: number; readonly serverUrl?: string };

/**
 * An example lives its whole life with the real runner, or is refused as it says. What the server does not have yet is
 * refused by name; what is older in it lives.
 */
export async function expectLife(example: OperationExample, { major, ...server }: LifeServer): Promise<void> {
  const { since = 0 } = example;
  const said = since > major ? inOlderWords(example) : example;
  if (said.setup === example.setup && said.sql !== example.sql)
    await withDatabase((database) => refusesNewer(example, database), server);
  if (said.refused !== undefined) return await withDatabase((database) => refuses(said, database), server);
  const target = await withDatabase((database) => plainly(said, database), server);
  await withDatabase((database) => live(said, target, database), server);
}

async function refusesNewer(example: OperationExample, database: TestDatabase): Promise<void> {
  await expect(beginLife(example, database)).rejects.toMatchObject({
    code: 'not-built',
    explanation: { why: expect.stringContaining(`from PostgreSQL ${example.since} on`) },
  });
}

async function refuses(example: OperationExample, database: TestDatabase): Promise<void> {
  const error = await beginLife(example, database).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(isFailure(error) ? error.code : error).toBe(example.refused);
}

async function live(example: OperationExample, target: State, database: TestDatabase): Promise<void> {
  const life = await beginLife(example, database);
  try {
    for (const name of example.names ?? []) expect(hazardsOf(life.plan).map(({ rule }) => rule)).toContain(name);
    await thereAndBack(life, { target, isRandom: example.isRandom === true });
  } finally {
    await life.end();
  }
}

type Wanted = { readonly target: State; readonly isRandom: boolean };

/** Forward to the gate, back, forward, through the gate to the end, and back after contract. */
async function thereAndBack(life: Life, { target, isRandom }: Wanted): Promise<void> {
  const start = await life.state();
  const first = carry({ url: life.database.url, plan: life.plan });
  try {
    await first.forward();
    expect((await first.back()).state.exceptions).toEqual([]);
    expect(differences(await life.state(), start)).toEqual([]);
    await first.forward();
    const hasGate = life.plan.phases.some(({ gate }) => gate !== undefined);
    const ended = hasGate ? await first.passGate() : await first.forward();
    expect(ended.state.state).toBe('done');
    expect(differences(await life.state(), target, { isRandom })).toEqual([]);
    expect((await first.back()).state.exceptions).toEqual([]);
    expect(differences(await life.state(), start)).toEqual([]);
  } finally {
    await first.close();
  }
}
