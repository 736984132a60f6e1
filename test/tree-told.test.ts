import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as z from 'zod';
import { measuredGate } from '#code/plan-parts/measured-gate';
import { runProcess } from '#code/process/run-process';
import { ignoredFiles } from '#code/repository/ignored-files';
import { openRepository } from '#code/repository/repository';
import { type GitTree, gitEnv, makeGitTree } from './support/git-tree.ts';
import { document, errorSchema } from './support/godwit.ts';
import { runInside } from './support/godwit-inside.ts';
import { beginning, treeStep, writeTreePlan } from './support/tree-plan.ts';

let tree: GitTree;
beforeEach(async () => {
  const manifest = { name: 'shop', version: '1.0.0', private: true, scripts: { test: 'node test.js' } };
  tree = await makeGitTree({
    '.gitignore': 'dist\ncoverage\n*.log\n',
    'package.json': JSON.stringify(manifest),
    'test.js': `
      const { mkdirSync, writeFileSync } = require('node:fs');
      for (const folder of ['dist/deep', 'coverage', 'with space/dist']) mkdirSync(folder, { recursive: true });
      for (const file of ['dist/deep/a.js', 'coverage/index.html', 'with space/dist/b.js']) writeFileSync(file, '');
    `,
    'a.js': 'module.exports = 1;\n',
  });
});
afterEach(() => tree.remove());

const runSchema = z.object({
  state: z.string(),
  steps: z.array(z.object({ id: z.string(), state: z.string(), detail: z.string().optional() })),
});
const call = (...args: readonly string[]) => runInside(args, { cwd: tree.root, env: {} });
const run = async (...args: readonly string[]) => document(await call(...args, '--json'), runSchema);

it('a rollback names what the checks have written where git does not look, with the command that removes it', async () => {
  await mkdir(join(tree.root, 'coverage'));
  await writeFile(join(tree.root, 'coverage/mine.txt'), 'mine\n');
  await writeFile(join(tree.root, 'mine.log'), 'mine\n');
  const baseline = treeStep('baseline', { action: { kind: 'code/baseline' }, rollback: { kind: 'none' } });
  await writeTreePlan(tree, [beginning, baseline]);
  await run('apply');
  const { state, steps } = await run('rollback');
  expect(state).toBe('rolled-back');
  const said = steps[0]?.detail ?? '';
  expect(said).toContain('left where it is: dist/, with space/');
  expect(said).not.toMatch(/coverage|mine/);
  const command = /`(git clean [^`]+)`/.exec(said)?.[1] ?? '';
  expect(command).toBe("git clean -fdx -- dist 'with space'");
  tree.git('clean', '-fdx', '--', 'dist', 'with space');
  expect(tree.git('status', '--porcelain', '--ignored', '--', '.', ':!migrations')).toBe('!! coverage/\n!! mine.log\n');
  expect((await call('status')).stdout).toContain('untracked files of before yes');
});

it('a rollback brings back what git ignores and checks have taken away, and writes over nothing', async () => {
  const wipe =
    "const fs = require('node:fs'); for (const one of ['old', 'swapped']) fs.rmSync(one, { recursive: true, force: true });";
  await writeFile(
    join(tree.root, 'test.js'),
    `${wipe} fs.symlinkSync('..', 'swapped'); fs.writeFileSync('built.log', 'new');`,
  );
  await writeFile(join(tree.root, '.gitignore'), 'old\nswapped\n*.log\nlarge\n');
  tree.git('commit', '-qam', 'A build that begins anew');
  for (const folder of ['old/deep', 'swapped', 'large', 'node_modules/x'])
    await mkdir(join(tree.root, folder), { recursive: true });
  await writeFile(join(tree.root, 'old/deep/local.txt'), 'mine\n');
  await writeFile(join(tree.root, 'swapped/kept.txt'), 'mine\n');
  await writeFile(join(tree.root, 'built.log'), 'mine\n');
  const baseline = treeStep('baseline', { action: { kind: 'code/baseline' }, rollback: { kind: 'none' } });
  await writeTreePlan(tree, [beginning, baseline]);
  await run('apply');
  expect(existsSync(join(tree.root, 'old'))).toBe(false);
  const { steps } = await run('rollback');
  expect(await readFile(join(tree.root, 'old/deep/local.txt'), 'utf8')).toBe('mine\n');
  expect(await readFile(join(tree.root, 'built.log'), 'utf8')).toBe('new');
  expect(existsSync(join(tree.root, '../kept.txt'))).toBe(false);
  const said = steps[0]?.detail ?? '';
  expect(said).toContain('1 file brought back that git does not hold so');
  expect(said).toContain('ignored by git, written anew since the work began, and left so: built.log, swapped/kept.txt');
});

it('what git ignores is kept within bounds, and what is made anew by an install is not', async () => {
  await writeFile(join(tree.root, '.gitignore'), 'big\nsmall\nnode_modules\n*.log\n');
  tree.git('commit', '-qam', 'Others');
  for (const path of ['big/a', 'big/b', 'small/deep/a', 'node_modules/x/a', 'small/node_modules/a', 'z.log']) {
    await mkdir(dirname(join(tree.root, path)), { recursive: true });
    await writeFile(join(tree.root, path), 'four');
  }
  const { signal } = new AbortController();
  const repository = await openRepository({ root: tree.root, env: gitEnv, run: runProcess, signal }, 'migrations');
  const all = { filesMax: 100, bytesMax: 1_000 };
  expect(await ignoredFiles(repository, all)).toEqual({ files: ['big/a', 'big/b', 'small/deep/a', 'z.log'], left: [] });
  expect(await ignoredFiles(repository, { ...all, bytesMax: 8 })).toEqual({
    files: ['big/a', 'big/b'],
    left: ['small/', 'z.log'],
  });
  expect(await ignoredFiles(repository, { ...all, bytesMax: 7 })).toEqual({
    files: ['small/deep/a'],
    left: ['big/', 'z.log'],
  });
  expect((await ignoredFiles(repository, { ...all, filesMax: 2 })).files).toEqual(['big/a', 'big/b']);
});

const edit = treeStep('edit', {
  action: {
    kind: 'code/edits',
    message: 'Edit',
    files: [{ path: 'a.js', edits: [{ offset: 17, length: 1, before: '1', text: '2' }] }],
  },
  rollback: { kind: 'code/undo', reinstall: false },
  verify: { kind: 'code/committed' },
});

it('a hook that writes files anew after they were staged is named by the proof, and the proof that holds later is told', async () => {
  await mkdir(join(tree.root, '.git/hooks'), { recursive: true });
  const hook = '#!/bin/sh\necho "module.exports = 2" > a.js\n';
  await writeFile(join(tree.root, '.git/hooks/pre-commit'), hook, { mode: 0o755 });
  await writeTreePlan(tree, [beginning, edit]);
  const { error } = document(await call('apply', '--json'), errorSchema);
  expect(error.code).toBe('verification-failed');
  expect(error.why).toContain('1 file is not as committed: a.js. The hook pre-commit of the repository ran');
  expect(error.why).toContain('`tree.hooks: false`');
  expect((await call('status')).stdout).toContain('✗ edit (failed');
  tree.git('restore', 'a.js');
  const { state, steps } = await run('apply');
  expect([state, steps[1]?.state]).toEqual(['done', 'verified']);
  expect(steps[1]?.detail).toMatch(/^1 edits in 1 files; committed as \w+$/);
  expect((await call('status')).stdout).not.toContain('not as committed');
  expect(await readFile(join(tree.root, 'a.js'), 'utf8')).toBe('module.exports = 2;\n');
});

it('with `tree.hooks: false` no hook runs, and a rollback that leaves nothing names nothing', async () => {
  await mkdir(join(tree.root, '.git/hooks'), { recursive: true });
  await writeFile(join(tree.root, '.git/hooks/pre-commit'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  await writeFile(join(tree.root, 'godwit.config.json'), '{ "tree": { "hooks": false } }\n');
  await writeTreePlan(tree, [beginning, edit]);
  expect((await run('apply')).state).toBe('done');
  const { steps } = await run('rollback');
  expect(steps.map(({ detail }) => detail)).toEqual(['back on main', expect.stringMatching(/^took \w+ back$/)]);
});

it('a rehearsal tells once on each way forward what a gate measured, and that a person may have to edit', async () => {
  await writeFile(join(tree.root, 'test.js'), "process.exit(require('./a.js') === 1 ? 0 : 1);\n");
  tree.git('commit', '--quiet', '--all', '--message=test');
  const baseline = treeStep('baseline', { action: { kind: 'code/baseline' }, rollback: { kind: 'none' } });
  const open = [{ rule: 'x', severity: 'warning', message: 'Look.', file: 'b.js' } as const];
  await writeTreePlan(tree, [beginning, baseline, edit], [measuredGate({ id: 'gate-1', what: 'the edit', open })]);
  const { exit, stdout, stderr } = await call('rehearse');
  expect(exit).toBe(0);
  expect(stderr.match(/✗ types, build, lint, tests and escapes are no worse than before: /g)).toHaveLength(2);
  expect(stdout).toContain('none of them is in test: that may come right with them, or wants another edit');
});

it('what stands untracked where a plan puts a file is named before anything is measured', async () => {
  const start = { kind: 'code/start', fresh: ['new/b.js', 'c.log'] };
  await writeTreePlan(tree, [treeStep('begin', { action: start, rollback: { kind: 'code/return' } })]);
  await writeFile(join(tree.root, 'c.log'), 'mine\n');
  const refused = await call('apply', '--json');
  expect(document(refused, errorSchema).error).toMatchObject({
    code: 'name-taken',
    what: expect.stringContaining('c.log'),
  });
  expect(await readFile(join(tree.root, 'c.log'), 'utf8')).toBe('mine\n');
  await rm(join(tree.root, 'c.log'));
  expect((await run('apply')).state).toBe('done');
});
