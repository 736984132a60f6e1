import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { withDatabase } from '../../../test/support/database.ts';
import { document, type Godwit, godwitOn } from '../../../test/support/godwit.ts';

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

describe('godwit rehearse', () => {
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
        const stored = JSON.parse(await readFile(join(plan.dir, 'rehearsal.json'), 'utf8'));
        expect(stored).toMatchObject({ planHash: plan.plan.planHash, ok: true, rows: 3000 });
        expect(await query('SELECT count(*)::int AS n FROM users')).toEqual([{ n: 0 }]);
      });
    });
  });
});

async function inFolder(url: string, work: (godwit: Godwit) => Promise<void>): Promise<void> {
  const godwit = await godwitOn(url);
  try {
    await work(godwit);
  } finally {
    await godwit.remove();
  }
}

async function planned(godwit: Godwit, sql: string): Promise<z.infer<typeof planSchema>> {
  return document(await godwit.run('plan', sql, '--json'), planSchema);
}
