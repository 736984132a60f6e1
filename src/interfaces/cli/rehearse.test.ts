import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { withDatabase } from '../../../test/support/database.ts';
import { document, errorSchema, type Godwit } from '../../../test/support/godwit.ts';
import { godwitInside } from '../../../test/support/godwit-inside.ts';

const rehearsalSchema = z.object({
  planHash: z.string(),
  ok: z.boolean(),
  steps: z.array(
    z.object({
      id: z.string(),
      ms: z.number(),
      locks: z.array(z.object({ relation: z.string(), mode: z.string(), heldMs: z.number() })),
      rewrites: z.array(z.string()),
      scans: z.array(z.string()),
      longestWaitMs: z.number(),
    }),
  ),
  findings: z.array(z.object({ rule: z.string(), severity: z.string(), message: z.string() })),
});
const planSchema = z.object({ dir: z.string(), plan: z.object({ id: z.string(), planHash: z.string() }) });

/** Each of them starts a server of its own, some twice. */
describe('godwit rehearse', { timeout: 240_000 }, () => {
  it('measures a rename forward, back and forward, and writes it into the Timeline', async () => {
    await withDatabase(async ({ url, query }) => {
      await query(`
        CREATE TYPE mood AS ENUM ('low', 'high');
        CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
        CREATE TABLE teams (id uuid PRIMARY KEY, label varchar(20) NOT NULL UNIQUE);
        CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, team uuid NOT NULL REFERENCES teams,
          name text NOT NULL, mail email UNIQUE, mood mood DEFAULT 'low', age int CHECK (age BETWEEN 18 AND 99),
          kind text NOT NULL CHECK (kind IN ('a', 'b')), made timestamptz NOT NULL DEFAULT now());
        CREATE INDEX users_name ON users (name);`);
      await inFolder(url, async (godwit) => {
        const plan = await planned(godwit, 'ALTER TABLE users RENAME COLUMN name TO full_name');
        const ran = await godwit.run('rehearse', '--rows', '3000', '--json');
        const rehearsal = document(ran, rehearsalSchema);
        expect(rehearsal.findings).toEqual([]);
        expect(rehearsal).toMatchObject({ planHash: plan.plan.planHash, ok: true });
        expect(ran.exit).toBe(0);
        const swap = rehearsal.steps.find(({ id }) => id.startsWith('contract'));
        expect(swap?.locks.map(({ relation, mode }) => `${mode} ${relation}`)).toContain(
          'AccessExclusiveLock public.users',
        );
        expect(rehearsal.steps.flatMap(({ rewrites }) => rewrites)).toEqual([]);
        const text = await readFile(join(plan.dir, 'PLAN.md'), 'utf8');
        expect(text).toContain('with 3,000 rows');
        expect(await readFile(join(plan.dir, 'PLAN.md'), 'utf8')).toContain('measured in rehearsal on PostgreSQL 18');
        const stored = JSON.parse(await readFile(join(plan.dir, 'rehearsal.json'), 'utf8'));
        expect(stored).toMatchObject({ planHash: plan.plan.planHash, ok: true, rows: 3000 });
        expect(await query('SELECT count(*)::int AS n FROM users')).toEqual([{ n: 0 }]);
      });
    });
  });

  it('a plan that would stop on the real rows stops here, exits 6, and says so beside the plan', async () => {
    await withDatabase(async ({ url, query }) => {
      await query(`CREATE TABLE users (id int PRIMARY KEY, name text, spot box NOT NULL);
        INSERT INTO users SELECT i, nullif(i % 4, 0)::text, '(1,1),(0,0)' FROM generate_series(1, 400) AS i; ANALYZE users`);
      await inFolder(url, async (godwit) => {
        const plan = await planned(godwit, 'ALTER TABLE users ALTER COLUMN name SET NOT NULL');
        const unfilled = await godwit.run('rehearse', '--rows', '1000', '--json');
        expect(document(unfilled, rehearsalSchema).findings).toMatchObject([
          { rule: 'rehearsal/no-rows', message: expect.stringContaining('spot of type box') },
        ]);
        await query('ALTER TABLE users DROP COLUMN spot');
        expect(document(await godwit.run('rehearse', '--json'), errorSchema).error.code).toBe('drift');
        const again = await planned(godwit, 'ALTER TABLE users ALTER COLUMN name SET NOT NULL');
        expect(again.plan.planHash).not.toBe(plan.plan.planHash);
        const ran = await godwit.run('rehearse', again.dir, '--rows', '1000', '--json');
        expect(ran.exit).toBe(6);
        const rehearsal = document(ran, rehearsalSchema);
        expect(rehearsal.ok).toBe(false);
        expect(rehearsal.findings).toMatchObject([{ rule: 'rehearsal/failed', severity: 'error' }]);
        expect(rehearsal.findings[0]?.message).toContain('250 rows hold NULL');
        expect(JSON.parse(await readFile(join(again.dir, 'rehearsal.json'), 'utf8'))).toMatchObject({ ok: false });
      });
    });
  });

  it('goes back as far as the plan can, and names the step that cannot', async () => {
    await withDatabase(async ({ url, query }) => {
      await query(`CREATE TABLE users (id int PRIMARY KEY, name text)`);
      await inFolder(url, async (godwit) => {
        await planned(godwit, '-- godwit: down none\nALTER TABLE users DROP COLUMN name');
        const ran = await godwit.run('rehearse', '--rows', '1000', '--json');
        expect(document(ran, rehearsalSchema)).toMatchObject({
          ok: true,
          findings: [{ rule: 'rehearsal/irreversible', severity: 'warning' }],
        });
        expect(ran.exit).toBe(0);
      });
    });
  });
});

async function inFolder(url: string, work: (godwit: Godwit) => Promise<void>): Promise<void> {
  const godwit = await godwitInside(url);
  try {
    await work(godwit);
  } finally {
    await godwit.remove();
  }
}

async function planned(godwit: Godwit, sql: string): Promise<z.infer<typeof planSchema>> {
  return document(await godwit.run('plan', sql, '--json'), planSchema);
}
