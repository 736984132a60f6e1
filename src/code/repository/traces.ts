import { join } from 'node:path';
import type { ExecutionContext } from '#core/executor';
import type { TreeWorld } from '../execution.ts';
import { forgetKept } from '../tree.ts';
import { keepFiles } from './kept-files.ts';
import { runFolder } from './tree-run.ts';

/**
 * Does work that runs the tree's own commands, and takes back what they leave behind: new files that git does not ignore are
 * kept in the git directory and removed, tracked files that were clean are put back. Says what that was.
 */
export async function withoutTraces<T>(
  { repository }: TreeWorld,
  { runId, deed }: ExecutionContext,
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly detail: string }> {
  const changedBefore = new Set(await repository.changedFiles());
  const untrackedBefore = new Set(await repository.untrackedFiles());
  const value = await work();
  const changed = (await repository.changedFiles()).filter((path) => !changedBefore.has(path));
  const fresh = (await repository.untrackedFiles()).filter((path) => !untrackedBefore.has(path));
  const { git } = repository;
  if (changed.length > 0) {
    const input = changed.map((path) => `:(top,literal)${path}\0`).join('');
    await git.out(['restore', '--staged', '--worktree', '--pathspec-from-file=-', '--pathspec-file-nul'], { input });
  }
  if (fresh.length > 0) {
    const folder = join(runFolder(repository, runId), 'left', deed.replaceAll(/[^\w-]/g, '-'));
    await forgetKept(folder);
    await keepFiles(git.root, fresh, folder);
    for (const path of fresh) await forgetKept(join(git.root, path));
  }
  const said = [...changed, ...fresh];
  if (said.length === 0) return { value, detail: '' };
  const shown = `${said.slice(0, 3).join(', ')}${said.length > 3 ? ' …' : ''}`;
  return { value, detail: `; ${said.length} files that the checks had changed or left were put back (${shown})` };
}
