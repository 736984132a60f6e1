import { execFileSync } from 'node:child_process';
import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeTree, type TestTree } from './tree.ts';

/** A working tree in a git repository of its own, with one commit. */
export type GitTree = TestTree & { git(...args: readonly string[]): string };

/** Nothing of the machine's own configuration of git has a say in a test. */
export const gitEnv: Readonly<Record<string, string | undefined>> = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

/** Makes a tree of the given files and commits them on the branch `main`. */
export async function makeGitTree(files: Readonly<Record<string, string | Uint8Array>>): Promise<GitTree> {
  const tree = await makeTree(files);
  return { ...tree, git: committedIn(tree.root) };
}

/** Makes a folder a repository with all that is in it as its one commit, on the branch `main`. */
export function committedIn(root: string): GitTree['git'] {
  const git = gitOf(root);
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'tester');
  git('config', 'user.email', 'tester@localhost');
  git('add', '--all');
  git('commit', '--quiet', '--message=start');
  return git;
}

/** Calls git in a folder; returns what it prints. */
export function gitOf(root: string): GitTree['git'] {
  return (...args) => execFileSync('git', [...args], { cwd: root, env: { ...gitEnv }, encoding: 'utf8' });
}

/** All that a rollback has to bring back: branch, commit, index, and every file that git does not ignore, byte for byte. */
export function stateOfTree({ root, git }: Pick<GitTree, 'root' | 'git'>): Readonly<Record<string, unknown>> {
  const listed = git('ls-files', '--cached', '--others', '--exclude-standard', '-z').split('\0');
  const files = [...new Set(listed)].filter((path) => path !== '' && !path.startsWith('migrations/')).sort();
  return {
    branch: git('rev-parse', '--abbrev-ref', 'HEAD').trim(),
    head: git('rev-parse', 'HEAD').trim(),
    index: git('ls-files', '-s'),
    branches: git('branch', '--list', '--format=%(refname)'),
    files: Object.fromEntries(files.map((path) => [path, contentOf(join(root, path))])),
  };
}

function contentOf(path: string): string {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 'missing';
  if (found.isSymbolicLink()) return `link ${readlinkSync(path)}`;
  return `${(found.mode & 0o777).toString(8)} ${readFileSync(path).toString('base64')}`;
}

/** An empty folder outside every repository. */
export async function emptyFolder(): Promise<TestTree> {
  const root = await mkdtemp(join(tmpdir(), 'godwit-empty-'));
  return { root, remove: () => rm(root, { recursive: true, force: true }) };
}
