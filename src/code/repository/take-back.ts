import { join } from 'node:path';
import { isLockFile, isOfManager } from '../install/files-changed.ts';
import { pendingChanges, putBack, readIfThere, type TreeChange } from '../tree/tree.ts';
import { keepUncommitted, resetTo } from './commits.ts';
import { givenPaths, zeroSeparated } from './git.ts';
import type { Repository } from './repository.ts';
import { runFolder } from './tree-run.ts';

/** A step that was stopped before its commit. */
export type StoppedStep = {
  readonly repository: Repository;
  readonly runId: string;
  /** Lock files that a package manager made. */
  readonly locks: readonly string[];
};

/**
 * Makes the tree as HEAD has it, and takes away what the step wrote that git does not track: new and moved files, files that
 * git ignores, drafts. All is kept under a ref of the run first. Resolves with it where somebody else changed a file of the
 * step. Again is fine.
 */
export async function takeBack({ repository, runId, locks }: StoppedStep): Promise<string | undefined> {
  const { git } = repository;
  const pending = await pendingChanges(runFolder(repository, runId));
  const tracked = new Set(zeroSeparated(await git.out(['ls-tree', '-r', '-z', '--name-only', 'HEAD', '--', '.'])));
  const written = [...pending.changes.map(({ path }) => path), ...pending.moves.map(({ to }) => to), ...locks];
  const kept = await keepAll(
    repository,
    runId,
    written.filter((path) => !tracked.has(path)),
  );
  const isForeign = (await isChangedSince(git.root, pending)) || (await hasOthers(repository, pending));
  await resetTo(repository, 'HEAD');
  const made = locks.map((path) => ({ path, before: undefined, after: undefined }));
  await putBack(git.root, { ...pending, changes: [...pending.changes, ...made] }, (path) => tracked.has(path));
  return isForeign ? kept : undefined;
}

/** Git keeps what its index names: untracked files are put there for so long. */
async function keepAll(repository: Repository, runId: string, untracked: readonly string[]) {
  const { git } = repository;
  const present: string[] = [];
  for (const path of new Set(untracked)) {
    if ((await readIfThere(join(git.root, path))) !== undefined) present.push(path);
  }
  if (present.length === 0) return keepUncommitted(repository, runId);
  const { words, input } = givenPaths(present);
  await git.out(['add', '--force', ...words], { input });
  const kept = await keepUncommitted(repository, runId);
  await git.out(['reset', '--quiet', ...words], { input });
  return kept;
}

/** Tracked files that differ, and are neither the step's nor an install's. */
async function hasOthers(repository: Repository, { changes, moves }: TreeChange): Promise<boolean> {
  const { prefix } = repository;
  const own = [...changes.map(({ path }) => path), ...moves.flatMap(({ from, to }) => [from, to])];
  const known = new Set(own.map((path) => `${prefix}${path}`));
  return (await repository.changedFiles()).some((path) => !known.has(path) && !isOfManager(path));
}

/** Lock files are no work of people: package managers write them anew. */
async function isChangedSince(root: string, { moves, changes }: TreeChange): Promise<boolean> {
  const origins = new Map(moves.map(({ from, to }) => [to, from]));
  for (const { path, before, after } of changes.filter((change) => !isLockFile(change.path))) {
    const origin = origins.get(path);
    const now = (await readIfThere(join(root, path))) ?? (origin && (await readIfThere(join(root, origin))));
    if (now !== before && now !== after) return true;
  }
  return false;
}
