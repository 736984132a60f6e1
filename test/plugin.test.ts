import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { withDatabase } from './support/database.ts';
import { assistantOn } from './support/mcp-client.ts';

const plugin = resolve(import.meta.dirname, '../plugin');
const json = <T>(file: string, schema: z.ZodType<T>): T =>
  schema.parse(JSON.parse(readFileSync(join(plugin, file), 'utf8')));
const manifest = z.object({ name: z.string(), version: z.string(), description: z.string() });
const servers = z.object({
  mcpServers: z.object({ godwit: z.object({ command: z.string(), args: z.array(z.string()) }) }),
});
const hooks = z.object({
  hooks: z.object({
    PreToolUse: z.tuple([z.object({ matcher: z.string(), hooks: z.tuple([z.object({ command: z.string() })]) })]),
  }),
});

function headOf(file: string): unknown {
  return parse(/^---\n([\s\S]*?)\n---\n/.exec(readFileSync(join(plugin, file), 'utf8'))?.[1] ?? '');
}

let alone: string;
beforeAll(() => {
  // Nothing of godwit's packages can be found from here.
  alone = mkdtempSync(join(tmpdir(), 'godwit-plugin-'));
  mkdirSync(join(alone, 'server'));
  mkdirSync(join(alone, 'hooks'));
  copyFileSync(join(plugin, 'server/godwit.cjs'), join(alone, 'server/godwit.cjs'));
  copyFileSync(join(plugin, 'hooks/guard.cjs'), join(alone, 'hooks/guard.cjs'));
});
afterAll(() => rmSync(alone, { recursive: true, force: true }));

describe('the folder of the plugin', () => {
  it('says one version and one description in all its manifests, those of the package', () => {
    const own = json('../package.json', manifest);
    for (const file of ['.claude-plugin/plugin.json', 'plugin.json']) expect(json(file, manifest)).toMatchObject(own);
    const market = json(
      '.claude-plugin/marketplace.json',
      z.object({ plugins: z.array(z.object({ description: z.string() })) }),
    );
    expect(market.plugins.map(({ description }) => description)).toEqual([own.description]);
  });

  it('names files that are there', () => {
    for (const file of ['.mcp.json', 'mcp.json']) {
      const [path = ''] = json(file, servers).mcpServers.godwit.args;
      expect(existsSync(join(plugin, path.replace(/^\$\{\w+\}/, '.')))).toBe(true);
    }
    const [{ hooks: own }] = json('hooks/hooks.json', hooks).hooks.PreToolUse;
    expect(own[0].command).toContain('/hooks/guard.cjs"');
  });

  it('has an agent that is called for what people say', () => {
    const head = z.record(z.string(), z.string()).parse(headOf('agents/migration-assistant.md'));
    expect(head).toMatchObject({ name: 'migration-assistant', tools: 'Read, Glob, Grep, Bash', model: 'sonnet' });
    for (const words of [
      'migrate',
      'upgrade framework',
      'move to new version',
      'database migration',
      'schema change',
      'breaking changes',
      'migration plan',
    ])
      expect(head.description).toContain(words);
  });

  it.each(readdirSync(join(plugin, 'skills')))('has the skill %s under its own name', (name) => {
    expect(headOf(`skills/${name}/SKILL.md`)).toMatchObject({ name, description: expect.stringMatching(/.{40}/) });
  });
});

describe('the hook', () => {
  const [{ hooks: own, matcher }] = json('hooks/hooks.json', hooks).hooks.PreToolUse;
  const call = (text: string, env: Readonly<Record<string, string>> = {}) =>
    spawnSync('/bin/sh', ['-c', own[0].command], {
      input: text,
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', CLAUDE_PLUGIN_ROOT: alone, ...env },
    });
  const bash = (command: string) => JSON.stringify({ tool_name: 'Bash', tool_input: { command }, cwd: alone });

  it('is asked about each command and each file that is written', () => {
    for (const tool of ['Bash', 'Write', 'Edit', 'MultiEdit', 'NotebookEdit'])
      expect(tool).toMatch(new RegExp(`^(${matcher})$`));
  });

  it('stops what destroys, and lets the rest through', () => {
    const stopped = call(bash('cd app && npx prisma migrate reset --force'));
    expect([stopped.status, stopped.stderr]).toEqual([2, expect.stringContaining('godwit plan')]);
    expect(call(bash('npm test')).status).toBe(0);
  });

  it('stops everything where it cannot work: no Node, no guard, no call that it could read', () => {
    expect(call(bash('ls'), { PATH: '/nowhere' }).status).toBe(2);
    expect(call(bash('ls'), { CLAUDE_PLUGIN_ROOT: '/nowhere' }).status).toBe(2);
    expect(call('{').status).toBe(2);
  });
});

describe('the server in one file', () => {
  it('serves every tool, reads a database, plans, applies and takes back, with nothing installed', async () => {
    await withDatabase(async ({ url, query }) => {
      await query('CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL)');
      const person = () => ({ action: 'accept' as const, goOn: true });
      const assistant = await assistantOn({ url, era: '2026', person, program: join(alone, 'server/godwit.cjs') });
      try {
        const { tools } = await assistant.client.listTools();
        expect(tools.map(({ name }) => name)).toEqual(expect.arrayContaining(['plan', 'apply', 'rollback']));
        const intent = 'ALTER TABLE users ADD COLUMN note text';
        const { plan } = z
          .object({ plan: z.object({ id: z.string(), planHash: z.string() }) })
          .parse((await assistant.call('plan', { intent })).structuredContent);
        const named = { plan: plan.id, planHash: plan.planHash };
        const state = async () =>
          z.object({ state: z.string() }).parse((await assistant.call('status', { plan: plan.id })).structuredContent)
            .state;
        await assistant.call('apply', named);
        await expect.poll(state, { timeout: 60_000 }).toBe('done');
        expect(await query('SELECT note FROM users')).toEqual([]);
        await assistant.call('rollback', named);
        await expect.poll(state, { timeout: 60_000 }).toBe('rolled-back');
      } finally {
        await assistant.close();
      }
    });
  }, 240_000);

  const alonely = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(alone, 'server/godwit.cjs'), ...args], { encoding: 'utf8', cwd: alone });

  it('has the compiler with its libraries in it: a function is renamed by its meaning', () => {
    const git = (...args: readonly string[]) =>
      spawnSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: alone });
    writeFileSync(join(alone, 'package.json'), '{ "name": "a", "private": true, "type": "module" }\n');
    writeFileSync(join(alone, '.gitignore'), 'server\nhooks\nmigrations\n');
    writeFileSync(join(alone, 'a.js'), 'export function old() {\n  return [1].map((one) => one);\n}\n');
    writeFileSync(join(alone, 'b.js'), "import { old } from './a.js';\nold();\n");
    git('init', '-q');
    git('add', '-A');
    git('commit', '-qm', 'begin');
    const planned = alonely('plan', '--rename-symbol', 'a.js#old=fresh', '--json');
    expect(planned.status, planned.stderr).toBe(0);
    expect(planned.stdout).toContain('fresh');
  });

  it('says what it has not, and what to do', () => {
    writeFileSync(join(alone, 'a.py'), 'import six\n');
    const told = alonely('recipe', 'run', 'python-3-upgrade');
    expect([told.status, told.stderr]).toEqual([
      1,
      expect.stringMatching(/native code[\s\S]*npm install --save-dev godwit/),
    ]);
    expect(told.stderr).not.toContain('    at ');
  });
});
