import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { assistantOn } from '../support/mcp-client.ts';

const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

let place: string;
let plugin: string;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'godwit-packed-'));
  // What is packed is what was built; `prepare` would build it again under tests that run from it.
  const packed = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', place], { cwd: root });
  const [{ filename }] = z.tuple([z.object({ filename: z.string() })]).parse(JSON.parse(packed.stdout));
  await run('tar', ['xzf', join(place, filename), '-C', place]);
  plugin = join(place, 'package/plugin');
  const claude = ['install', '--prefix', place, '--no-audit', '--no-fund', '@anthropic-ai/claude-code@2.1.197'];
  await run('npm', claude, { cwd: place });
});
afterAll(() => rm(place, { recursive: true, force: true }));

function claude(...args: readonly string[]) {
  const env = { PATH: process.env.PATH ?? '', HOME: join(place, 'home'), DISABLE_TELEMETRY: '1' };
  const told = spawnSync(join(place, 'node_modules/.bin/claude'), ['plugin', ...args], {
    cwd: place,
    env,
    encoding: 'utf8',
  });
  return { status: told.status, said: `${told.stdout}${told.stderr}` };
}

it('the plugin of the packed tarball is valid, installs, and works from where it was installed', async () => {
  for (const manifest of ['.claude-plugin/plugin.json', '.claude-plugin/marketplace.json'])
    expect(claude('validate', '--strict', join(plugin, manifest))).toMatchObject({ status: 0 });
  expect(claude('marketplace', 'add', plugin)).toMatchObject({ status: 0 });
  expect(claude('install', 'godwit@godwit')).toMatchObject({ status: 0 });
  const details = claude('details', 'godwit').said;
  for (const part of ['migrate-database', 'migration-assistant', 'PreToolUse', 'MCP servers (1)  godwit'])
    expect(details).toContain(part);
  const listed = claude('list', '--json');
  const [{ installPath }] = z.tuple([z.object({ installPath: z.string() })]).parse(JSON.parse(listed.said));
  const hook = spawnSync('node', [join(installPath, 'hooks/guard.cjs')], {
    input: JSON.stringify({ tool_name: 'Bash', tool_input: { command: 'dropdb shop' } }),
  });
  expect(hook.status).toBe(2);
  const assistant = await assistantOn({ era: '2026', program: join(installPath, 'server/godwit.cjs') });
  try {
    const { tools } = await assistant.client.listTools();
    expect(tools.length).toBeGreaterThan(10);
    const linted = await assistant.call('explain', { topic: 'tx/no-lock-timeout' });
    expect(linted.isError).not.toBe(true);
  } finally {
    await assistant.close();
  }
});
