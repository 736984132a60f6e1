import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutionContext } from '#core/executor';
import type { TreeWorld } from '../execution.ts';
import { forgetKept } from '../tree/tree.ts';
import { keepFiles } from './kept-files.ts';
import type { Repository } from './repository.ts';
import { runFolder } from './tree-run.ts';

/**
 * Does work that runs the tree's own commands, and takes back what they leave behind, also where the work fails or is
 * stopped: new files that git does not ignore are removed, tracked files that were clean are put back. What they held is
 * kept in the git directory, since it may be an edit that was made meanwhile. Says what that was.
 */
export async function withoutTraces<T>(
  { repository }: TreeWorld,
  context: Pick<ExecutionContext, 'runId' | 'deed'>,
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly detail: string }> {
  const before = {
    changed: new Set(await repository.changedFiles()),
    untracked: new Set(await repository.untrackedFiles()),
  };
  let value: T;
  try {
    value = await work();
  } catch (error) {
    await putBack(repository, context, before);
    throw error;
  }
  const said = await putBack(repository, context, before);
  if (said.length === 0) return { value, detail: '' };
  const shown = `${said.slice(0, 3).join(', ')}${said.length > 3 ? ' …' : ''}`;
  const count = said.length === 1 ? '1 file' : `${said.length} files`;
  return { value, detail: `; ${count} that the checks had changed or left put back (${shown})` };
}

type Before = { readonly changed: ReadonlySet<string>; readonly untracked: ReadonlySet<string> };

async function putBack(
  repository: Repository,
  { runId, deed }: Pick<ExecutionContext, 'runId' | 'deed'>,
  before: Before,
): Promise<readonly string[]> {
  const { git, prefix } = repository;
  const changed = (await repository.changedFiles()).filter((path) => !before.changed.has(path));
  const fresh = (await repository.untrackedFiles()).filter((path) => !before.untracked.has(path));
  if (changed.length + fresh.length === 0) return [];
  const inside = changed.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  const there = await onlyThere(git.root, [...inside, ...fresh]);
  const folder = join(runFolder(repository, runId), 'left', deed.replaceAll(/[^\w-]/g, '-'));
  await forgetKept(folder);
  await keepFiles(git.root, there, folder);
  await restoreTracked(repository, changed);
  for (const path of fresh) await forgetKept(join(git.root, path));
  return [...changed, ...fresh];
}

/** Makes tracked files as HEAD has them; paths from the top of the repository. */
export async function restoreTracked({ git }: Repository, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  const input = paths.map((path) => `:(top,literal)${path}\0`).join('');
  await git.out(['restore', '--staged', '--worktree', '--pathspec-from-file=-', '--pathspec-file-nul'], { input });
}

/** What was deleted has nothing to be kept. */
async function onlyThere(root: string, paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(paths.map((path) => lstat(join(root, path)).catch(() => undefined)));
  return paths.filter((_, index) => found[index]?.isDirectory() === false);
}
