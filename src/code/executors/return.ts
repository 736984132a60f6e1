import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutionContext, Executor } from '#core/executor';
import { shellWord } from '#core/shell';
import { returnSchema } from '../action.ts';
import type { TreeWorld } from '../execution.ts';
import { keepCommit, keepUncommitted, resetTo } from '../repository/commits.ts';
import { restoreFiles, restoreGone } from '../repository/kept-files.ts';
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
      const ignored = await restoreGone(git.root, join(folder, 'ignored'));
      for (const name of ['kept', 'ignored']) await forgetKept(join(folder, name));
      for (const place of await gonePlaces(git.root, began))
        await context.exception(`${place} is gone, which git ignores; it held too much to be kept.`);
      const count = restored.length + ignored.written.length;
      const files =
        count === 0 ? '' : `; ${count} ${count === 1 ? 'file' : 'files'} brought back that git does not hold so`;
      const other = otherText(ignored.changed);
      const here = (await repository.branch()) ?? began.head.slice(0, 10);
      return { ok: true, detail: `back on ${here}${files}${other}${await stays(repository, began)}` };
    },
  };
}

async function gonePlaces(root: string, { unkept = [] }: Start): Promise<readonly string[]> {
  const there = await Promise.all(unkept.map((place) => lstat(join(root, place)).catch(() => undefined)));
  return unkept.filter((_, at) => there[at] === undefined);
}

/** What git ignores is not written over: it may be newer than what was kept. */
function otherText(changed: readonly string[]): string {
  if (changed.length === 0) return '';
  const more = changed.length > namedMax ? ` and ${changed.length - namedMax} more` : '';
  return `; ignored by git, written anew since the work began, and left so: ${changed.slice(0, namedMax).join(', ')}${more}`;
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
  const changes = await keepUncommitted(repository, runId, began.head);
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
