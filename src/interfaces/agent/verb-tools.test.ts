import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { configSchema } from '#app/config';
import { nobodyThere } from '#app/consent';
import type { Deed } from '#app/deed';
import { thisMachine } from '#app/machine';
import type { Surroundings } from '#app/verb';
import { verbs } from '#app/verbs/index';
import { type GitTree, makeGitTree } from '../../../test/support/git-tree.ts';
import { verbTools } from './verb-tools.ts';

/** A project whose tests write down what they are given, and leave a process behind. */
async function spyingTree(seen: string): Promise<GitTree> {
  const leave = "spawn(process.execPath, ['-e', 'setTimeout(() => {}, 600000)'], { detached: true, stdio: 'ignore' })";
  return makeGitTree({
    'package.json': JSON.stringify({ name: 'notes', private: true, scripts: { test: 'node spy.js' } }),
    '.gitignore': 'node_modules\n',
    'src/text.js': "exports.text = () => 'text';\n",
    'src/index.js': "exports.twice = () => require('./text').text();\n",
    'spy.js': `const { spawn } = require('node:child_process');\nconst child = ${leave};\nchild.unref();\nrequire('node:fs').writeFileSync(${JSON.stringify(seen)}, JSON.stringify({ pid: child.pid, env: process.env }));\n`,
  });
}

const secrets = {
  GODWIT_MODEL_KEY: 'sk-model-key-000000000',
  DATABASE_URL: 'postgres://shop:database-pass@127.0.0.1:1/shop',
  CACHE: 'redis://:cache-pass@127.0.0.1/0',
};

function surroundingsIn(cwd: string): Surroundings {
  const env = { ...process.env, ...secrets };
  const { signal } = new AbortController();
  const machine = thisMachine({ version: '0.0.0', cwd, env, signal });
  return { ...machine, ...nobodyThere, cwd, env, config: configSchema.parse({}), choice: {}, on: () => undefined };
}

it('code of the project is run on the word of a person only, without secrets, and all of it ends with the call', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'godwit-seen-'));
  const seen = join(folder, 'seen.json');
  const tree = await spyingTree(seen);
  const surroundings = surroundingsIn(tree.root);
  const questions: string[] = [];
  const persons: Record<string, (deed: Deed) => Promise<boolean>> = {
    no: async () => false,
    yes: async ({ question }) => questions.push(...question) > 0,
  };
  const call = async (name: string, input: object, person?: string) => {
    const askPerson = person === undefined ? undefined : persons[person];
    const tool = verbTools(verbs, { surroundings, askPerson }).find((one) => one.name === name);
    const read = tool?.input.safeParse(input);
    if (tool === undefined || read?.success !== true) return { ok: false, text: `unreadable: ${read?.error?.message}` };
    const { env, signal } = surroundings;
    return tool.execute(read.data, { root: tree.root, env, signal, maxAnswer: 20_000 });
  };
  try {
    expect((await call('inspect', { tree: true, runTests: true })).text).toMatch(/unreadable:[\s\S]*runTests/);
    expect((await call('plan', { upgrade: 'all', allowRun: true })).text).toMatch(/unreadable:[\s\S]*allowRun/);
    expect((await call('plan', { recipe: ['./codemod'] })).text).toContain('A recipe in a folder is not run here');
    const planned = await call('plan', { move: ['src/text.js=src/words.js'] });
    expect(planned.ok, planned.text).toBe(true);
    const [, plan] = /plan (\S+), planHash/.exec(planned.text) ?? [];
    for (const person of [undefined, 'no']) {
      for (const verb of ['rehearse', 'verify', 'apply']) {
        const { ok, text } = await call(
          verb,
          { plan, ...(verb === 'apply' ? { planHash: hashIn(planned.text) } : {}) },
          person,
        );
        expect({ verb, ok, text }).toEqual({ verb, ok: false, text: expect.stringContaining('approval-required') });
      }
    }
    expect(existsSync(seen)).toBe(false);
    const rehearsed = await call('rehearse', { plan }, 'yes');
    expect(existsSync(seen), rehearsed.text).toBe(true);
    expect(questions.join('\n')).toContain('runs the checks and the install of the project');
    const { pid, env } = JSON.parse(await readFile(seen, 'utf8'));
    expect(Object.keys(secrets).filter((name) => name in env)).toEqual([]);
    expect(JSON.stringify(env)).not.toMatch(/sk-model-key|database-pass|cache-pass/);
    if (process.platform === 'linux') await expect.poll(() => commandLineOf(pid)).toBe('');
  } finally {
    await tree.remove();
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);

/** Empty where the process has ended, though nobody may have asked yet how. */
function commandLineOf(pid: number): string {
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function hashIn(text: string): string {
  return /planHash ([0-9a-f]{64})/.exec(text)?.[1] ?? '';
}

it('no answer of a verb shows a value that looks like a credential, nor what stands in files that may not be read', async () => {
  const tree = await makeGitTree({
    '.env': "SHOP_PASSWORD='hunter2-of-env';\n",
    'migrations/1.sql': "CREATE TABLE shop (id int);\nALTER ROLE shop PASSWORD 'x'; -- password = 'hunter2-of-sql'\n",
    'migrations/.env.sql': 'ALTER TABLE hunter2_hidden ADD COLUMN x int NOT NULL;\n',
  });
  const outside = await mkdtemp(join(tmpdir(), 'godwit-outside-'));
  await writeFile(join(outside, 'out.sql'), 'ALTER TABLE hunter2_outside ADD COLUMN x int NOT NULL;\n');
  await symlink(join(outside, 'out.sql'), join(tree.root, 'migrations/2.sql'));
  await symlink(outside, join(tree.root, 'migrations/more'));
  await symlink('../.env', join(tree.root, 'migrations/3.sql'));
  const surroundings = surroundingsIn(tree.root);
  const { env, signal } = surroundings;
  const tools = verbTools(verbs, { surroundings, askPerson: undefined });
  const calls = [
    ['lint', { paths: ['migrations'] }],
    ['lint', { paths: ['migrations/*'] }],
    ['lint', { paths: ['.en[v]'] }],
    ['lint', { paths: ['migrations/2.sql'] }],
    ['lint', { paths: ['migrations/3.sql'] }],
    ['plan', { from: 'migrations/3.sql' }],
    ['plan', { intent: "ALTER TABLE password = 'hunter2-of-words'" }],
  ] as const;
  try {
    for (const [name, input] of calls) {
      const tool = tools.find((one) => one.name === name);
      const answer = await tool?.execute(tool.input.parse(input), { root: tree.root, env, signal, maxAnswer: 20_000 });
      expect(answer?.text, JSON.stringify(input)).not.toContain('hunter2');
    }
  } finally {
    await tree.remove();
    await rm(outside, { recursive: true, force: true });
  }
});

it('a plan behind a link that leads out of the repository is neither read nor written', async () => {
  const tree = await makeGitTree({
    'src/text.js': "exports.text = () => 'text';\n",
    'package.json': '{ "name": "notes", "private": true }',
  });
  const outside = await mkdtemp(join(tmpdir(), 'godwit-outside-'));
  const surroundings = surroundingsIn(tree.root);
  const { env, signal } = surroundings;
  const tools = verbTools(verbs, { surroundings, askPerson: async () => true });
  const call = async (name: string, input: object) => {
    const tool = tools.find((one) => one.name === name);
    return tool?.execute(tool.input.parse(input), { root: tree.root, env, signal, maxAnswer: 20_000 });
  };
  const wish = { move: ['src/text.js=src/words.js'] };
  try {
    const planned = await call('plan', wish);
    const [, plan = ''] = /plan (\S+), planHash/.exec(planned?.text ?? '') ?? [];
    await rename(join(tree.root, 'migrations', plan), join(outside, 'plan'));
    await symlink(join(outside, 'plan'), join(tree.root, 'migrations', plan));
    for (const verb of ['report', 'status', 'verify'])
      expect((await call(verb, { plan }))?.text, verb).toMatch(/bad-input: .* leads out of the folder/);
    await rm(join(tree.root, 'migrations'), { recursive: true });
    await symlink(outside, join(tree.root, 'migrations'));
    expect((await call('plan', wish))?.text).toMatch(/bad-input: .* leads out of the folder/);
    expect(readdirSync(outside)).toEqual(['plan']);
  } finally {
    await tree.remove();
    await rm(outside, { recursive: true, force: true });
  }
}, 60_000);
