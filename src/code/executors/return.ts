import { join } from 'node:path';
import type { ExecutionContext, Executor } from '#core/executor';
import { shellWord } from '#core/shell';
import { returnSchema } from '../action.ts';
import type { TreeWorld } from '../execution.ts';
import { keepCommit, keepUncommitted, resetTo } from '../repository/commits.ts';
import { restoreFiles } from '../repository/kept-files.ts';
import type { Repository } from '../repository/repository.ts';
import { hasBranch, readStart, runFolder, type Start } from '../repository/tree-run.ts';
import { forgetKept } from '../tree/tree.ts';

/** Goes back to the branch and the untracked files with which the work began; what people did since is kept and named. */
export function goBack({ repository, branchOf }: TreeWorld): Executor {
  return {
    kind: 'code/return',
    execute: async (action, context) => {
      returnSchema.parse(action);
      const branch = await branchOf(context.runId);
      const folder = runFolder(repository, context.runId);
      const began = await readStart(folder);
      if (began === undefined) return { ok: true, detail: 'the work had not begun' };
      if ((await repository.branch()) === branch) await leave(repository, context, began);
      const { git } = repository;
      if (await hasBranch(repository, branch)) await git.out(['branch', '--quiet', '--delete', '--force', branch]);
      const restored = await restoreFiles(git.root, join(folder, 'kept'));
      await forgetKept(join(folder, 'kept'));
      const files = restored.length === 0 ? '' : `; ${restored.length} files brought back that git does not hold so`;
      const here = (await repository.branch()) ?? began.head.slice(0, 10);
      return { ok: true, detail: `back on ${here}${files}${await stays(repository, began)}` };
    },
  };
}

const namedMax = 20;

/**
 * Builds, reports and packages that checks and installs have written where git does not look. Nobody can tell them from what
 * people wrote meanwhile, so that they are named and left.
 */
async function stays(repository: Repository, { untracked }: Start): Promise<string> {
  if (untracked === undefined) return '';
  const before = new Set(untracked);
  const fresh = (await repository.untrackedPlaces()).filter((path) => !before.has(path));
  if (fresh.length === 0) return '';
  const named = fresh.slice(0, namedMax);
  const more = fresh.length > named.length ? ` and ${fresh.length - named.length} more` : '';
  const command = `git clean -fdx -- ${named.map((path) => shellWord(path.replace(/\/$/, ''))).join(' ')}`;
  return `; new since the work began, not tracked by git, and left where it is: ${named.join(', ')}${more} (unless you need it, \`${command}\` removes it)`;
}

async function leave(repository: Repository, { runId, exception }: ExecutionContext, began: Start): Promise<void> {
  const { git } = repository;
  const changes = await keepUncommitted(repository, runId);
  if (changes !== undefined) {
    await exception(`Changes that were not committed are kept: \`git stash apply ${changes}\` brings them back.`);
  }
  const head = await repository.head();
  if (head !== began.head) {
    await exception(`Commits that no step made are kept under ${await keepCommit(repository, runId, head)}.`);
  }
  await resetTo(repository, began.head);
  const to = began.branch === undefined ? ['--detach', began.head] : [began.branch];
  await git.out(['switch', '--quiet', ...to]);
  const now = await repository.head();
  if (now === began.head) return;
  await exception(
    `The branch ${began.branch ?? ''} has moved since the work began (${began.head.slice(0, 10)} then, ${now.slice(0, 10)} now): it is left where it is.`,
  );
}
