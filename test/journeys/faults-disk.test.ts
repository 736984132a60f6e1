import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ask, runSchema, usersTable } from '../support/faults.ts';
import { document, errorSchema, type Godwit, godwitOn } from '../support/godwit.ts';
import { startMortal } from '../support/mortal-server.ts';

const rename = 'ALTER TABLE users RENAME COLUMN name TO full_name';

/** Only root may mount a small file system, in a place that lets it: the one case that cannot be made otherwise. */
describe.runIf(mayMount())('a disk that is full in a backfill', () => {
  it('that of the table: the run stops with what is done, and goes on when there is room', async () => {
    await withDisk(60, async (disk) => {
      const server = await startMortal();
      const godwit = await godwitOn(server.urlOf('app', 'app'));
      try {
        const place = join(disk.path, 'table');
        mkdirSync(place);
        const { uid, gid } = statSync(join(server.directory, 'data'));
        chownSync(place, uid, gid);
        await ask(server.url, 'CREATE ROLE app LOGIN');
        await ask(server.url, `CREATE TABLESPACE small OWNER app LOCATION '${place}'`);
        await ask(server.url, 'CREATE DATABASE app OWNER app');
        await ask(server.urlOf('app', 'app'), usersTable(250_000, ' TABLESPACE small'));
        expect((await godwit.run('plan', rename)).exit).toBe(0);
        await stopsFull(godwit, server.urlOf('app', 'app'));
        disk.resize(400);
        await goesThereAndBack(godwit);
      } finally {
        await godwit.remove();
        await server.remove();
      }
    });
  });

  it('that of everything: the server dies of it, and the run goes on when there is room', async () => {
    await withDisk(190, async (disk) => {
      const settings = { max_wal_size: '64MB', min_wal_size: '32MB' };
      const server = await startMortal({ directory: disk.path, settings });
      const godwit = await godwitOn(server.urlOf('app', 'app'));
      try {
        await ask(server.url, 'CREATE ROLE app LOGIN');
        await ask(server.url, 'CREATE DATABASE app OWNER app');
        await ask(server.urlOf('app', 'app'), usersTable(200_000));
        expect((await godwit.run('plan', rename)).exit).toBe(0);
        const ran = await godwit.run('apply', '--json');
        const { error } = document(ran, errorSchema);
        expect([ran.exit, error.code]).toEqual(
          error.code === 'server-full' ? [5, 'server-full'] : [1, expect.stringMatching(/^connect(ion-lost|-failed)$/)],
        );
        expect(error.next).toMatch(/run the same command again|Check that the server runs/);
        disk.resize(900);
        await server.die('immediate').catch(() => undefined);
        await server.rise();
        await goesThereAndBack(godwit);
      } finally {
        await godwit.remove();
        await server.remove();
      }
    });
  });
});

async function stopsFull(godwit: Godwit, url: string): Promise<void> {
  const ran = await godwit.run('apply', '--json');
  const { error } = document(ran, errorSchema);
  expect([error.code, ran.exit]).toEqual(['server-full', 5]);
  expect(error.why).toMatch(/No space left on device/);
  expect(error.next).toContain('Free disk space');
  expect(await ask(url, 'SELECT count(*)::int AS rows FROM users WHERE name IS NULL')).toEqual([{ rows: 0 }]);
}

async function goesThereAndBack(godwit: Godwit): Promise<void> {
  expect(document(await godwit.run('apply', '--json'), runSchema).state).toBe('waiting');
  expect(document(await godwit.run('apply', '--confirm', 'deploy', '--json'), runSchema).state).toBe('done');
  const back = document(await godwit.run('rollback', '--json'), runSchema);
  expect(back).toMatchObject({ state: 'rolled-back', restored: { schema: true, data: true } });
}

type Disk = { readonly path: string; resize(megabytes: number): void };

async function withDisk(megabytes: number, work: (disk: Disk) => Promise<void>): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), 'godwit-disk-'));
  const mount = (options: string) => execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path]);
  mount(`size=${megabytes}M`);
  chmodSync(path, 0o755);
  try {
    await work({ path, resize: (size) => mount(`remount,size=${size}M`) });
  } finally {
    // Lazily: processes of a server that died may still be on their way out of it.
    execFileSync('umount', ['--lazy', path]);
    rmSync(path, { recursive: true });
  }
}

function mayMount(): boolean {
  const path = mkdtempSync(join(tmpdir(), 'godwit-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1M', 'tmpfs', path], { stdio: 'ignore' });
    execFileSync('umount', [path]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(path, { recursive: true });
  }
}
