import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Unknown } from '../snapshot.ts';

/** Folders that hold what others made: dependencies, builds, caches, version control. */
const foreign = new Set(
  '.git .hg .svn .jj node_modules bower_components jspm_packages .yarn .pnpm-store .next .nuxt .svelte-kit .turbo .cache .parcel-cache .angular .nx dist coverage .venv __pycache__'.split(
    ' ',
  ),
);
const filesMax = 200_000;
const depthMax = 40;

/** The files of a tree, by path from its root, sorted; and what was passed over. */
export type Walk = {
  readonly files: readonly string[];
  /** Symbolic links, which are not followed. */
  readonly links: readonly string[];
  readonly unknown: readonly Unknown[];
};

/**
 * Lists the files below a folder. Symbolic links are not followed, so that a loop ends; folders with a `.git` of their own
 * (submodules, clones) are other trees and are named, not entered.
 */
export async function walkTree(root: string, signal: AbortSignal): Promise<Walk> {
  const files: string[] = [];
  const links: string[] = [];
  const unknown: Unknown[] = [];
  const queue: { readonly path: string; readonly depth: number }[] = [{ path: '', depth: 0 }];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    signal.throwIfAborted();
    if (files.length > filesMax) {
      unknown.push({ what: `files beyond the first ${filesMax}`, why: 'The tree is larger than godwit looks at.' });
      break;
    }
    const found = await entriesOf(root, next.path);
    if (found === undefined) {
      unknown.push({ what: next.path, why: 'The folder may not be read by this user.' });
      continue;
    }
    if (next.path !== '' && found.some(({ name }) => name === '.git')) {
      unknown.push({ what: next.path, why: 'It is a git repository of its own (a submodule or a clone).' });
      continue;
    }
    for (const entry of found) {
      const path = next.path === '' ? entry.name : `${next.path}/${entry.name}`;
      if (entry.isFile()) files.push(path);
      else if (entry.isSymbolicLink()) links.push(path);
      else if (entry.isDirectory() && !foreign.has(entry.name)) {
        if (next.depth < depthMax) queue.push({ path, depth: next.depth + 1 });
        else unknown.push({ what: path, why: `It lies more than ${depthMax} folders deep.` });
      }
    }
  }
  return { files: files.sort(), links: links.sort(), unknown };
}

async function entriesOf(root: string, path: string) {
  try {
    return await readdir(join(root, path), { withFileTypes: true });
  } catch (error) {
    // The root was looked at before; a folder below may be closed, or gone since.
    if (path !== '' && error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

/** True for a folder that is there. */
export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch {
    return false;
  }
}
