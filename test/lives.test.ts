import { describe, expect, test } from 'vitest';
import { isFailure } from '#core/error';
import { hazardsOf } from '#core/plan';
import type { OperationExample } from '#db/operation';
import { operations } from '#db/operations/index';
import { beginLife, differences, plainly } from './support/life.ts';

const built = ['prepare', 'expand', 'migrate'];

/** Every example of every operation lives its whole life: forward, back, forward, contract, back. */
for (const operation of operations) {
  describe(operation.id, () => {
    for (const example of operation.examples) test(example.title, () => live(example));
  });
}

async function live(example: OperationExample): Promise<void> {
  if (example.refused !== undefined) {
    const error = await beginLife(example).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(isFailure(error) ? error.code : error).toBe(example.refused);
    return;
  }
  const life = await beginLife(example);
  try {
    const start = await life.state();
    const target = await plainly(example);
    for (const name of example.names ?? []) expect(hazardsOf(life.plan).map(({ rule }) => rule)).toContain(name);
    await life.forward(built);
    await life.back(built);
    expect(differences(await life.state(), start)).toEqual([]);
    await life.forward(built);
    const beforeGate = await life.state();
    await life.forward(['contract']);
    expect(differences(await life.state(), target, example)).toEqual([]);
    await life.back(['contract']);
    expect(differences(await life.state(), beforeGate)).toEqual([]);
    await life.forward(['contract']);
    expect(differences(await life.state(), target, example)).toEqual([]);
    await life.back();
    expect(differences(await life.state(), start)).toEqual([]);
  } finally {
    await life.end();
  }
}
