import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Repository } from './repository.ts';

/** What of the files that git ignores can be kept: files, and places that hold too much. Paths from the tree. */
export type IgnoredFiles = { readonly files: readonly string[]; readonly left: readonly string[] };

export type IgnoredBounds = { readonly filesMax: number; readonly bytesMax: number };

/** Build output and settings are small; what is larger is a cache, or data that has a backup of its own. */
const bounds: IgnoredBounds = { filesMax: 20_000, bytesMax: 100 * 1024 * 1024 };

/** What an install or an interpreter makes anew. */
const installed = /(^|\/)(node_modules|\.pnpm-store|\.venv|venv|\.tox|\.nox|__pycache__)\/?$/;

/**
 * Files that git ignores in a tree, without what an install makes anew: checks of a project may take its build output away.
 * Places are taken in the order of their names; one that does not fit any more within the bounds is left.
 */
export async function ignoredFiles(repository: Repository, most: IgnoredBounds = bounds): Promise<IgnoredFiles> {
  const { root } = repository.git;
  const files: string[] = [];
  const left: string[] = [];
  let bytes = 0;
  for (const place of await repository.ignoredPlaces()) {
    if (installed.test(place)) continue;
    const room = { filesMax: most.filesMax - files.length, bytesMax: most.bytesMax - bytes };
    const found = await filesBelow(root, place.replace(/\/$/, ''), room);
    if (found === undefined) left.push(place);
    else {
      files.push(...found.files);
      bytes += found.bytes;
    }
  }
  return { files, left };
}

type Found = { readonly files: readonly string[]; readonly bytes: number };

/** All plain files and links at and below a place; undefined where there are more than fit. */
async function filesBelow(
  root: string,
  place: string,
  { filesMax, bytesMax }: IgnoredBounds,
): Promise<Found | undefined> {
  const files: string[] = [];
  let bytes = 0;
  const pending = [place];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const found = await lstat(join(root, path)).catch(() => undefined);
    if (found?.isDirectory() === true) {
      if (installed.test(path)) continue;
      const names = await readdir(join(root, path));
      pending.push(...names.map((name) => `${path}/${name}`));
    } else if (found?.isFile() === true || found?.isSymbolicLink() === true) {
      files.push(path);
      bytes += found.size;
    }
    if (files.length + pending.length > filesMax || bytes > bytesMax) return undefined;
  }
  return { files: files.sort(), bytes };
}
