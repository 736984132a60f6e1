import { expect, test } from 'vitest';
import { carry } from '../../../../test/support/carry.ts';
import { withDatabase } from '../../../../test/support/database.ts';
import { type Birth, planOn } from '../../../../test/support/life.ts';

/** There, what the application does, and back: what is told then. */
async function toldAfter({ setup, sql }: Birth, deed: string): Promise<readonly string[]> {
  return await withDatabase(async (database) => {
    await database.query(setup);
    const run = carry({ url: database.url, plan: await planOn(database, { setup, sql }) });
    try {
      await run.forward();
      await run.passGate();
      await database.query(deed);
      return (await run.back()).state.exceptions;
    } finally {
      await run.close();
    }
  });
}

const dropped: Birth = {
  setup: `CREATE TABLE users (id bigint PRIMARY KEY, name text, old text);
    INSERT INTO users SELECT n, 'name ' || n, nullif('old ' || n, 'old 7') FROM generate_series(1, 9) AS n`,
  sql: 'ALTER TABLE users DROP COLUMN old',
};

const lossy: Birth = {
  setup: `CREATE TABLE users (id bigint PRIMARY KEY, score numeric(8,2));
    INSERT INTO users SELECT n, n + 0.25 FROM generate_series(1, 9) AS n`,
  sql: 'ALTER TABLE users ALTER COLUMN score TYPE integer',
};

const told = (column: string, keys: string) =>
  `${keys.split(', ').length} row${keys.includes(',') ? 's' : ''} of public.users whose key is another by now: the kept value of ${column} could not be put back: ${keys}`;

test('a dropped value whose row bears another key by now is told', async () => {
  const deed = 'UPDATE users SET id = id + 100 WHERE id IN (3, 4, 7)';
  expect(await toldAfter(dropped, deed)).toEqual([told('old', '3, 4')]);
});

test('so is an old value that a new type lost', async () => {
  expect(await toldAfter(lossy, 'UPDATE users SET id = 103 WHERE id = 3')).toEqual([told('score', '3')]);
});

test('values of rows that were deleted are not', async () => {
  for (const birth of [dropped, lossy]) expect(await toldAfter(birth, 'DELETE FROM users WHERE id < 5')).toEqual([]);
});
