import { expect, it } from 'vitest';
import { withDatabase } from '../../test/support/database.ts';
import { postgres } from './drivers/postgres/index.ts';
import { lookBeforehand } from './look.ts';
import type { Table } from './schema.ts';

const signal = new AbortController().signal;

/** Looks with one query at a table that holds so many rows, as far as anybody knows. */
async function look(query: string, rows = 10) {
  let findings: unknown;
  await withDatabase(async (database) => {
    await database.query('CREATE TABLE users (id bigint PRIMARY KEY)');
    const session = await postgres.connect(database.url)({ purpose: 'test', isReadOnly: true, signal });
    try {
      const [table] = (await postgres.inspect(session)).tables;
      const known: readonly Table[] = table === undefined ? [] : [{ ...table, rows }];
      const action = { kind: 'db/check', query, code: 'duplicates', next: '' };
      findings = await lookBeforehand(
        known.map((one) => ({ title: 'Look for more', table: one, action, cure: 'Mend it.' })),
        session,
      );
    } finally {
      await session.close();
    }
  });
  return findings;
}

it('says what is in the way, and nothing where nothing is', async () => {
  expect(await look("SELECT true AS ok, '' AS detail")).toEqual([]);
  expect(await look("SELECT false AS ok, '2 rows' AS detail")).toMatchObject([
    { rule: 'data/in-the-way', message: expect.stringContaining('Look for more: 2 rows.'), cure: 'Mend it.' },
  ]);
});

it('does not read a large table, nor for long, nor what cannot be read, and says so', async () => {
  const notLooked = (why: string) => [{ rule: 'data/not-looked', message: expect.stringContaining(why) }];
  expect(await look("SELECT false AS ok, '' AS detail", 5_000_000)).toMatchObject(notLooked('about 5,000,000 rows'));
  const slow = "SELECT pg_sleep(60) IS NULL AS ok, '' AS detail";
  expect(await look(slow)).toMatchObject(notLooked('longer than 2 seconds'));
  expect(await look("SELECT 1 / (id - id) = 1 AS ok, '' AS detail FROM generate_series(1, 2) AS id")).toMatchObject(
    notLooked('division by zero'),
  );
});
