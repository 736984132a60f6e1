import { execFile } from 'node:child_process';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { expect, it } from 'vitest';
import { startEmbedded } from '#db/drivers/postgres/embedded/start-embedded';
import { until } from '../support/execution.ts';
import { ask, rowsDone, runSchema, usersTable } from '../support/faults.ts';
import { document, godwitOn } from '../support/godwit.ts';
import { type MortalServer, startMortal } from '../support/mortal-server.ts';

it('a standby that replays nothing holds a backfill, which goes on when the standby does', async () => {
  const primary = await startMortal({ settings: { wal_keep_size: '1GB' } });
  const standby = await standbyOf(primary);
  const godwit = await godwitOn(primary.urlOf('app', 'app'));
  try {
    await ask(primary.url, 'CREATE ROLE app LOGIN IN ROLE pg_monitor');
    await ask(primary.url, 'CREATE DATABASE app OWNER app');
    await ask(primary.urlOf('app', 'app'), usersTable(1_000_000));
    await until(async () => (await behind(primary)) === 0, 'the standby has caught up', 60_000);
    expect((await godwit.run('plan', 'ALTER TABLE users RENAME COLUMN name TO full_name')).exit).toBe(0);
    const running = godwit.start('apply');
    await until(async () => (await rowsDone(primary.urlOf('app', 'app'))) > 1_000, 'the backfill is at work', 60_000);
    await ask(standby.url, 'SELECT pg_wal_replay_pause()');
    await running.says('is 1');
    const held = await rowsDone(primary.urlOf('app', 'app'));
    expect(held).toBeLessThan(1_000_000);
    await ask(standby.url, 'SELECT pg_wal_replay_resume()');
    const ran = await running.ended;
    expect(ran.stdout + ran.stderr).toMatch(/standby .*is 1\d\.\d s and \d+ MB behind/);
    expect(ran.exit).toBe(0);
    const back = document(await godwit.run('rollback', '--json'), runSchema);
    expect(back).toMatchObject({ state: 'rolled-back', restored: { schema: true, data: true } });
  } finally {
    await godwit.remove();
    await standby.stop();
    await primary.remove();
  }
});

/** A standby of a running server: its files, copied between the start and the end of a backup on one connection. */
async function standbyOf(primary: MortalServer) {
  const home = await mkdtemp(join(tmpdir(), 'godwit-standby-'));
  await chmod(home, 0o755);
  const client = new Client({ connectionString: primary.url });
  await client.connect();
  await client.query("SELECT pg_backup_start('standby', true)");
  await promisify(execFile)('cp', ['-a', primary.directory, join(home, 'server')]);
  const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
  await client.end();
  const { port } = new URL(primary.url);
  const script = `cd "$1" && rm -f postmaster.pid && touch standby.signal && printf '%s' "$2" > backup_label &&
    echo "primary_conninfo = 'host=127.0.0.1 port=$3 user=postgres application_name=copy'" >> postgresql.auto.conf &&
    chown --reference=. standby.signal backup_label postgresql.auto.conf`;
  const data = join(home, 'server', 'data');
  await promisify(execFile)('sh', ['-c', script, 'sh', data, rows[0]?.labelfile ?? '', port]);
  return await startEmbedded({ directory: join(home, 'server'), durable: false });
}

async function behind(primary: MortalServer): Promise<number> {
  const [row] = await ask(
    primary.url,
    'SELECT sum(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn))::float8 AS bytes FROM pg_stat_replication',
  );
  return Number(row?.bytes ?? Number.NaN);
}
