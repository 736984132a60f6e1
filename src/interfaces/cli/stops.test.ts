import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { document, errorSchema, type Godwit } from '../../../test/support/godwit.ts';
import { godwitInside } from '../../../test/support/godwit-inside.ts';

const stateSchema = z.object({
  state: z.string(),
  restored: z.object({ schema: z.boolean(), data: z.boolean() }).optional(),
});

describe('stops on the way', () => {
  let database: TestDatabase;
  let godwit: Godwit;
  let dir: string;

  beforeEach(async () => {
    database = await createDatabase();
    await database.query(`
      CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
      INSERT INTO users (name) SELECT 'n' || i FROM generate_series(1, 500) AS i;`);
    godwit = await godwitInside(database.url);
    const planned = await godwit.run('plan', 'ALTER TABLE users RENAME COLUMN name TO full_name', '--json');
    dir = document(planned, z.object({ dir: z.string() })).dir;
  });
  afterEach(async () => {
    await godwit.remove();
    await database.drop();
  });

  it('a plan edited by hand is refused with 4', async () => {
    const file = join(dir, 'plan.json');
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll('full_name', 'fool_name'));
    const ran = await godwit.run('apply', dir, '--json');
    expect(ran.exit).toBe(4);
    expect(document(ran, errorSchema).error.code).toBe('plan-edited');
    const other = await godwit.run('plan', 'ALTER TABLE users RENAME COLUMN name TO other', '--out', dir, '--json');
    expect(document(other, errorSchema).error.code).toBe('plan-exists');
  });

  it('a schema that has drifted is refused with 4, and nothing is touched', async () => {
    await database.query('ALTER TABLE users ADD COLUMN extra int');
    const ran = await godwit.run('apply', dir, '--json');
    expect(ran.exit).toBe(4);
    expect(document(ran, errorSchema).error).toMatchObject({ code: 'drift' });
    expect(await database.query("SELECT 1 FROM pg_proc WHERE proname LIKE 'godwit%'")).toEqual([]);
  });

  it('a plan for a production target wants a rehearsal, a backup and an approval', async () => {
    const config = { targets: { live: { url: database.url, class: 'production' } } };
    await writeFile(join(godwit.cwd, 'godwit.config.json'), JSON.stringify(config));
    const ran = await godwit.run('apply', dir, '--target', 'live', '--yes', '--confirm', 'deploy', '--json');
    expect(ran.exit).toBe(3);
    expect(document(ran, errorSchema).error.code).toBe('rehearsal-required');
    const approved = await godwit.run('approve', dir, '--target', 'live', '--yes', '--json');
    expect([approved.exit, document(approved, errorSchema).error.code]).toEqual([3, 'approval-refused']);
  });

  it('a second runner is refused while the first lives; Ctrl-C stops the first with 130, and it goes on', async () => {
    const locker = await lockUsers();
    const first = godwit.start('apply', dir);
    await first.says('Expand');
    const second = await godwit.run('apply', dir, '--json');
    expect([document(second, errorSchema).error.code, second.exit]).toEqual(['lease-held', 1]);
    first.child.kill('SIGINT');
    const ran = await first.ended;
    expect(ran.exit).toBe(130);
    expect(ran.stderr).toContain('Run the same command again');
    expect(document(await godwit.run('status', '--json'), stateSchema).state).toBe('paused');
    await locker.end();
    expect(document(await godwit.run('apply', dir, '--json'), stateSchema).state).toBe('waiting');
  });

  it('a second Ctrl-C leaves at once, and the run goes on afterwards', async () => {
    const locker = await lockUsers();
    const first = godwit.start('apply', dir);
    await first.says('Expand');
    first.child.kill('SIGINT');
    first.child.kill('SIGINT');
    expect((await first.ended).exit).toBe(130);
    await locker.end();
    expect(document(await godwit.run('apply', dir, '--json'), stateSchema).state).toBe('waiting');
  });

  it('pause and resume work from another process, in both directions', async () => {
    const locker = await lockUsers();
    const first = godwit.start('apply', dir, '--json');
    await first.says('Expand');
    const paused = document(await godwit.run('pause', '--json'), stateSchema);
    expect(paused.state).toBe('paused');
    const ran = await first.ended;
    expect([document(ran, errorSchema).error.code, ran.exit]).toEqual(['paused', 5]);
    await locker.end();
    expect(document(await godwit.run('resume', '--json'), stateSchema).state).toBe('waiting');
    expect(document(await godwit.run('pause', '--json'), stateSchema).state).toBe('paused');
    const back = await godwit.run('rollback', '--json');
    expect(document(back, stateSchema)).toMatchObject({ state: 'rolled-back', restored: { schema: true, data: true } });
  });

  it('a server that goes away in the middle loses nothing', async () => {
    const locker = await lockUsers();
    const first = godwit.start('apply', dir, '--json');
    await first.says('Expand');
    await database.superQuery(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND application_name LIKE 'godwit %'",
      [database.name],
    );
    const ran = await first.ended;
    expect(ran.exit).not.toBe(0);
    expect(['connection-lost', 'lease-lost']).toContain(document(ran, errorSchema).error.code);
    await locker.end();
    expect(document(await godwit.run('apply', dir, '--json'), stateSchema).state).toBe('waiting');
  });

  it('a lock that is never granted pauses with 5 and names who holds it', async () => {
    await writeFile(join(godwit.cwd, 'godwit.config.json'), '{"limits": {"lockWaitMaxMs": 1500}}');
    const locker = await lockUsers();
    const ran = await godwit.run('apply', dir, '--json');
    const { error } = document(ran, errorSchema);
    expect([error.code, ran.exit]).toEqual(['lock-timeout', 5]);
    expect(error.why + error.what).toContain('users');
    await locker.end();
  });

  it('a way back that stops is named as such, and nobody is told to go forward', async () => {
    await writeFile(join(godwit.cwd, 'godwit.config.json'), '{"limits": {"lockWaitMaxMs": 1500}}');
    const other = document(
      await godwit.run('plan', 'ALTER TABLE users ADD COLUMN note text', '--json'),
      z.object({ dir: z.string() }),
    );
    expect((await godwit.run('apply', dir)).exit).toBe(0);
    const locker = await lockUsers();
    expect((await godwit.run('rollback')).exit).toBe(5);
    const back = expect.stringMatching(/^Finish taking it back with `godwit rollback [^`]+`[.;]/);
    const planned = await godwit.run('plan', 'ALTER TABLE users ADD COLUMN more text', '--json');
    expect(document(planned, errorSchema).error).toMatchObject({ code: 'wrong-state', next: back });
    const applied = await godwit.run('apply', other.dir, '--json');
    expect(document(applied, errorSchema).error).toMatchObject({ code: 'wrong-state', next: back });
    const verified = await godwit.run('verify', '--json');
    expect(verified.exit).toBe(6);
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: false, checks: [{ id: 'way-back', next: back }] });
    await locker.end();
    expect(document(await godwit.run('rollback', '--json'), stateSchema).state).toBe('rolled-back');
    expect((await godwit.run('verify')).exit).toBe(0);
  });

  /** A transaction that keeps every strong lock on users from being granted. */
  async function lockUsers(): Promise<Client> {
    const client = new Client({ connectionString: database.url, application_name: 'report' });
    await client.connect();
    await client.query('BEGIN; SELECT count(*) FROM users');
    return client;
  }
});
