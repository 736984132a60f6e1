import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { type TestDatabase, withDatabase } from '../../../test/support/database.ts';
import { type Assistant, assistantOn } from '../../../test/support/mcp-client.ts';
import { rawMcp } from '../../../test/support/raw-mcp.ts';

const planned = z.object({ plan: z.object({ id: z.string(), planHash: z.string() }) });
const codeOf = (answer: { readonly structuredContent?: unknown }) =>
  z.object({ error: z.object({ code: z.string() }) }).parse(answer.structuredContent).error.code;
const schema = 'CREATE TABLE users (id bigint PRIMARY KEY, name text)';
const intent = 'ALTER TABLE users ADD COLUMN more int';

let outside = '';
beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), 'godwit-outside-'));
});
afterAll(() => rm(outside, { recursive: true, force: true }));

async function withAssistant(work: (assistant: Assistant, database: TestDatabase) => Promise<void>): Promise<void> {
  await withDatabase(async (database) => {
    await database.query(schema);
    const person = () => ({ action: 'accept' as const, goOn: true });
    const assistant = await assistantOn({ era: '2026', url: database.url, person });
    try {
      await work(assistant, database);
    } finally {
      await assistant.close();
    }
  });
}

const idOf = async ({ call }: Assistant, input: Readonly<Record<string, unknown>>) =>
  planned.parse((await call('plan', input)).structuredContent).plan;

it('nothing is read through links in the plans folder', async () => {
  await withAssistant(async (assistant, { query }) => {
    const { cwd, call, client } = assistant;
    const { id, planHash } = await idOf(assistant, { intent });
    const migrations = join(cwd, 'migrations');
    await writeFile(join(cwd, '.env'), 'WORD=hunter2-in-env');
    await writeFile(join(outside, 'text'), 'hunter2-outside');
    for (const [name, to] of [
      ['e7', join(outside, 'text')],
      ['e8', '../../.env'],
    ] as const) {
      await mkdir(join(migrations, name));
      await cp(join(migrations, id, 'plan.json'), join(migrations, name, 'plan.json'));
      await symlink(to, join(migrations, name, 'PLAN.md'));
      await expect(client.readResource({ uri: `plan://${name}` })).rejects.toThrow(/leads out of the folder/);
      for (const verb of ['report', 'status', 'rehearse'])
        expect(codeOf(await call(verb, { plan: name })), verb).toBe('bad-input');
    }
    await cp(join(migrations, id), join(outside, 'evil2'), { recursive: true });
    await symlink(join(outside, 'evil2'), join(migrations, 'evil2'));
    for (const verb of ['apply', 'rollback', 'purge'])
      expect(codeOf(await call(verb, { plan: 'evil2', planHash })), verb).toBe('bad-input');
    expect(codeOf(await call('report', { plan: 'evil2' }))).toBe('bad-input');
    expect(assistant.questions).toEqual([]);
    const { resources } = await client.listResources();
    expect(resources.map(({ name }) => name).filter((name) => name !== id)).toEqual([]);
    expect(await query("SELECT 1 FROM information_schema.schemata WHERE schema_name = 'godwit'")).toEqual([]);
    expect((await call('report', { plan: id })).isError).toBeUndefined();
  });
}, 120_000);

it('nothing is written through links at the place of a plan', async () => {
  await withAssistant(async (assistant) => {
    const { cwd, call } = assistant;
    const { id } = await idOf(assistant, { intent, check: true });
    const away = join(outside, 'away');
    await mkdir(away);
    const migrations = join(cwd, 'migrations');
    await mkdir(migrations);
    for (const to of [away, join(outside, 'not-there')]) {
      await symlink(to, join(migrations, id));
      expect(codeOf(await call('plan', { intent }))).toBe('bad-input');
      await rm(join(migrations, id));
    }
    await mkdir(join(migrations, id));
    await symlink(join(away, 'PLAN.md'), join(migrations, id, 'PLAN.md'));
    expect(codeOf(await call('plan', { intent }))).toBe('bad-input');
    await rm(migrations, { recursive: true });
    await symlink(away, migrations);
    expect(codeOf(await call('plan', { intent }))).toBe('bad-input');
    expect(codeOf(await call('status', {}))).toBe('bad-input');
    expect(await readdir(away)).toEqual([]);
    expect(await readdir(outside)).not.toContain('not-there');
  });
}, 120_000);

it('no plan is written where programs look for settings, and a path with a NUL is none', async () => {
  await withAssistant(async ({ call, cwd }) => {
    const refused = [
      await call('plan', { intent, out: '.github/workflows' }),
      await call('plan', { intent, out: '.claude' }),
      await call('plan', { intent, out: 'app/.vscode/x' }),
      await call('plan', { intent, out: 'a\0b' }),
      await call('lint', { paths: ['sql/a.sql\0'] }),
      await call('report', { plan: 'a\0' }),
    ];
    expect(refused.map(codeOf)).toEqual(refused.map(() => 'bad-input'));
    expect(await readdir(cwd)).toEqual([]);
    expect((await call('plan', { intent, out: './plans/one' })).isError).toBeUndefined();
  });
}, 120_000);

it('a large intent is refused at once, and a message larger than by HTTP ends the server', async () => {
  await withDatabase(async ({ url, query }) => {
    await query(schema);
    const cwd = await mkdtemp(join(tmpdir(), 'godwit-mcp-'));
    const server = rawMcp(cwd, url);
    try {
      await server.call('plan', { intent, check: true });
      const began = performance.now();
      const { result } = await server.call('plan', { intent: `${intent}; `.repeat(95_000) });
      expect(performance.now() - began).toBeLessThan(10_000);
      expect(codeOf(z.looseObject({}).parse(result))).toBe('bad-input');
      const ended = new Promise((resolve) => server.child.once('exit', resolve));
      server.child.stdin.on('error', () => undefined);
      void server.call('plan', { intent: `${intent}; `.repeat(200_000) });
      expect(await ended).toBe(0);
    } finally {
      server.child.kill();
      await rm(cwd, { recursive: true, force: true });
    }
  });
}, 120_000);

it('the phase is part of what a person says yes to, and the way back says what it takes away', async () => {
  await withDatabase(async ({ url, query }) => {
    await query(schema);
    const cwd = await mkdtemp(join(tmpdir(), 'godwit-mcp-'));
    const server = rawMcp(cwd, url);
    const word = { inputResponses: { word: { action: 'accept', content: { goOn: true } } } };
    const structured = (answer: Awaited<ReturnType<typeof server.call>>) =>
      z.looseObject({ structuredContent: z.unknown() }).parse(answer.result);
    const state = async (plan: string) =>
      z.object({ state: z.string() }).parse(structured(await server.call('status', { plan })).structuredContent).state;
    try {
      const rename = { intent: 'ALTER TABLE users RENAME COLUMN name TO full_name' };
      const { plan: made } = planned.parse(structured(await server.call('plan', rename)).structuredContent);
      const named = { plan: made.id, planHash: made.planHash };
      const asked = async (args: Readonly<Record<string, unknown>>, verb = 'apply') =>
        z
          .object({ requestState: z.string(), inputRequests: z.looseObject({ word: z.unknown() }) })
          .parse((await server.call(verb, args)).result);
      for (const wanted of ['waiting', 'done']) {
        const { requestState } = await asked(named);
        await server.call('apply', named, { ...word, requestState });
        await expect.poll(() => state(made.id), { timeout: 60_000 }).toBe(wanted);
      }
      const { requestState, inputRequests } = await asked({ ...named, to: 'deploy' }, 'rollback');
      expect(JSON.stringify(inputRequests)).toContain('back to phase deploy, and no further');
      expect(codeOf(structured(await server.call('rollback', named, { ...word, requestState })))).toBe(
        'approval-refused',
      );
      expect(await state(made.id)).toBe('done');
      const whole = await asked(named, 'rollback');
      expect(JSON.stringify(whole.inputRequests)).toContain('it fails once what it uses is taken away');
      expect(codeOf(structured(await server.call('rollback', { ...named, to: 'no\nphase' })))).toBe('bad-input');
      await server.call('rollback', { ...named, to: 'deploy' }, { ...word, requestState });
      await expect.poll(() => state(made.id), { timeout: 60_000 }).toBe('waiting');
    } finally {
      await server.close();
      await rm(cwd, { recursive: true, force: true });
    }
  });
}, 180_000);
