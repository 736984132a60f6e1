import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { document, errorSchema, type Godwit } from '../../../test/support/godwit.ts';
import { godwitInside } from '../../../test/support/godwit-inside.ts';

const planSchema = z.object({ dir: z.string(), plan: z.object({ id: z.string(), planHash: z.string() }) });
const runSchema = z.object({
  runId: z.string(),
  planHash: z.string(),
  planId: z.string(),
  state: z.string(),
  restored: z.object({ schema: z.boolean(), data: z.boolean() }).optional(),
});
const checksSchema = z.object({ ok: z.boolean() });

describe('a plan whose folder is lost', () => {
  let database: TestDatabase;
  let godwit: Godwit;
  let dir: string;
  let id: string;
  let planHash: string;

  beforeEach(async () => {
    database = await createDatabase();
    await database.query(`
      CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
      CREATE TABLE orders (id bigint PRIMARY KEY, total int);
      INSERT INTO users (name) SELECT 'n' || i FROM generate_series(1, 100) AS i;`);
    godwit = await godwitInside(database.url);
    ({
      dir,
      plan: { id, planHash },
    } = await planned('ALTER TABLE users RENAME COLUMN name TO full_name'));
    expect(document(await godwit.run('apply', '--json'), runSchema).state).toBe('waiting');
  });
  afterEach(async () => {
    await godwit.remove();
    await database.drop();
  });

  it('is shown, verified and taken back from the journal in the database', async () => {
    await lose();
    const status = await godwit.run('status', '--json');
    expect(document(status, runSchema)).toMatchObject({ state: 'waiting', planId: id, planHash });
    expect(status.stderr).toContain('no folder of the plan');
    expect(document(await godwit.run('verify', '--json'), checksSchema).ok).toBe(true);
    expect((await godwit.run('report', '--of', 'plan', id, '--format', 'markdown')).stdout).toContain(
      '## Rollback Plan',
    );
    const { runId } = document(await godwit.run('status', `migrations/${id}`, '--json'), runSchema);
    const ran = await godwit.run('rollback', runId, '--json');
    expect(ran.exit).toBe(0);
    expect(document(ran, runSchema)).toMatchObject({ state: 'rolled-back', restored: { schema: true, data: true } });
    expect(await godwit.run('purge', id, '--yes')).toMatchObject({ exit: 0 });
  });

  it('is carried to its end from the journal in the database', async () => {
    await lose();
    const refused = await godwit.run('apply', '--json');
    expect(document(refused, errorSchema).error.code).toBe('gate');
    expect(refused.stderr).toContain('no folder of the plan');
    const ran = await godwit.run('apply', '--confirm', 'deploy', '--json');
    expect(document(ran, runSchema)).toMatchObject({ state: 'done', planHash });
    expect(document(await godwit.run('verify', '--json'), checksSchema).ok).toBe(true);
    expect(document(await godwit.run('rollback', '--json'), runSchema).state).toBe('rolled-back');
  });

  it('is told apart from the one in the folder, where that was edited', async () => {
    const file = join(dir, 'plan.json');
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll('full_name', 'whole_name'));
    for (const named of [[], [`migrations/${id}`]]) {
      const ran = await godwit.run('status', ...named, '--json');
      expect(document(ran, runSchema).planHash).toBe(planHash);
      expect(ran.stderr).toContain('was changed after it was made');
      expect(ran.stderr).toContain('the journal keeps');
    }
    expect(document(await godwit.run('rollback', '--json'), runSchema).state).toBe('rolled-back');
  });

  it('has to be named where more than one run could be meant', async () => {
    const other = await planned('ALTER TABLE orders ADD COLUMN note text');
    expect(document(await godwit.run('apply', other.plan.id, '--json'), runSchema).state).toBe('done');
    await lose();
    const { error } = document(await godwit.run('rollback', '--json'), errorSchema);
    expect(error).toMatchObject({ code: 'bad-input', why: expect.stringContaining(`${id} is waiting`) });
    expect(error.why).toContain(`${other.plan.id} is done`);
    expect(document(await godwit.run('rollback', id, '--json'), runSchema)).toMatchObject({
      state: 'rolled-back',
      planId: id,
    });
  });

  it('is not believed when the journal was tampered with', async () => {
    await lose();
    await database.query(`UPDATE godwit.run SET plan = replace(plan, 'full_name', 'whole_name')`);
    const { error } = document(await godwit.run('rollback', '--json'), errorSchema);
    expect(error.code).toBe('journal-broken');
  });

  it('is kept as soon as a godwit that keeps plans opens a run of one that did not', async () => {
    await database.query('ALTER TABLE godwit.run DROP COLUMN plan; DELETE FROM godwit.version WHERE version = 2');
    expect(document(await godwit.run('status', '--json'), runSchema).state).toBe('waiting');
    expect(document(await godwit.run('pause', '--json'), runSchema).state).toBe('paused');
    await lose();
    expect(document(await godwit.run('rollback', '--json'), runSchema).state).toBe('rolled-back');
  });

  async function lose(): Promise<void> {
    await rm(join(godwit.cwd, 'migrations'), { recursive: true });
  }

  async function planned(sql: string) {
    return document(await godwit.run('plan', sql, '--json'), planSchema);
  }
});
