import { fail } from '#core/error';
import type { TextEdit } from '../text/file-edits.ts';
import { placeAmong } from './member-moves.ts';
import type { FileMove, MovedPaths } from './moved-paths.ts';

/** What a lock file is edited by. */
export type LockWorld = {
  readonly members: readonly FileMove[];
  readonly moved: MovedPaths;
  /** What the package.json of a folder declares then, by name; undefined where there is none. */
  manifestAfter(folder: string): ReadonlyMap<string, string> | undefined;
};

/** Yarn 1 does not keep packages of the workspace in its lock file; throws `not-built` where it has one as a copy. Pure. */
export function yarnLockEdits(path: string, text: string, { members }: LockWorld): readonly TextEdit[] {
  if (!text.includes('# yarn lockfile v1'))
    throw unknownLock(path, 'Yarn 2 and newer write the folders of packages into names and checksums of it.');
  const copied = [...text.matchAll(/file:([\w@.+~/-]+)/g)].find(
    ({ 1: folder = '' }) => placeAmong(members, folder.replace(/^\.\//, '')) !== folder.replace(/^\.\//, ''),
  );
  if (copied !== undefined) throw unknownLock(path, `It has a package of the workspace as a copy (\`${copied[0]}\`).`);
  return [];
}

/** The refusal of a lock file in which folders of packages cannot be written anew. */
export function unknownLock(path: string, why: string) {
  return fail('not-built', {
    what: `A package of the workspace cannot be moved: ${path} is not rewritten.`,
    why,
    next: 'Move what is in the package, and leave its package.json; or rename its folder by hand, and have the package manager install.',
  });
}
