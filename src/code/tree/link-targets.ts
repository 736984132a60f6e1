import { readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { folderPath } from '../text/search-text.ts';
import { joined } from './tree-path.ts';

/** The path to which each symbolic link leads, from the root; what is none, or leads out of the tree, is left out. Reads only. */
export async function linkTargets(root: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const path of paths) {
    const way = await readlink(join(root, path)).catch(() => undefined);
    const target = way === undefined || way.startsWith('/') ? undefined : joined(folderPath(path), way);
    if (target !== undefined && !target.startsWith('..')) found.set(path, target);
  }
  return found;
}
