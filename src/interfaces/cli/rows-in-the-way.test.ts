import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { document, type Godwit } from '../../../test/support/godwit.ts';
import { godwitInside } from '../../../test/support/godwit-inside.ts';

const planSchema = z.object({
  dir: z.string(),
  plan: z.object({ planHash: z.string() }),
  findings: z.array(z.object({ rule: z.string(), message: z.string(), cure: z.string() })).optional(),
});

describe('rows that are in the way of a plan', () => {
  let database: TestDatabase;
  let godwit: Godwit;

  beforeAll(async () => {
    database = await createDatabase();
    await database.query(`
      CREATE TABLE users (id bigint PRIMARY KEY, email text, age int, boss bigint);
      INSERT INTO users SELECT i, 'e' || i % 93, CASE WHEN i % 30 = 0 THEN NULL ELSE i END, CASE i WHEN 7 THEN 999 END
        FROM generate_series(1, 100) AS i;`);
    godwit = await godwitInside(database.url);
  });
  afterAll(async () => {
    await godwit.remove();
    await database.drop();
  });

  it.each([
    [
      'duplicates',
      'CREATE UNIQUE INDEX users_email ON users (email)',
      '7 found: values that stand more than once',
      /e[1-7]; e[1-7]; e[1-7]; e[1-7]; e[1-7]\./,
    ],
    [
      'duplicates under a new name',
      'ALTER TABLE users RENAME COLUMN email TO mail; ALTER TABLE users ADD UNIQUE (mail)',
      '7 found: values',
      /e\d/,
    ],
    [
      'NULLs',
      'ALTER TABLE users ALTER COLUMN age SET NOT NULL',
      '3 found: rows of public.users that hold NULL in age',
      /id = 30; id = 60; id = 90/,
    ],
    [
      'rows against a check',
      'ALTER TABLE users ADD CHECK (age < 99)',
      '2 found: rows of public.users',
      /id = \d+; id = \d+/,
    ],
    [
      'rows that refer to none',
      'ALTER TABLE users ADD FOREIGN KEY (boss) REFERENCES users',
      '1 found: rows of public.users that refer',
      /id = 7/,
    ],
  ])('%s are named when the plan is made', async (_name, sql, count, samples) => {
    const ran = await godwit.run('plan', sql, '--json');
    expect(ran.exit).toBe(0);
    const { findings, dir } = document(ran, planSchema);
    expect(findings).toMatchObject([{ rule: 'data/in-the-way', message: expect.stringContaining(count) }]);
    expect(findings?.[0]?.message).toMatch(samples);
    expect(ran.stderr).toContain(count);
    // What is in the rows of a moment, and whose it is, does not stand in a file that is committed.
    for (const file of ['plan.json', 'PLAN.md']) expect(await readFile(join(dir, file), 'utf8')).not.toContain(count);
  });

  it('are no part of the hash, and gone when they are mended', async () => {
    const sql = 'ALTER TABLE users ALTER COLUMN age SET NOT NULL';
    const before = document(await godwit.run('plan', sql, '--json'), planSchema);
    await database.query('UPDATE users SET age = 0 WHERE age IS NULL');
    const after = document(await godwit.run('plan', sql, '--json'), planSchema);
    expect(after).toEqual({ dir: before.dir, plan: before.plan });
  });

  it('are none where the intent itself mends them', async () => {
    const sql = "UPDATE users SET email = 'e' || id; ALTER TABLE users ADD UNIQUE (email)";
    expect(document(await godwit.run('plan', sql, '--json'), planSchema).findings).toBeUndefined();
  });
});
