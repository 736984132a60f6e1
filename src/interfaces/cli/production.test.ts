import { execFileSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { document, errorSchema, type Godwit } from '../../../test/support/godwit.ts';
import { godwitInside } from '../../../test/support/godwit-inside.ts';

const planSchema = z.object({ dir: z.string(), plan: z.object({ planHash: z.string() }) });
const stateSchema = z.object({ state: z.string() });

describe('a production target', () => {
  let database: TestDatabase;
  let godwit: Godwit;
  let dir: string;
  let planHash: string;

  beforeEach(async () => {
    database = await createDatabase();
    await database.query('CREATE TABLE users (id bigint PRIMARY KEY, name text)');
    godwit = await godwitInside(undefined, { LIVE_URL: database.url });
    await configure({ backup: 'echo a backup is there' });
    const planned = await godwit.run(
      'plan',
      'ALTER TABLE users RENAME COLUMN name TO full_name',
      '--target',
      'live',
      '--json',
    );
    ({
      dir,
      plan: { planHash },
    } = document(planned, planSchema));
  });
  afterEach(async () => {
    await godwit.remove();
    await database.drop();
  });

  it('takes a plan with a rehearsal, a backup and a signed approval, and nothing less', async () => {
    expect(await refusal()).toBe('rehearsal-required');
    await rehearsed();
    expect(await refusal()).toBe('approval-required');
    await sign('ada@example.org');
    expect(document(await apply(), stateSchema).state).toBe('waiting');
    expect(document(await apply('--confirm', 'deploy'), stateSchema).state).toBe('done');
  });

  it('wants its approval again where that was lost with the folder of the plan, and goes on with it', async () => {
    await rehearsed();
    await sign('ada@example.org');
    expect(document(await apply(), stateSchema).state).toBe('waiting');
    await rm(dir, { recursive: true });
    const id = basename(dir);
    const going = (...more: readonly string[]) => godwit.run('apply', id, '--target', 'live', '--json', ...more);
    expect(document(await going('--confirm', 'deploy'), errorSchema).error.code).toBe('approval-required');
    await rm(join(godwit.cwd, 'key'));
    await sign('ada@example.org', id);
    expect(document(await going('--confirm', 'deploy'), stateSchema).state).toBe('done');
  });

  it('takes no signature of somebody else, and no approval that was written by hand', async () => {
    await rehearsed();
    await sign('ada@example.org');
    await writeFile(join(godwit.cwd, 'signers'), '');
    expect(await refusal()).toBe('approval-refused');
    const approval = { planHash, target: 'live', expiresAt: '2999-01-01T00:00:00Z', by: 'me', method: 'typed' };
    await writeFile(join(dir, 'approval.json'), JSON.stringify(approval));
    expect(await refusal()).toBe('approval-refused');
  });

  it('takes no backup command that fails', async () => {
    await rehearsed();
    await configure({ backup: 'echo the last one is a week old; exit 3' });
    const ran = await apply();
    const { error } = document(ran, errorSchema);
    expect([error.code, ran.exit]).toEqual(['backup-required', 3]);
    expect(error.why).toContain('the last one is a week old');
  });

  async function configure({ backup }: { readonly backup: string }): Promise<void> {
    const config = {
      targets: { live: { url: 'env:LIVE_URL', class: 'production', backup } },
      allowedSigners: 'signers',
    };
    await writeFile(join(godwit.cwd, 'godwit.config.json'), JSON.stringify(config));
  }

  function apply(...more: readonly string[]) {
    return godwit.run('apply', dir, '--target', 'live', '--yes', '--json', ...more);
  }

  async function refusal(): Promise<string> {
    const ran = await apply('--confirm', 'deploy');
    expect(ran.exit).toBe(3);
    return document(ran, errorSchema).error.code;
  }

  async function rehearsed(): Promise<void> {
    const at = new Date().toISOString();
    const rehearsal = { planHash, ok: true, server: 'PostgreSQL 18.4', rows: 10_000, at, steps: [], findings: [] };
    await writeFile(join(dir, 'rehearsal.json'), JSON.stringify(rehearsal));
  }

  /** Signs as `by` with a new key, which the allowed_signers file then lists. */
  async function sign(by: string, plan = dir): Promise<void> {
    const key = join(godwit.cwd, 'key');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    await writeFile(join(godwit.cwd, 'signers'), `${by} ${await readFile(`${key}.pub`, 'utf8')}`);
    const ran = await godwit.run('approve', plan, '--target', 'live', '--sign', 'key', '--by', by, '--json');
    expect(document(ran, z.object({ method: z.literal('ssh'), by: z.string() })).by).toBe(by);
  }
});
