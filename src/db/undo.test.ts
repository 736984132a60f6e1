import { expect, it } from 'vitest';
import { incrementAll, runBatches } from '../../test/support/batches.ts';
import { type TestDatabase, withDatabase } from '../../test/support/database.ts';
import { postgresSpelling as spelling } from './drivers/postgres/spelling/index.ts';
import * as undo from './undo.ts';
import { countGoneRows } from './undo-gone.ts';

const table = { schema: 'public', name: 'users' };
const key = [{ name: 'id', type: 'integer' }];
const place = undo.undoTable('0a1b2c3d', 1);

/** A table of so many users, with orders of some of them. */
async function withUsers(work: (database: TestDatabase, run: Run) => Promise<void>): Promise<void> {
  await withDatabase(async (database) => {
    await database.query(`CREATE TABLE users (id int PRIMARY KEY, name text, "Mail" text UNIQUE, data json,
        size numeric, total int GENERATED ALWAYS AS (id * 2) STORED);
      INSERT INTO users SELECT i, nullif('n' || i % 7, 'n0'), 'm' || i, '{"a": 1}', i / 10.0 FROM generate_series(1, 3000) AS i;
      CREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES users);
      CREATE SCHEMA godwit`);
    let deeds = 0;
    await work(database, async (batches) => {
      deeds += 1;
      const action = incrementAll([], { ...batches, over: batches.over, workers: 2 });
      return await runBatches(database, action, { context: { deed: `step-${deeds}#0` } });
    });
  });
}

type Run = (batches: undo.UndoBatches) => ReturnType<typeof runBatches>;

async function contentOf(database: TestDatabase): Promise<string> {
  const [row] = await database.query("SELECT md5(string_agg(u::text, '|' ORDER BY id)) AS hash FROM users AS u");
  return String(row?.hash);
}

async function make(database: TestDatabase, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await database.query(statement);
}

const values: undo.ValuesUndo = {
  undo: place,
  table,
  key,
  values: [
    { column: 'name', oldType: 'text', newType: 'text' },
    { column: 'size', oldType: 'numeric', newType: 'numeric' },
  ],
};

it('what an UPDATE overwrote comes back, byte for byte', async () => {
  await withUsers(async (database, run) => {
    const before = await contentOf(database);
    await make(database, undo.createValuesUndo(values, spelling));
    const assignments = [`upper(coalesce(t.name, 'none'))`, 't.size + 1.00'];
    const done = await run(undo.overwriteRows(values, { assignments, where: 't.id % 3 = 0' }, spelling));
    expect(done.measures?.rows).toBe(1000);
    expect(await database.query(`SELECT count(*)::int AS n FROM users WHERE name ~ '[A-Z]'`)).toEqual([{ n: 1000 }]);
    const back = await run(undo.restoreValues(values, {}, spelling));
    expect(back.measures).toMatchObject({ rows: 1000, exceptions: 0 });
    expect(back.heard.exceptions).toEqual([]);
    expect(await contentOf(database)).toBe(before);
    await make(database, [undo.dropUndo(place, spelling)]);
  });
});

it('a value that is no longer ours stays, and is told; one that is gone is told apart', async () => {
  await withUsers(async (database, run) => {
    await make(database, undo.createValuesUndo(values, spelling));
    await run(undo.overwriteRows(values, { assignments: [`'x'`, 't.size'], where: undefined }, spelling));
    await database.query(`UPDATE users SET name = 'theirs' WHERE id IN (5, 9); UPDATE users SET size = 5.10 WHERE id = 12;
      UPDATE users SET name = 'n6' WHERE id = 13; DELETE FROM users WHERE id = 20`);
    const back = await run(undo.restoreValues(values, {}, spelling));
    expect(back.heard.exceptions).toEqual(['3 rows of public.users with another value by now, which stays: 5, 9, 12']);
    const gone = await run(countGoneRows(values, spelling));
    expect(gone.heard.exceptions).toEqual([
      '1 row changed by a data step and deleted from public.users since, which could not be put back as before: 20',
    ]);
    const [five, twelve] = await database.query(`SELECT name, size::text FROM users WHERE id IN (5, 12) ORDER BY id`);
    expect([five, twelve]).toEqual([
      { name: 'theirs', size: '0.50000000000000000000' },
      { name: 'n5', size: '5.10' },
    ]);
  });
});

it('a dropped column comes back with its values, and rows without one hold NULL', async () => {
  await withUsers(async (database, run) => {
    const column = { ...values, values: [{ column: 'Mail', oldType: 'text', newType: 'text' }] };
    await make(database, undo.createValuesUndo(column, spelling));
    await run(undo.keepValues(column, { old: ['t."Mail"'], now: ['NULL'], where: 't."Mail" IS NOT NULL' }, spelling));
    await database.query('ALTER TABLE users DROP COLUMN "Mail"; INSERT INTO users VALUES (4000, $$new$$)');
    await database.query('ALTER TABLE users ADD COLUMN "Mail" text');
    const back = await run(undo.restoreValues(column, {}, spelling));
    expect(back.measures).toMatchObject({ rows: 3000, exceptions: 0 });
    expect(await database.query(`SELECT count(*)::int AS n FROM users WHERE "Mail" = 'm' || id`)).toEqual([
      { n: 3000 },
    ]);
  });
});

it('rows that a transformation loses are kept beside it, and put back where it still stands', async () => {
  await withUsers(async (database, run) => {
    await database.query('ALTER TABLE users ADD COLUMN whole int; UPDATE users SET whole = size::int');
    const lossy = { ...values, values: [{ column: 'size', oldType: 'numeric', newType: 'int' }] };
    await make(database, undo.createValuesUndo(lossy, spelling));
    const lost = spelling.isDifferent('t.whole::numeric', 't.size');
    const kept = await run(undo.keepValues(lossy, { old: ['t.size'], now: ['t.whole'], where: lost }, spelling));
    expect(kept.measures?.rows).toBe(3000);
    const before = await contentOf(database);
    await database.query('UPDATE users SET size = whole; UPDATE users SET size = 77, whole = 77 WHERE id = 3');
    const back = await run(undo.restoreValues(lossy, { current: ['r.whole'], tellsOthers: false }, spelling));
    expect(back.measures?.rows).toBe(2999);
    await database.query('UPDATE users SET size = 3 / 10.0, whole = 0 WHERE id = 3');
    expect(await contentOf(database)).toBe(before);
  });
});

const columns = [
  { name: 'id', type: 'integer' },
  { name: 'name', type: 'text' },
  { name: 'Mail', type: 'text' },
  { name: 'data', type: 'json' },
  { name: 'size', type: 'numeric' },
];
const rows: undo.RowsUndo = { undo: place, table, key, columns };

it('deleted rows come back, but for those whose place is taken', async () => {
  await withUsers(async (database, run) => {
    const before = await contentOf(database);
    await make(database, undo.createRowsUndo(rows, spelling));
    const gone = await run(undo.deleteRows(rows, { where: 't.id % 2 = 0' }, spelling));
    expect(gone.measures?.rows).toBe(1500);
    await database.query(`INSERT INTO users (id, "Mail") VALUES (10, 'own'), (5001, 'm12')`);
    const back = await run(undo.restoreDeletedRows(rows, {}, spelling));
    expect(back.measures?.rows).toBe(1498);
    expect(back.heard.exceptions).toEqual([
      expect.stringMatching(/^2 rows deleted from public\.users could not .*: 10, 12$/),
    ]);
    await database.query(`DELETE FROM users WHERE id IN (10, 5001);
      INSERT INTO users VALUES (10, 'n3', 'm10', '{"a": 1}', 10 / 10.0), (12, 'n5', 'm12', '{"a": 1}', 12 / 10.0)`);
    expect(await contentOf(database)).toBe(before);
  });
});

it('a deleted row stays away where the row that it references is gone', async () => {
  await withUsers(async (database, run) => {
    await database.query(
      'INSERT INTO orders SELECT i, i FROM generate_series(1, 20) AS i; INSERT INTO orders VALUES (21)',
    );
    const orders = { schema: 'public', name: 'orders' };
    const ordersUndo = {
      ...rows,
      table: orders,
      columns: [
        { name: 'id', type: 'integer' },
        { name: 'user_id', type: 'integer' },
      ],
    };
    await make(database, undo.createRowsUndo(ordersUndo, spelling));
    await run(undo.deleteRows(ordersUndo, { where: undefined }, spelling));
    await database.query('DELETE FROM users WHERE id = 7');
    const references = [{ table, columns: ['id'], own: ['user_id'] }];
    const back = await run(undo.restoreDeletedRows(ordersUndo, { references }, spelling));
    expect(back.measures?.rows).toBe(20);
    expect(back.heard.exceptions).toEqual([expect.stringMatching(/^1 row .*: 7$/)]);
  });
});

it('inserted rows are taken out again, but for those that changed or are referenced by now', async () => {
  await withUsers(async (database, run) => {
    const before = await contentOf(database);
    await make(database, undo.createRowsUndo(rows, spelling));
    const inserting = {
      source: table,
      sourceKey: key,
      columns: ['id', 'name', 'Mail', 'data'],
      select: ['t.id + 10000', 't.name', `'copy of ' || t."Mail"`, 't.data'],
      where: 't.id <= 500',
    };
    expect((await run(undo.insertRows(rows, inserting, spelling))).measures?.rows).toBe(500);
    await database.query(
      `UPDATE users SET data = '{"a":  1}' WHERE id = 10003; INSERT INTO orders VALUES (1, 10004); DELETE FROM users WHERE id = 10005`,
    );
    const referencedBy = [{ table: { schema: 'public', name: 'orders' }, columns: ['user_id'], own: ['id'] }];
    const back = await run(undo.removeInsertedRows(rows, { referencedBy }, spelling));
    expect(back.measures?.rows).toBe(497);
    expect(back.heard.exceptions).toEqual([expect.stringMatching(/^2 rows inserted into .*: 10003, 10004$/)]);
    await database.query('DELETE FROM orders; DELETE FROM users WHERE id > 10000');
    expect(await contentOf(database)).toBe(before);
  });
});
