import { fail } from '#core/error';
import type { SourceTree } from '../engine/recipe-run.ts';
import type { TreeIndex } from '../graph/tree-index.ts';
import { isLockFile } from '../install/files-changed.ts';
import { applyFileEdits } from '../text/apply-file-edits.ts';
import type { FileEdits, TextEdit } from '../text/file-edits.ts';
import { isRecord, jsonOf } from '../text/read-data.ts';
import { type LockWorld, unknownLock, yarnLockEdits } from './lock-edits.ts';
import { placeAmong } from './member-moves.ts';
import type { FileMove, MovedPaths } from './moved-paths.ts';
import { npmLockEdits } from './npm-lock-edits.ts';
import { pnpmLockEdits } from './pnpm-lock-edits.ts';
import { listEdits, listsFolders, patternLists } from './workspace-lists.ts';

export type MemberWorld = {
  readonly members: readonly FileMove[];
  readonly moved: MovedPaths;
  readonly texts: ReadonlyMap<string, string>;
};

/** Edits of the lists that say which folders are packages: they take in the same packages as before. Pure. */
export function workspaceEdits({ members, moved, texts }: MemberWorld): readonly FileEdits[] {
  if (members.length === 0) return [];
  return [...texts].flatMap(([path, text]) => {
    if (!listsFolders(path)) return [];
    return [{ path, edits: patternLists(path, text).flatMap((list) => listEdits(text, list, { members, moved })) }];
  });
}

/** True for a place in a list of the folders of packages, which is edited as a whole. Pure. */
export function isInList(path: string, text: string, offset: number): boolean {
  return patternLists(path, text).some(({ entries }) =>
    entries.some((entry) => offset >= entry.offset && offset < entry.offset + entry.length),
  );
}

/** Edits of the lock file of the root: every package keeps its version. Reads only. Throws `not-built`. */
export async function lockEdits(
  tree: SourceTree,
  { members, moved, texts }: MemberWorld,
  edits: ReadonlyMap<string, FileEdits>,
): Promise<readonly { readonly path: string; readonly text: string; readonly edits: readonly TextEdit[] }[]> {
  const world: LockWorld = { members, moved, manifestAfter: (folder) => declaredAt(folder, { members, texts, edits }) };
  const found = [];
  for (const path of members.length === 0 ? [] : tree.paths.filter((one) => isLockFile(one) && !one.includes('/'))) {
    const answer = path.startsWith('bun') ? { why: 'Bun' } : await tree.read(path);
    if ('why' in answer) throw unknownLock(path, 'Lock files of Bun, and those that are not text, are not read.');
    found.push({ path, text: answer.text, edits: readersOf(path)(path, answer.text, world) });
  }
  return found;
}

function readersOf(path: string): (path: string, text: string, world: LockWorld) => readonly TextEdit[] {
  if (path === 'yarn.lock') return yarnLockEdits;
  return path === 'pnpm-lock.yaml' ? pnpmLockEdits : npmLockEdits;
}

function declaredAt(
  folder: string,
  {
    members,
    texts,
    edits,
  }: Pick<MemberWorld, 'members' | 'texts'> & { readonly edits: ReadonlyMap<string, FileEdits> },
): ReadonlyMap<string, string> | undefined {
  const path = [...texts.keys()].find(
    (one) => placeAmong(members, one) === (folder === '.' ? 'package.json' : `${folder}/package.json`),
  );
  const text = path === undefined ? undefined : texts.get(path);
  if (path === undefined || text === undefined) return undefined;
  const own = edits.get(path);
  const manifest = jsonOf(own === undefined ? text : applyFileEdits(own, text));
  if (!isRecord(manifest)) return undefined;
  return new Map(
    ['peerDependencies', 'devDependencies', 'optionalDependencies', 'dependencies'].flatMap((group) => {
      const all = manifest[group];
      return isRecord(all)
        ? Object.entries(all).flatMap(([name, range]): [string, string][] =>
            typeof range === 'string' ? [[name, range]] : [],
          )
        : [];
    }),
  );
}

/** Throws `unsafe-change` where the workspace would have other packages than before. Pure. */
export function checkMembers(
  before: Pick<TreeIndex, 'members'>,
  after: Pick<TreeIndex, 'members'>,
  members: readonly FileMove[],
): void {
  const wanted = new Set([...before.members.keys()].map((folder) => placeAmong(members, folder)));
  const lost = [...wanted].find((folder) => !after.members.has(folder));
  const gained = [...after.members.keys()].find((folder) => !wanted.has(folder));
  if (lost === undefined && gained === undefined) return;
  throw fail('unsafe-change', {
    what: 'No plan was made: the workspace would have other packages than before.',
    why:
      lost === undefined
        ? `A pattern of the workspace takes in ${gained}, which is no package of it now.`
        : `No pattern of the workspace takes in ${lost}.`,
    next: 'Change the patterns of the workspace first, commit that, and plan again; or name another place.',
  });
}
