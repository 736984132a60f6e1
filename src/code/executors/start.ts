import { join } from 'node:path';
import { fail } from '#core/error';
import type { Executor } from '#core/executor';
import { startSchema } from '../action.ts';
import type { TreeWorld } from '../execution.ts';
import { ignoredFiles } from '../repository/ignored-files.ts';
import { keepFiles } from '../repository/kept-files.ts';
import type { Repository } from '../repository/repository.ts';
import { expectClean, keepStart, readStart, refOf, runFolder, type Start } from '../repository/tree-run.ts';

/** Refuses a dirty tree, keeps what git does not track, and goes to a branch of its own. */
export function start({ repository, branchOf }: TreeWorld): Executor {
  return {
    kind: 'code/start',
    execute: async (action, { runId }) => {
      const { fresh = [] } = startSchema.parse(action);
      const branch = await branchOf(runId);
      const folder = runFolder(repository, runId);
      const began = (await readStart(folder)) ?? (await begin(repository, folder, fresh));
      for (const name of ['start', 'tip']) await repository.git.out(['update-ref', refOf(runId, name), began.head]);
      if ((await repository.branch()) !== branch) await goTo(repository, branch, began);
      const from = began.branch ?? 'a detached HEAD';
      return { ok: true, detail: `on branch ${branch}, from ${from} at ${began.head.slice(0, 10)}` };
    },
  };
}

async function begin(repository: Repository, folder: string, fresh: readonly string[]): Promise<Start> {
  await expectClean(repository);
  const paths = [...(await repository.untrackedFiles()), ...(await repository.oddLineEnds())];
  const branch = await repository.branch();
  const untracked = [...(await repository.untrackedPlaces())];
  const ignored = await ignoredFiles(repository);
  const there = new Set([...paths, ...ignored.files]);
  const occupied = fresh.find((path) => there.has(path));
  if (occupied !== undefined) throw occupiedBy(occupied);
  await keepFiles(repository.git.root, paths, join(folder, 'kept'));
  await keepFiles(repository.git.root, ignored.files, join(folder, 'ignored'));
  const head = await repository.head();
  const began = { head, ...(branch === undefined ? {} : { branch }), untracked, unkept: [...ignored.left] };
  await keepStart(folder, began);
  return began;
}

async function goTo({ git }: Repository, branch: string, { head }: Start): Promise<void> {
  const there = await git.try(['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`]);
  if (there.exitCode !== 0) {
    await git.out(['switch', '--quiet', '--no-track', '--create', branch]);
    return;
  }
  if (there.output.trim() !== head) throw taken(branch, there.output.trim());
  await git.out(['switch', '--quiet', branch]);
}

function taken(branch: string, commit: string) {
  return fail('name-taken', {
    what: `The work cannot begin: there is a branch ${branch} already.`,
    why: `It is at ${commit.slice(0, 10)}, which is not where the tree is now.`,
    next: `Look what is on it; then rename it (\`git branch -m ${branch} NAME\`) or delete it, and run the same command again.`,
  });
}

function occupiedBy(path: string) {
  return fail('name-taken', {
    what: `The work cannot begin: ${path} is there, and the plan puts a file of its own there.`,
    why: 'git does not track what stands there, so that it would be lost.',
    next: `Move it elsewhere, or delete it where nobody needs it, and run the same command again.`,
  });
}
