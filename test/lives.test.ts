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
    same(await life.state(), target, example.isRandom);
    await life.back(['contract']);
    same(await life.state(), beforeGate);
    await life.forward(['contract']);
    same(await life.state(), target, example.isRandom);
    await life.back();
    same(await life.state(), start);
  } finally {
    await life.end();
  }
}

function same(found: State, wanted: State, isRandom = false): void {
  const lines = { extra: without(found.lines, wanted.lines), missing: without(wanted.lines, found.lines) };
  if (found.schema !== wanted.schema) expect(lines).toEqual({ extra: [], missing: [] });
  expect(Object.keys(found.rows)).toEqual(Object.keys(wanted.rows));
  for (const [table, rows] of isRandom ? [] : Object.entries(wanted.rows)) {
    const other = found.rows[table] ?? [];
    expect({ extra: without(other, rows), missing: without(rows, other) }, table).toEqual({ extra: [], missing: [] });
  }
  expect(found.schema).toBe(wanted.schema);
}

function without(rows: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others);
  return rows.filter((row) => !known.has(row)).slice(0, 3);
}
