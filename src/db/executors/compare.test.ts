import { expect, it } from 'vitest';
import { actionSchema } from '#core/plan';
import { type TestDatabase, withDatabase } from '../../../test/support/database.ts';
import { executionContext, executionTools } from '../../../test/support/execution.ts';
import type { CompareAction } from '../action.ts';
import { compareExecutor } from './compare.ts';

async function compare(database: TestDatabase, more: Partial<CompareAction> = {}) {
  const action = actionSchema.parse({
    kind: 'db/compare',
    over: { table: { schema: 'public', name: 'rows' }, key: [{ name: 'id', type: 'integer' }] },
    left: 't.old',
    right: 't.new',
    workers: 2,
    ...more,
  });
  const context = executionContext('run-1', { direction: 'check', deed: 'step-1#verify' });
  const outcome = await compareExecutor(executionTools(database.url, undefined)).execute(action, context);
  return { ...outcome, heard: context.heard };
}

const table = 'CREATE TABLE rows (id int PRIMARY KEY, old text, new text)';
const filled = `${table}; INSERT INTO rows SELECT i, nullif(i % 5, 0), nullif(i % 5, 0) FROM generate_series(1, 50000) i; ANALYZE rows`;

it('finds every row the same, NULLs too, and counts all of them', async () => {
  await withDatabase(async (database) => {
    await database.query(filled);
    const outcome = await compare(database);
    expect(outcome).toMatchObject({ ok: true, measures: { rows: 50_000, mismatches: 0 } });
    expect(outcome.detail).toMatch(
      /^50,000 rows of public\.rows compared, 0 differ, checksum [0-9a-f]{16} on both sides$/,
    );
    expect(outcome.heard.progress.at(-1)).toEqual({ done: 50_000, total: 50_000, unit: 'rows' });
    expect((await compare(database)).detail).toBe(outcome.detail);
  });
});

it('names keys of rows that differ, at most ten', async () => {
  await withDatabase(async (database) => {
    await database.query(`${filled}; UPDATE rows SET new = 'x' WHERE id IN (7, 40000)`);
    const few = await compare(database);
    expect(few).toMatchObject({ ok: false, measures: { rows: 50_000, mismatches: 2 } });
    expect(few.findings?.[0]?.message).toBe('2 rows of public.rows differ, among them those with id: 7; 40000');
    await database.query('UPDATE rows SET new = NULL WHERE id % 2 = 1');
    const many = await compare(database);
    expect(many.ok).toBe(false);
    expect(many.findings?.[0]?.message.split('; ')).toHaveLength(10);
  });
});

it('takes a row that agrees on the way back for one that agrees', async () => {
  await withDatabase(async (database) => {
    await database.query(`${table}; INSERT INTO rows VALUES (1, 'A', 'a'), (2, 'b', 'B'), (3, NULL, NULL)`);
    expect(await compare(database)).toMatchObject({ ok: false, measures: { mismatches: 2 } });
    const back = { left: 'lower(t.old)', right: 't.new', backLeft: 't.old', backRight: 'lower(t.new)' };
    expect(await compare(database, back)).toMatchObject({ ok: true, measures: { rows: 3, mismatches: 0 } });
  });
});

it('compares an empty table, and one without a key', async () => {
  await withDatabase(async (database) => {
    await database.query(table);
    expect(await compare(database)).toMatchObject({ ok: true, measures: { rows: 0, mismatches: 0 } });
    await database.query(
      "ALTER TABLE rows DROP CONSTRAINT rows_pkey; INSERT INTO rows SELECT i, i, i FROM generate_series(1, 30000) i; UPDATE rows SET new = 'x' WHERE id = 5",
    );
    const over = { table: { schema: 'public', name: 'rows' }, key: [] };
    const outcome = await compare(database, { over });
    expect(outcome).toMatchObject({ ok: false, measures: { rows: 30_000, mismatches: 1 } });
    expect(outcome.detail).toMatch(/ctid: \(\d+,\d+\)$/);
  });
});

it('fails where a policy would hide rows from it', async () => {
  await withDatabase(async (database) => {
    await database.query(
      `${filled}; ALTER TABLE rows ENABLE ROW LEVEL SECURITY; ALTER TABLE rows FORCE ROW LEVEL SECURITY`,
    );
    await expect(compare(database)).rejects.toThrow(/row-level security/);
  });
});
