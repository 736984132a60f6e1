import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Scratch } from '#code/codemod/scratch';
import type { SourceTree } from '#code/engine/recipe-run';
import type { FileChange } from '#code/file-change';
import { readText } from '#code/read-text';
import { isFolder, walkTree } from '#code/walk';

/** A copy of a tree for programs, and how it is taken away again. */
export type OpenScratch = { readonly scratch: Scratch; close(): Promise<void> };

/**
 * Copies the files of a tree into a temporary folder; folders of dependencies are linked, so that the tools of the tree are
 * found. Files that git ignores are not there.
 */
export async function openRecipeScratch(
  root: string,
  tree: SourceTree,
  { temporaryDirectory, signal }: { readonly temporaryDirectory: string; readonly signal: AbortSignal },
): Promise<OpenScratch> {
  const home = await mkdtemp(join(temporaryDirectory, 'godwit-recipe-'));
  const folder = join(home, 'tree');
  await mkdir(folder);
  for (const path of tree.paths) {
    signal.throwIfAborted();
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await cp(join(root, path), join(folder, path));
  }
  await linkDependencies(root, folder, tree.paths);
  const scratch: Scratch = {
    folder,
    async put(changes) {
      for (const { path, after } of changes) await lay(join(folder, path), after);
    },
    changes: () => changesIn(folder, tree, { root, signal }),
    async aside(name, text) {
      const path = join(home, name);
      await writeFile(path, text);
      return path;
    },
  };
  return { scratch, close: () => rm(home, { recursive: true, force: true }) };
}

async function lay(path: string, text: string | undefined): Promise<void> {
  if (text === undefined) return rm(path, { force: true });
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

/** One link for each node_modules beside a package.json. */
async function linkDependencies(root: string, folder: string, paths: readonly string[]): Promise<void> {
  const homes = paths.filter((path) => /(^|\/)package\.json$/.test(path)).map((path) => dirname(path));
  for (const home of homes) {
    const modules = join(root, home, 'node_modules');
    if (await isFolder(modules)) await symlink(modules, join(folder, home, 'node_modules'), 'dir');
  }
}

/** Compares the copy with the tree as it was listed. What is no text is passed over: a change holds texts. */
async function changesIn(
  folder: string,
  tree: SourceTree,
  { root, signal }: { readonly root: string; readonly signal: AbortSignal },
): Promise<readonly FileChange[]> {
  const { files } = await walkTree(folder, signal);
  const [listed, found] = [new Set(tree.paths), new Set(files)];
  const changes: FileChange[] = [];
  for (const path of new Set([...found, ...listed])) {
    signal.throwIfAborted();
    const [before, after] = [await readText(root, path), await readText(folder, path)];
    const wasThere = before.kind === 'text' ? before.text : undefined;
    const isThere = after.kind === 'text' ? after.text : undefined;
    const isText = (before.kind === 'text' || !listed.has(path)) && (after.kind === 'text' || !found.has(path));
    if (isText && wasThere !== isThere) changes.push({ path, before: wasThere, after: isThere });
  }
  return changes;
}
