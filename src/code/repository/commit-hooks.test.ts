import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type GitTree, gitEnv, makeGitTree } from '../../../test/support/git-tree.ts';
import { runProcess } from '../process/run-process.ts';
import { hookFindings } from './commit-hooks.ts';
import { openRepository } from './repository.ts';

const trees: GitTree[] = [];
afterEach(async () => {
  for (const tree of trees.splice(0)) await tree.remove();
});

async function found(tree: GitTree): Promise<readonly string[]> {
  const { signal } = new AbortController();
  const place = { root: tree.root, env: gitEnv, run: runProcess, signal };
  return (await hookFindings(await openRepository(place, 'migrations'))).map(({ message }) => message);
}

it('hooks that git would run are named, wherever they stand; examples of git and others are not', async () => {
  const tree = await makeGitTree({ 'a.txt': '' });
  trees.push(tree);
  await mkdir(join(tree.root, '.git/hooks'), { recursive: true });
  await writeFile(join(tree.root, '.git/hooks/pre-push'), '#!/bin/sh\n', { mode: 0o755 });
  await writeFile(join(tree.root, '.git/hooks/pre-commit'), '#!/bin/sh\n', { mode: 0o644 });
  expect(await found(tree)).toEqual([]);
  await chmod(join(tree.root, '.git/hooks/pre-commit'), 0o755);
  expect(await found(tree)).toEqual([expect.stringContaining('the hook pre-commit, which runs for every commit')]);
  await mkdir(join(tree.root, '.husky'));
  tree.git('config', 'core.hooksPath', '.husky');
  expect(await found(tree)).toEqual([]);
  await writeFile(join(tree.root, '.husky/commit-msg'), '#!/bin/sh\n', { mode: 0o755 });
  await writeFile(join(tree.root, '.husky/pre-commit'), '#!/bin/sh\n', { mode: 0o755 });
  expect(await found(tree)).toEqual([expect.stringContaining('the hooks pre-commit, commit-msg, which run for')]);
});
