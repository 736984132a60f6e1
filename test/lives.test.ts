import { describe, expect, test } from 'vitest';
import { isFailure } from '#core/error';
import { hazardsOf } from '#core/plan';
import type { OperationExample } from '#db/operation';
import { operations } from '#db/operations/index';
import { carry } from './support/carry.ts';
import { beginLife, differences, type Life, plainly } from './support/life.ts';
import { inOlderWords, isNewer } from './support/majors.ts';

/** Every example of every operation lives its whole life with the real runner, or is refused as it says. */
for (const operation of operations) {
  describe(operation.id, () => {
    for (const example of operation.examples) {
      test(example.title, () => (isNewer(example) ? onOlderServer(example) : tell(example)));
    }
  });
}

function tell(example: OperationExample): Promise<void> {
  return example.refused === undefined ? live(example) : refuses(example);
}

/** What the server does not have is refused by name; what is older in it lives. */
async function onOlderServer(example: OperationExample): Promise<void> {
  const { setup } = inOlderWords(example);
  if (setup === example.setup)
    await expect(beginLife(example)).rejects.toMatchObject({
      code: 'not-built',
      explanation: { why: expect.stringContaining(`from PostgreSQL ${example.since} on`) },
    });
  await tell(inOlderWords(example));
}

async function refuses(example: OperationExample): Promise<void> {
  const error = await beginLife(example).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(isFailure(error) ? error.code : error).toBe(example.refused);
}

async function live(example: OperationExample): Promise<void> {
  const target = await plainly(example);
  const life = await beginLife(example);
  try {
    for (const name of example.names ?? []) expect(hazardsOf(life.plan).map(({ rule }) => rule)).toContain(name);
    await thereAndBack(life, { target, isRandom: example.isRandom === true });
  } finally {
    await life.end();
  }
}

type Wanted = { readonly target: Awaited<ReturnType<typeof plainly>>; readonly isRandom: boolean };

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
