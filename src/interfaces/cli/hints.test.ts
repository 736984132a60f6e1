import { spawnSync } from 'node:child_process';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../../../test/support/database.ts';
import type { Godwit, Ran } from '../../../test/support/godwit.ts';
import { godwitInside } from '../../../test/support/godwit-inside.ts';

const main = resolve(import.meta.dirname, '../../../dist/interfaces/cli/main.js');

const understood = [0, 3];

describe('every command that an answer names works as it stands', () => {
  let database: TestDatabase;
  let godwit: Godwit;

  beforeAll(async () => {
    database = await createDatabase({ hasPassword: true });
    await database.query(`
      CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL, note text);
      INSERT INTO users SELECT i, 'n' || i FROM generate_series(1, 100) AS i;`);
    godwit = await godwitInside(undefined, { BACK_URL: database.url });
    const targets = {
      bk: { url: 'env:BACK_URL', class: 'development' },
      live: { url: 'env:BACK_URL', class: 'production', backup: 'true' },
    };
    await writeFile(join(godwit.cwd, 'godwit.config.json'), JSON.stringify({ targets, migrations: 'db/plans' }));
    await mkdir(join(godwit.cwd, 'bin'));
    await writeFile(join(godwit.cwd, 'bin', 'godwit'), `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`);
    await chmod(join(godwit.cwd, 'bin', 'godwit'), 0o755);
  });
  afterAll(async () => {
    await godwit.remove();
    await database.drop();
  });

  it('from the plan in a folder of its own to the gate, and back', async () => {
    const rename = 'ALTER TABLE users RENAME COLUMN name TO full_name';
    expect(await next(await at('plan', rename, '--out', 'one of mine'))).toEqual([
      "godwit apply 'one of mine' --target bk",
    ]);
    const gate = [
      "godwit apply 'one of mine' --confirm deploy --target bk",
      "godwit rollback 'one of mine' --target bk",
    ];
    expect(commandsIn(await at('status', 'one of mine'))).toEqual(gate);
    expect(await next(await at('apply', 'one of mine'))).toEqual(gate.slice(0, 1));
    const over = ["godwit rollback 'one of mine' --target bk", "godwit purge 'one of mine' --target bk"];
    expect(commandsIn(await at('status', 'one of mine'))).toEqual(over);
    expect(await next(await at('purge', 'one of mine'))).toEqual(["godwit purge 'one of mine' --yes --target bk"]);
  });

  it('for a plan that has to wait for another, whose folder is lost', async () => {
    await next(await at('plan', 'ALTER TABLE users RENAME COLUMN note TO remark'));
    await rm(join(godwit.cwd, 'db'), { recursive: true });
    const waiting = commandsIn(await at('plan', 'ALTER TABLE users ADD COLUMN a int'));
    expect(waiting).toHaveLength(2);
    expect(waiting[0]).toMatch(/^godwit apply \d+-users-rename-note-remark-[0-9a-f]{8} --target bk$/);
    for (const command of waiting) expect(understood).toContain(run(command).status);
  });

  it('on a production target: rehearsal, status of none, a plan that no longer fits', async () => {
    const planned = await godwit.run('plan', 'ALTER TABLE users DROP COLUMN note', '--target', 'live');
    const [apply = ''] = commandsIn(planned);
    expect(apply).toMatch(/^godwit apply db\/plans\/\S+ --target live$/);
    const [, , folder = ''] = apply.split(' ');
    expect(commandsIn(await godwit.run('status', folder, '--target', 'live'))).toEqual([apply]);
    const rehearsal = `godwit rehearse ${folder} --target live`;
    expect(commandsIn(await godwit.run('apply', folder, '--target', 'live'))).toEqual([rehearsal]);
    await database.query('ALTER TABLE users ALTER COLUMN note SET DEFAULT 1');
    const again = "godwit plan 'ALTER TABLE users DROP COLUMN note' --target live";
    expect(await next(await godwit.run('apply', folder, '--target', 'live'))).toEqual([again]);
  });

  it('with --db, whose password is never in it', async () => {
    const ran = await godwit.run('plan', 'ALTER TABLE users ADD COLUMN b int', '--out', 'b', '--db', database.url);
    const [apply = ''] = commandsIn(ran);
    expect(apply).toMatch(/^godwit apply b --db postgres:\/\/[^:@]+@127\.0\.0\.1:\d+\/\w+$/);
    const { password } = new URL(database.url);
    expect(run(apply, { PGPASSWORD: decodeURIComponent(password) }).status).toBe(0);
  });

  function at(...args: readonly string[]): Promise<Ran> {
    return godwit.run(...args, '--target', 'bk');
  }

  /** The commands that an answer names, after each was run as it stands. */
  async function next(ran: Ran): Promise<readonly string[]> {
    const commands = commandsIn(ran);
    for (const command of commands) {
      const { status, stderr } = run(command);
      expect({ command, status, stderr }).toEqual({
        command,
        status: expect.toSatisfy((code) => understood.includes(code)),
        stderr,
      });
    }
    return commands;
  }

  function run(command: string, env: Readonly<Record<string, string>> = {}) {
    const path = `${join(godwit.cwd, 'bin')}:${process.env.PATH ?? ''}`;
    const { DATABASE_URL: _, ...inherited } = process.env;
    return spawnSync('sh', ['-c', command], {
      cwd: godwit.cwd,
      encoding: 'utf8',
      env: { ...inherited, BACK_URL: database.url, PATH: path, ...env },
    });
  }
});

function commandsIn({ stderr }: Ran): readonly string[] {
  return [...stderr.matchAll(/`(godwit [^`]+)`/g)].map(([, command]) => command ?? '');
}
