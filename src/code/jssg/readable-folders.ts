import { readdirSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { ownFolder } from '../tree/own-folder.ts';

/**
 * The built file of a module: `code/jssg/host-process`. A process of its own is started from what the compiler built, since
 * Node 20 does not strip types, wherever the code that asks stands: in the source, beside the built file, or in the bundle.
 */
export function builtFile(module: string): string {
  return join(ownFolder(), 'dist', `${module}.js`);
}

/** Folders, absolute and real, that a fenced transform may read: the tree, its package with its dependencies, and godwit. */
export function readableFolders(places: {
  readonly targetFolder: string;
  readonly packageFolder: string;
  readonly script: string;
}): readonly string[] {
  const { targetFolder, packageFolder, script } = places;
  const modules = modulesAbove(realpathSync(packageFolder));
  const own = ['typescript', '@ast-grep/napi', 'zod'].map(packageHome);
  const folders = [targetFolder, packageFolder, dirname(script)].map((folder) => realpathSync(folder));
  const all = [...folders, ...modules, ...modules.flatMap(linkedFrom), dirname(builtFile('index')), ...own];
  // A folder given twice ends Node 20 with an assertion (its permission tree).
  return [...new Set([targetFolder, packageFolder, ...all].map((folder) => join(folder, sep)))];
}

function modulesAbove(folder: string): readonly string[] {
  const own = join(folder, 'node_modules');
  const above = dirname(folder) === folder ? [] : modulesAbove(dirname(folder));
  return statSync(own, { throwIfNoEntry: false })?.isDirectory() === true ? [own, ...above] : above;
}

/** Members of a workspace and packages of pnpm's store are links. */
function linkedFrom(modules: string): readonly string[] {
  return readdirSync(modules, { withFileTypes: true }).flatMap((entry) => {
    const path = join(modules, entry.name);
    if (entry.isDirectory() && entry.name.startsWith('@')) return linkedFrom(path);
    if (!entry.isSymbolicLink()) return [];
    const isThere = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    return isThere ? [realpathSync(path)] : [];
  });
}

/** The node_modules in which a dependency of godwit stands, so that its platform packages are read too. */
function packageHome(name: string): string {
  const path = createRequire(import.meta.url).resolve(name);
  const at = path.lastIndexOf(`${sep}node_modules${sep}`);
  return path.slice(0, at + `${sep}node_modules`.length);
}
