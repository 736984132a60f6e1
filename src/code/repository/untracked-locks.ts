import { join } from 'node:path';
import { packageManagers } from '../package-managers/index.ts';
import { baseName, folderPath } from '../text/search-text.ts';
import { forgetKept, readIfThere } from '../tree/tree.ts';
import type { StepName } from './commits.ts';
import { keepFiles, keptFiles, restoreFiles } from './kept-files.ts';
import type { Repository } from './repository.ts';
import { runFolder } from './tree-run.ts';

/** Keeps the lock files that git does not track as they are before a step: a package manager may write them. Again is fine. */
export async function keepUntrackedLocks(repository: Repository, step: StepName): Promise<void> {
  await keepFiles(repository.git.root, await untrackedLocks(repository), placeOf(repository, step));
}

/** Paths of lock files that git does not track and that were not there before the step. */
export async function newLocks(repository: Repository, step: StepName): Promise<readonly string[]> {
  const before = await keptFiles(placeOf(repository, step));
  if (before === undefined) return [];
  return (await untrackedLocks(repository)).filter((path) => !before.includes(path));
}

/** Makes the lock files that git does not track as they were before the step. Again is fine. */
export async function restoreUntrackedLocks(repository: Repository, step: StepName): Promise<void> {
  await restoreFiles(repository.git.root, placeOf(repository, step));
}

/** Forgets them: the step is taken back, and may begin anew. */
export async function forgetUntrackedLocks(repository: Repository, step: StepName): Promise<void> {
  await forgetKept(placeOf(repository, step));
}

function placeOf(repository: Repository, { runId, stepId }: StepName): string {
  return join(runFolder(repository, runId), 'locks', stepId);
}

/** Lock files that git does not track. They stand beside a package.json: whoever looks everywhere would walk through node_modules. */
export async function untrackedLocks(repository: Repository): Promise<readonly string[]> {
  const { files } = await repository.trackedFiles();
  const tracked = new Set(files);
  const manifests = files.filter((path) => baseName(path) === 'package.json');
  const folders = new Set(['package.json', ...manifests].map(folderPath));
  const names = packageManagers.flatMap(({ lockFiles }) => lockFiles);
  const found: string[] = [];
  for (const folder of folders) {
    for (const path of names.map((name) => (folder === '.' ? name : `${folder}/${name}`))) {
      if (!tracked.has(path) && (await readIfThere(join(repository.git.root, path))) !== undefined) found.push(path);
    }
  }
  return found.sort();
}
