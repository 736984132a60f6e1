import { fail } from '#core/error';
import type { TreeIndex } from '../graph/tree-index.ts';
import { folderPath } from '../text/search-text.ts';
import type { FileMove, MovedPaths } from './moved-paths.ts';

/**
 * The packages of the workspace that go elsewhere, by their folders, inner ones first. Throws `not-built` where a
 * package.json would go without its folder. Pure.
 */
export function memberMoves(
  { files, folders }: MovedPaths,
  { members }: Pick<TreeIndex, 'members'>,
): readonly FileMove[] {
  const found: FileMove[] = [];
  for (const from of members.keys()) {
    const manifest = files.get(from === '.' ? 'package.json' : `${from}/package.json`);
    if (manifest === undefined) continue;
    const to = folderPath(manifest);
    if (from === '.' || folders.get(from) !== to || !manifest.endsWith('/package.json')) throw alone(from);
    found.push({ from, to });
  }
  return found.sort((one, other) => other.from.length - one.from.length);
}

/** Where a folder, or what is in it, is after packages have moved. Pure. */
export function placeAmong(members: readonly FileMove[], path: string): string {
  const member = members.find(({ from }) => path === from || path.startsWith(`${from}/`));
  return member === undefined ? path : member.to + path.slice(member.from.length);
}

function alone(folder: string) {
  return fail('not-built', {
    what: `The package.json of the package in ${folder} cannot be moved without its folder.`,
    why: 'The workspace, the lock file and the links of the package manager name the folder of a package; only a package that goes as a whole keeps them all.',
    next:
      folder === '.'
        ? 'Leave the package.json of the root where it is, and move what is beside it.'
        : `Move the folder itself, e.g. \`--move ${folder}=libs/${folder.split('/').at(-1)}\`, or leave its package.json out.`,
  });
}
