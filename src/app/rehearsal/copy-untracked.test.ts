import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { runProcess } from '#code/process/run-process';
import { openRepository } from '#code/repository/repository';
import { gitEnv, makeGitTree } from '../../../test/support/git-tree.ts';
import { configSchema } from '../config.ts';
import { copyUntracked } from './copy-untracked.ts';
import { missingLocks } from './missing-locks.ts';
import { missingSubmodules } from './missing-submodules.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const { signal } = new AbortController();

/** A tree with files that git does not hold; copies what the patterns name. */
async function copied(patterns: readonly string[]) {
  const tree = await makeGitTree({
    '.gitignore': '.env*\n*.local.json\n',
    'a.txt': 'a\n',
    'packages/shop/b.txt': 'b\n',
  });
  const { root } = tree;
  const copy = await mkdtemp(join(tmpdir(), 'godwit-copy-'));
  folders.push(root, copy);
  await writeFile(join(root, '.env'), 'KEY=very-secret\r\n');
  await chmod(join(root, '.env'), 0o600);
  await writeFile(join(root, 'packages/shop/.env.test'), 'KEY=also-secret\n');
  await mkdir(join(root, 'config'));
  await writeFile(join(root, 'config/one.local.json'), '{}');
  await writeFile(join(root, 'config/two.txt'), 'not named');
  await symlink('/etc/hostname', join(root, '.env.link'));
  const repository = await openRepository({ root, env: gitEnv, run: runProcess, signal }, 'migrations');
  const findings = await copyUntracked(repository, copy, patterns);
  const files = (await readdir(copy, { recursive: true, withFileTypes: true }))
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(copy.length + 1));
  return { copy, findings, files: files.sort() };
}

it('files that git ignores are copied byte for byte, and no more readable than they are', async () => {
  const { copy, files, findings } = await copied(['.env', '**/.env.test', 'config/*.local.json']);
  expect(files).toEqual(['.env', 'config/one.local.json', 'packages/shop/.env.test']);
  expect(findings).toEqual([]);
  expect(await readFile(join(copy, '.env'), 'utf8')).toBe('KEY=very-secret\r\n');
  expect((await stat(join(copy, '.env'))).mode & 0o777).toBe(0o600);
});

it('what is tracked, a link, or not there is not copied, and that is said without contents', async () => {
  const { files, findings } = await copied(['a.txt', '.env.link', 'missing.json']);
  expect(files).toEqual([]);
  expect(findings.map(({ rule, object }) => [rule, object])).toEqual([
    ['rehearsal/nothing-to-copy', 'a.txt'],
    ['rehearsal/not-copied', '.env.link'],
    ['rehearsal/nothing-to-copy', 'missing.json'],
  ]);
  expect(JSON.stringify(findings)).not.toContain('secret');
});

it('a lock file that git does not track is named, unless it was copied', async () => {
  const tree = await makeGitTree({ '.gitignore': 'package-lock.json\n', 'package.json': '{}', 'yarn.lock': '' });
  const copy = await mkdtemp(join(tmpdir(), 'godwit-copy-'));
  folders.push(tree.root, copy);
  await writeFile(join(tree.root, 'package-lock.json'), '{}');
  const repository = await openRepository({ root: tree.root, env: gitEnv, run: runProcess, signal }, 'migrations');
  expect((await missingLocks(repository, copy)).map(({ rule, object }) => [rule, object])).toEqual([
    ['rehearsal/lock-not-copied', 'package-lock.json'],
  ]);
  expect(await copyUntracked(repository, copy, ['package-lock.json'])).toEqual([]);
  expect(await missingLocks(repository, copy)).toEqual([]);
});

it.each(['/etc/passwd', '../other/.env', ':(top)x', '.git/config', 'C:\\x', ''])(
  '%s is no file of the tree',
  (copy) => {
    expect(configSchema.safeParse({ tree: { rehearse: { copy: [copy] } } }).success).toBe(false);
  },
);

it('a submodule is said to be empty in a worktree', async () => {
  const tree = await makeGitTree({ 'a.txt': 'a\n', 'inner/b.txt': 'b\n' });
  folders.push(tree.root);
  const commit = tree.git('rev-parse', 'HEAD').trim();
  tree.git('rm', '-r', '--quiet', 'inner');
  tree.git('update-index', '--add', '--cacheinfo', `160000,${commit},inner`);
  const repository = await openRepository({ root: tree.root, env: gitEnv, run: runProcess, signal }, 'migrations');
  expect((await missingSubmodules(repository)).map(({ rule, object }) => [rule, object])).toEqual([
    ['rehearsal/submodule-empty', 'inner'],
  ]);
});
