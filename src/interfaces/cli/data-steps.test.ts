import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { withDatabase } from '../../../test/support/database.ts';
import { document } from '../../../test/support/godwit.ts';
import { godwitInside } from '../../../test/support/godwit-inside.ts';

const runSchema = z.object({
  state: z.string(),
  steps: z.array(z.object({ id: z.string(), detail: z.string().optional() })),
  restored: z.object({ schema: z.boolean(), data: z.boolean(), exceptions: z.array(z.string()) }).optional(),
});

describe('data statements on the command line', { timeout: 120_000 }, () => {
  it('are done once, and taken back but for what the application has written since', async () => {
    await withDatabase(async ({ url, query }) => {
      await query(`
        CREATE TABLE users (id int PRIMARY KEY, name text, points int NOT NULL);
        INSERT INTO users SELECT i, 'n' || i, i FROM generate_series(1, 5000) AS i;
        CREATE TABLE archive (id int PRIMARY KEY, name text);`);
      const godwit = await godwitInside(url);
      try {
        const intent = `UPDATE users SET points = points + 1;
          INSERT INTO archive (id, name) SELECT id, name FROM users WHERE id > 4000;
          DELETE FROM users WHERE id > 4000`;
        await godwit.run('plan', intent, '--json');
        const done = document(await godwit.run('apply', '--json'), runSchema);
        expect(done.state).toBe('done');
        expect(done.steps.map(({ detail }) => detail)).toEqual(
          expect.arrayContaining([
            '5000 rows were updated, and their old values are kept',
            '1000 rows were inserted and are recorded',
            '1000 rows were deleted and are kept',
          ]),
        );
        expect(await query('SELECT count(*)::int AS n, sum(points - id)::int AS added FROM users')).toEqual([
          { n: 4000, added: 4000 },
        ]);
        await query(`UPDATE users SET points = 0 WHERE id = 7; UPDATE archive SET name = 'theirs' WHERE id = 4007;
          INSERT INTO users VALUES (4009, 'theirs', 9); DELETE FROM users WHERE id IN (11, 12)`);
        const ran = await godwit.run('rollback', '--json');
        const { restored } = document(ran, runSchema);
        expect(ran.exit).toBe(6);
        expect(restored).toMatchObject({ schema: true, data: false });
        expect(restored?.exceptions.map((text) => text.replace(/ (?:of|inserted|deleted|changed) .*: /, ': '))).toEqual(
          ['1 row: 4009', '1 row: 4007', '2 rows: 7, 4009', '2 rows: 11, 12'],
        );
        expect(await query('SELECT id, points FROM users WHERE id <> points ORDER BY id')).toMatchObject([
          { id: 7, points: 0 },
          { id: 4009, points: 9 },
        ]);
        expect(restored?.exceptions.at(-1)).toContain('deleted from public.users since');
        expect(await query('SELECT id, name FROM archive')).toEqual([{ id: 4007, name: 'theirs' }]);
      } finally {
        await godwit.remove();
      }
    });
  });

  it('can be nothing that is measured again, and verify says so', async () => {
    await withDatabase(async ({ url, query }) => {
      await query(`CREATE TABLE users (id int PRIMARY KEY, points int);
        INSERT INTO users SELECT i, NULL FROM generate_series(1, 100) AS i`);
      const godwit = await godwitInside(url);
      try {
        await godwit.run('plan', 'UPDATE users SET points = 0 WHERE points IS NULL', '--json');
        expect((await godwit.run('apply', '--json')).exit).toBe(0);
        const { stdout } = await godwit.run('verify');
        expect(stdout).toContain('nothing in it can be measured again');
      } finally {
        await godwit.remove();
      }
    });
  });
});
