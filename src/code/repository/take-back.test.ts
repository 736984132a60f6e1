import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type GitTree, gitEnv, makeGitTree, stateOfTree } from '../../../test/support/git-tree.ts';
import { runProcess } from '../process/run-process.ts';
import { type TreeChange, writeMoves } from '../tree/tree.ts';
import { openRepository, type Repository } from './repository.ts';
import { takeBack } from './take-back.ts';
import { runFolder } from './tree-run.ts';
import { keepUntrackedLocks, newLocks, restoreUntrackedLocks } from './untracked-locks.ts';

const runId = 'run-1';
let tree: GitTree;
let repository: Repository;

beforeEach(async () => {
  tree = await makeGitTree({
    '.gitignore': 'ignored\n',
    'a.txt': 'one\n',
    'b.txt': 'goes\n',
    'src/c.txt': 'moves\n',
  });
  await mkdir(join(tree.root, 'ignored'));
  await writeFile(join(tree.root, 'ignored/mine.txt'), 'mine\n');
  await writeFile(join(tree.root, 'ignored/run.sh'), '#!/bin/sh\n', { mode: 0o755 });
  const { signal } = new AbortController();
  repository = await openRepository({ root: tree.root, env: gitEnv, run: runProcess, signal }, 'migrations');
});
afterEach(() => tree.remove());

const change: TreeChange = {
  moves: [
    { from: 'src/c.txt', to: 'lib/deep/d.txt' },
    { from: 'ignored/mine.txt', to: 'ignored/deep/moved.txt' },
  ],
  changes: [
    { path: 'a.txt', before: 'one\n', after: 'two\n' },
    { path: 'b.txt', before: 'goes\n', after: undefined },
    { path: 'lib/deep/d.txt', before: 'moves\n', after: 'moved\n' },
    { path: 'ignored/deep/moved.txt', before: 'mine\n', after: 'ours\n' },
    { path: 'ignored/run.sh', before: '#!/bin/sh\n', after: '#!/bin/bash\n' },
    { path: 'new/deep/e.txt', before: undefined, after: 'new\n' },
    { path: 'ignored/new.txt', before: undefined, after: 'new\n' },
  ],
};

/** Every file with its text and mode, and every folder. */
async function everything() {
  tree.git('add', '--force', 'ignored');
  const state = stateOfTree(tree);
  tree.git('reset', '--quiet');
  const names = (await readdir(tree.root, { recursive: true })).filter((name) => !/^\.git(\/|$)/.test(name));
  return { state, names: names.sort() };
}

const crashes: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['after all was written', async () => undefined],
  ['before a new file stood', () => rm(join(tree.root, 'new/deep/e.txt'))],
  ['while a file was written', () => writeFile(join(tree.root, 'new/deep/.e.txt.godwit-new'), 'ne')],
  ['before an edit', () => writeFile(join(tree.root, 'a.txt'), 'one\n')],
  ['before an ignored file was edited', () => writeFile(join(tree.root, 'ignored/deep/moved.txt'), 'mine\n')],
  ['once all was put into the index', async () => tree.git('add', '--force', '.')],
];

it.each(crashes)('what a step wrote goes where it was stopped %s', async (_name, crash) => {
  const before = await everything();
  await writeMoves(tree.root, change, runFolder(repository, runId));
  await crash();
  expect(await takeBack({ repository, runId, locks: [] })).toBeUndefined();
  expect(await everything()).toEqual(before);
  await takeBack({ repository, runId, locks: [] });
  expect(await everything()).toEqual(before);
});

it('what somebody else made of a file of the step is kept', async () => {
  const before = await everything();
  await writeMoves(tree.root, change, runFolder(repository, runId));
  await writeFile(join(tree.root, 'ignored/new.txt'), 'changed since\n');
  const kept = await takeBack({ repository, runId, locks: [] });
  expect(tree.git('show', `${kept}:ignored/new.txt`)).toBe('changed since\n');
  expect(await everything()).toEqual(before);
});

it('edits of people to other files are kept and told of, where the step wrote nothing', async () => {
  await writeFile(join(tree.root, 'b.txt'), 'mine\n');
  await writeFile(join(tree.root, 'staged.txt'), 'new\n');
  tree.git('add', 'staged.txt');
  const kept = await takeBack({ repository, runId, locks: [] });
  expect(tree.git('show', `${kept}:b.txt`)).toBe('mine\n');
  expect(tree.git('show', `${kept}:staged.txt`)).toBe('new\n');
});

it('a lock file that the step brought goes, and one that was there is as it was', async () => {
  const step = { runId, stepId: 'change' };
  await writeFile(join(tree.root, 'package-lock.json'), '{}\n');
  const before = await everything();
  await keepUntrackedLocks(repository, step);
  await writeFile(join(tree.root, 'package-lock.json'), '{ "made": true }\n');
  await writeFile(join(tree.root, 'yarn.lock'), '# made\n');
  await keepUntrackedLocks(repository, step);
  const locks = await newLocks(repository, step);
  expect(locks).toEqual(['yarn.lock']);
  await takeBack({ repository, runId, locks });
  await restoreUntrackedLocks(repository, step);
  expect(await everything()).toEqual(before);
});
