import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { document, errorSchema, type Godwit } from '../../../test/support/godwit.ts';
import { godwitInside } from '../../../test/support/godwit-inside.ts';

const runSchema = z.object({
  state: z.string(),
  findings: z.array(z.object({ rule: z.string(), message: z.string() })).optional(),
});

describe('what is said of targets and gates', () => {
  let database: TestDatabase;
  let godwit: Godwit;

  beforeAll(async () => {
    database = await createDatabase();
    await database.query('CREATE TABLE users (id bigint PRIMARY KEY, name text, note text)');
    godwit = await godwitInside(database.url);
  });
  afterAll(async () => {
    await godwit.remove();
    await database.drop();
  });

  it('a word for a gate that the run has not come to does not count, and that is said', async () => {
    expect(await godwit.run('plan', 'ALTER TABLE users RENAME COLUMN name TO full_name')).toMatchObject({ exit: 0 });
    const wrong = document(await godwit.run('apply', '--confirm', 'deplyo', '--json'), errorSchema);
    expect(wrong.error).toMatchObject({ code: 'bad-input', why: 'Its gate is deploy.' });
    const ran = await godwit.run('apply', '--confirm', 'deploy', '--json');
    expect(document(ran, runSchema)).toMatchObject({
      state: 'waiting',
      findings: [{ rule: 'policy/early-word', message: expect.stringContaining('--confirm deploy did not count') }],
    });
    expect(ran.stderr).toContain('--confirm deploy did not count');
    expect(document(await godwit.run('apply', '--confirm', 'deploy', '--json'), runSchema)).toEqual({ state: 'done' });
    expect(await godwit.run('rollback')).toMatchObject({ exit: 0 });
  });

  it('a target without a class is production, and says why', async () => {
    await writeFile(
      join(godwit.cwd, 'godwit.config.json'),
      JSON.stringify({ targets: { shop: { url: database.url } } }),
    );
    const planned = await godwit.run(
      'plan',
      'ALTER TABLE users ADD COLUMN age int',
      '--target',
      'shop',
      '--out',
      'age',
    );
    expect(planned.exit).toBe(0);
    const ran = await godwit.run('apply', 'age', '--target', 'shop', '--json');
    const { error } = document(ran, errorSchema);
    expect([error.code, ran.exit]).toEqual(['rehearsal-required', 3]);
    expect(error.what).toContain('shop (production, because godwit.config gives it no class)');
    const checks = document(
      await godwit.run('doctor', '--target', 'shop', '--json'),
      z.object({ checks: z.array(z.object({ id: z.string(), detail: z.string() })) }),
    );
    expect(checks.checks.find(({ id }) => id === 'target')?.detail).toContain(
      'because godwit.config gives it no class',
    );
  });
});
