import { describe, expect, test } from 'vitest';
import { isFailure } from '#core/error';
import { hazardsOf } from '#core/plan';
import type { OperationExample } from '#db/operation';
import { operations } from '#db/operations/index';
import { beginLife, plainly, type State } from './support/life.ts';

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
    same(await life.state(), start);
    await life.forward(built);
    const beforeGate = await life.state();
    await life.forward(['contract']);
    same(await life.state(), target);
    await life.back(['contract']);
    same(await life.state(), beforeGate);
    await life.forward(['contract']);
    same(await life.state(), target);
    await life.back();
    same(await life.state(), start);
  } finally {
    await life.end();
  }
}

function same(found: State, wanted: State): void {
  expect(found.objects).toEqual(wanted.objects);
  expect(found.rows).toEqual(wanted.rows);
  expect(found.schema).toBe(wanted.schema);
}
