import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { document, errorSchema, type Godwit, godwitOn } from '../../../test/support/godwit.ts';

const runSchema = z.object({
  runId: z.string(),
  planHash: z.string(),
  state: z.string(),
  phase: z.string(),
  gate: z.object({ id: z.string(), needs: z.string(), evidence: z.array(z.object({ id: z.string() })) }).optional(),
  steps: z.array(z.object({ id: z.string(), state: z.string() })),
  restored: z.object({ schema: z.boolean(), data: z.boolean(), exceptions: z.array(z.string()) }).optional(),
});
const planAnswerSchema = z.object({ dir: z.string(), plan: z.object({ id: z.string(), planHash: z.string() }) });
const checksSchema = z.object({
  ok: z.boolean(),
  checks: z.array(z.object({ id: z.string(), ok: z.boolean(), detail: z.string() })),
});
const headings = [
  'Migration Overview',
  'Current State',
  'Target State',
  'Migration Plan',
  'Detailed Steps',
  'Risks and Mitigations',
  'Rollback Plan',
  'Timeline',
];

describe('the life of a plan on the command line', () => {
  let database: TestDatabase;
  let godwit: Godwit;
  const rename = 'ALTER TABLE users RENAME COLUMN name TO full_name';

  beforeAll(async () => {
    database = await createDatabase();
    await database.query(`
      CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, email text UNIQUE);
      INSERT INTO users (name, email) SELECT 'n' || i, 'e' || i FROM generate_series(1, 3000) AS i;`);
    godwit = await godwitOn(database.url);
  });
  afterAll(async () => {
    await godwit.remove();
    await database.drop();
  });

  it('writes a plan with its eight headings, and the same plan into the same folder', async () => {
    const first = document(await godwit.run('plan', rename, '--json'), planAnswerSchema);
    const text = await readFile(join(first.dir, 'PLAN.md'), 'utf8');
    expect(text.match(/^# .+$/gm)).toHaveLength(1);
    expect(text.match(/^## .+$/gm)).toEqual(headings.map((heading) => `## ${heading}`));
    expect(text).toContain('| Phase | Action | Rollback | Verification |');
    const again = document(await godwit.run('--json', 'plan', rename), planAnswerSchema);
    expect(again).toEqual(first);
  });

  it('says with exit code 2 that there is something to do', async () => {
    expect(await godwit.run('plan', rename, '--check')).toMatchObject({ exit: 2 });
  });

  it('applies up to the gate, and says what would be done', async () => {
    const dry = await godwit.run('apply', '--dry-run');
    expect(dry).toMatchObject({ exit: 0 });
    expect(dry.stdout).toContain('nothing was changed');
    expect(dry.stdout).toMatch(/^ {2}· expand-1\S*: to do: /m);
    expect(dry.stdout).not.toContain('✗');
    const ran = await godwit.run('apply', '--json');
    expect(ran.exit).toBe(0);
    const answer = document(ran, runSchema);
    expect(answer).toMatchObject({ state: 'waiting', phase: 'deploy', gate: { id: 'deploy' } });
    expect(ran.stderr).toContain('✓ migrate-1');
    expect(document(await godwit.run('status', '--json'), runSchema)).toMatchObject({ state: 'waiting' });
    expect(document(await godwit.run('verify', '--json'), checksSchema).ok).toBe(true);
  });

  it('does not pass the gate without a word', async () => {
    const ran = await godwit.run('apply', '--json', '--yes');
    expect(ran.exit).toBe(3);
    expect(document(ran, errorSchema).error).toMatchObject({ code: 'gate' });
  });

  it('passes the gate with one, and is done; applying again changes nothing', async () => {
    const ran = await godwit.run('apply', '--confirm', 'deploy', '--json');
    expect(ran.exit).toBe(0);
    expect(document(ran, runSchema)).toMatchObject({ state: 'done', phase: 'contract' });
    expect(await database.query('SELECT full_name FROM users WHERE id = 1')).toEqual([{ full_name: 'n1' }]);
    expect(document(await godwit.run('verify', '--json'), checksSchema).ok).toBe(true);
    const [id] = document(await godwit.run('status', '--json'), z.object({ planId: z.string() })).planId.split('/');
    expect(document(await godwit.run('apply', id ?? '', '--json'), runSchema)).toMatchObject({ state: 'done' });
  });

  it('says with verify what was changed behind its back', async () => {
    await database.query('ALTER TABLE users ALTER COLUMN full_name DROP NOT NULL');
    const ran = await godwit.run('verify', '--json');
    expect(ran.exit).toBe(6);
    expect(document(ran, checksSchema).checks.filter(({ ok }) => !ok)).toMatchObject([
      { id: 'public.users.full_name' },
    ]);
    await database.query('ALTER TABLE users ALTER COLUMN full_name SET NOT NULL');
  });

  it('takes it back after contract, schema and data', async () => {
    const dry = await godwit.run('rollback', '--dry-run', '--json');
    expect(
      document(dry, z.object({ direction: z.literal('back'), steps: z.array(z.unknown()) })).steps.length,
    ).toBeGreaterThan(2);
    const ran = await godwit.run('rollback', '--json');
    expect(ran.exit).toBe(0);
    expect(document(ran, runSchema)).toMatchObject({
      state: 'rolled-back',
      restored: { schema: true, data: true, exceptions: [] },
    });
    expect(await database.query('SELECT count(name)::int4 AS rows FROM users')).toEqual([{ rows: 3000 }]);
    expect(document(await godwit.run('verify', '--json'), checksSchema).checks).toMatchObject([
      { id: 'origin', ok: true },
    ]);
  });

  it('prints one document for every other verb', async () => {
    expect(document(await godwit.run('doctor', '--json'), checksSchema).ok).toBe(true);
    const inspected = document(
      await godwit.run('inspect', 'users', '--json'),
      z.object({ database: z.object({ tables: z.array(z.object({ name: z.string() })) }) }),
    );
    expect(inspected.database.tables.map(({ name }) => name)).toEqual(['users']);
    expect(document(await godwit.run('report', '--json'), runSchema)).toMatchObject({ state: 'rolled-back' });
    expect((await godwit.run('report', '--format', 'markdown')).stdout).toContain('| Phase | Step | State |');
    expect(
      document(await godwit.run('explain', 'drift', '--json'), z.object({ topics: z.array(z.unknown()) })).topics,
    ).toHaveLength(1);
    expect(document(await godwit.run('purge', '--json'), errorSchema).error.code).toBe('approval-required');
    const purged = await godwit.run('purge', '--yes', '--json');
    expect(document(purged, z.object({ state: z.string(), purged: z.array(z.string()) })).state).toBe('rolled-back');
  });
});
