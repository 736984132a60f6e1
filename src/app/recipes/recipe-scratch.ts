import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OpenScratch, Scratch } from '#code/codemod/scratch';
import type { SourceTree } from '#code/engine/recipe-run';
import type { FileChange } from '#code/text/file-change';
import { readText } from '#code/text/read-text';
import { isFolder, walkTree } from '#code/tree/walk';

type CopyOptions = {
  readonly temporaryDirectory: string;
  readonly modules?: 'linked' | 'copied';
  readonly signal: AbortSignal;
};

/**
 * Copies the files of a tree into a temporary folder; folders of dependencies are linked, so that the tools of the tree are
 * found, or copied where a program may change them. Files that git ignores are not there.
 */
export async function openRecipeScratch(
  root: string,
  tree: SourceTree,
  { temporaryDirectory, modules = 'linked', signal }: CopyOptions,
): Promise<OpenScratch> {
  const home = await mkdtemp(join(temporaryDirectory, 'godwit-recipe-'));
  const folder = join(home, 'tree');
  await mkdir(folder);
  for (const path of tree.paths) {
    signal.throwIfAborted();
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await cp(join(root, path), join(folder, path));
  }
  await layDependencies(root, folder, { paths: tree.paths, modules });
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

/** One link or copy for each node_modules beside a package.json. */
async function layDependencies(
  root: string,
  folder: string,
  { paths, modules: how }: { readonly paths: readonly string[]; readonly modules: 'linked' | 'copied' },
): Promise<void> {
  const homes = paths.filter((path) => /(^|\/)package\.json$/.test(path)).map((path) => dirname(path));
  for (const home of homes) {
    const modules = join(root, home, 'node_modules');
    const own = join(folder, home, 'node_modules');
    if (!(await isFolder(modules))) continue;
    if (how === 'linked') await symlink(modules, own, 'dir');
    else await cp(modules, own, { recursive: true, verbatimSymlinks: true });
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
