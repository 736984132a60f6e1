import type { HomePackage, TreeView } from '../recipe.ts';
import { baseName, folderPath } from '../text/search-text.ts';
import { homePackageOf } from './home-package.ts';

/** The packages of a tree by their folders; `.` is the root. What is no JSON is none. */
export async function homesIn(tree: TreeView): Promise<ReadonlyMap<string, HomePackage>> {
  const homes = new Map<string, HomePackage>();
  for (const path of tree.paths.filter((one) => baseName(one) === 'package.json')) {
    const home = homePackageOf(folderPath(path), (await tree.read(path))?.text ?? '');
    if (home !== undefined) homes.set(home.path, home);
  }
  return homes;
}

/** The package that a file belongs to. */
export function homeOf(path: string, homes: ReadonlyMap<string, HomePackage>): HomePackage | undefined {
  const folder = folderPath(path);
  return homes.get(folder) ?? (folder === '.' ? undefined : homeOf(folder, homes));
}
