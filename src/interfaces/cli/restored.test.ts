import { describe, expect, it, test } from 'vitest';
import * as z from 'zod';
import { hazardsOf, planSchema as wholePlan } from '#core/plan';
import { withDatabase } from '../../../test/support/database.ts';
import { document, type Godwit } from '../../../test/support/godwit.ts';
import { godwitInside } from '../../../test/support/godwit-inside.ts';
import { testMajor } from '../../../test/support/majors.ts';

const restoredSchema = z.object({ schema: z.boolean(), data: z.boolean(), exceptions: z.array(z.string()) });
const runSchema = z.object({ state: z.string(), restored: restoredSchema.optional() });
const planSchema = z.object({ dir: z.string(), plan: wholePlan });
const verifySchema = z.object({ ok: z.boolean(), checks: z.array(z.object({ ok: z.boolean(), detail: z.string() })) });

const touched = `
  CREATE TABLE users (id int PRIMARY KEY, name text, updated_at timestamptz NOT NULL DEFAULT '2020-01-01');
  CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN new.updated_at := now(); RETURN new; END$$;
  CREATE TRIGGER touch_users BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();`;
const rename = 'ALTER TABLE users RENAME COLUMN name TO full_name';

/** The owner of these databases may not quiet triggers. */
describe('what a rollback could not bring back', { timeout: 240_000 }, () => {
  it('is told where triggers of the user fired for the backfill, by every verb', async () => {
    await inDatabase(
      `${touched} INSERT INTO users SELECT i, 'n' || i FROM generate_series(1, 500) AS i`,
      async (run) => {
        await thereAndBack(run);
        const back = await run('rollback', '--json');
        expect(back.exit).toBe(6);
        const { restored } = document(back, runSchema);
        expect(restored).toEqual({
          schema: true,
          data: false,
          exceptions: [expect.stringContaining('public.users (touch_users)')],
        });
        expect(document(await run('status', '--json'), runSchema)).toMatchObject({ state: 'rolled-back', restored });
        expect(document(await run('report', '--format', 'json', '--json'), runSchema).restored).toEqual(restored);
        expect((await run('report')).stdout).toContain('touch_users');
        const verified = await run('verify', '--json');
        expect(verified.exit).toBe(6);
        expect(document(verified, verifySchema)).toEqual({
          ok: false,
          checks: expect.arrayContaining([{ ok: false, detail: restored?.exceptions[0] }]),
        });
      },
    );
  });

  it('is nothing where no row was changed under them', async () => {
    await inDatabase(touched, async (run) => {
      await thereAndBack(run);
      const back = await run('rollback', '--json');
      expect(document(back, runSchema).restored).toEqual({ schema: true, data: true, exceptions: [] });
      expect(back.exit).toBe(0);
      expect(document(await run('verify', '--json'), verifySchema).ok).toBe(true);
    });
  });

  it('is told where they fired on the way back alone', async () => {
    await inDatabase(touched, async (run, query) => {
      await thereAndBack(run);
      await query(`INSERT INTO users SELECT i, 'n' || i FROM generate_series(1, 50) AS i`);
      const { restored } = document(await run('rollback', '--json'), runSchema);
      expect(restored).toMatchObject({ schema: true, data: false });
      expect(restored?.exceptions).toEqual([expect.stringContaining('touch_users')]);
    });
  });

  it('is nothing where they fire for other columns', async () => {
    const setup = `${touched.replace('BEFORE UPDATE ON', 'BEFORE UPDATE OF id ON')}
      INSERT INTO users SELECT i, 'n' || i FROM generate_series(1, 50) AS i`;
    await inDatabase(setup, async (run) => {
      await thereAndBack(run);
      expect(document(await run('rollback', '--json'), runSchema).restored).toMatchObject({ data: true });
    });
  });

  it('stays as it was at the end of the rollback, whatever is changed later', async () => {
    await inDatabase(touched, async (run, query) => {
      await thereAndBack(run);
      await run('rollback', '--json');
      await query('ALTER TABLE users ADD COLUMN later int');
      expect(document(await run('status', '--json'), runSchema).restored).toMatchObject({ schema: true });
    });
  });

  test.runIf(testMajor >= 15)('is nothing after the grant that the hazard names, once planned again', async () => {
    const setup = `${touched} INSERT INTO users SELECT i, 'n' || i FROM generate_series(1, 50) AS i`;
    await withDatabase(async ({ url, query, superQuery, role }) => {
      await query(setup);
      const { run, remove } = await godwitInside(url);
      const first = document(await run('plan', rename, '--json'), planSchema);
      const hazards = hazardsOf(first.plan).filter(({ rule }) => rule === 'hazard/user-triggers-fire');
      expect(hazards[0]?.cure).toMatch(/^Grant SET on parameter session_replication_role .* then plan again/);
      await superQuery(`GRANT SET ON PARAMETER session_replication_role TO ${role}`);
      const second = document(await run('plan', rename, '--json'), planSchema);
      expect(hazardsOf(second.plan).filter(({ rule }) => rule === 'hazard/user-triggers-fire')).toEqual([]);
      await run('apply', second.dir);
      const done = await run('apply', second.dir, '--confirm', 'deploy', '--json');
      expect(document(done, runSchema).state).toBe('done');
      const { restored } = document(await run('rollback', '--json'), runSchema);
      expect(restored).toEqual({ schema: true, data: true, exceptions: [] });
      expect(await query("SELECT count(*)::int4 AS fired FROM users WHERE updated_at > '2021-01-01'")).toEqual([
        { fired: 0 },
      ]);
      await superQuery(`REVOKE SET ON PARAMETER session_replication_role FROM ${role}`);
      await remove();
    });
  });

  it('is said by a rehearsal before it names the next command', async () => {
    await inDatabase(
      `${touched} INSERT INTO users SELECT i, 'n' || i FROM generate_series(1, 500) AS i`,
      async (run) => {
        await run('plan', rename, '--json');
        const rehearsed = await run('rehearse', '--rows', '200');
        expect(`${rehearsed.stdout}${rehearsed.stderr}`).toMatch(
          /does not bring everything back: .*touch_users.* next: /s,
        );
      },
    );
  });
});

type Query = Parameters<Parameters<typeof withDatabase>[0]>[0]['query'];

async function inDatabase(setup: string, test: (run: Godwit['run'], query: Query) => Promise<void>): Promise<void> {
  await withDatabase(async ({ url, query }) => {
    await query(setup);
    const godwit = await godwitInside(url);
    try {
      await test(godwit.run, query);
    } finally {
      await godwit.remove();
    }
  });
}

async function thereAndBack(run: Godwit['run']): Promise<void> {
  await run('plan', rename, '--json');
  await run('apply', '--json');
  const done = await run('apply', '--confirm', 'deploy', '--json');
  expect(document(done, runSchema).state).toBe('done');
}
