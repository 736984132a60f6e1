import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { memoryTree } from '#code/engine/memory-tree';
import { readRenameWishes } from '#code/rename/rename-wish';
import { type RenameStudy, studyRename } from '#code/rename/study-rename';
import type { Files } from './move-files.ts';

/** What a rename of files on disk comes to. Packages below `packages/` are linked by their folder's name, as in a workspace. */
export async function studyRenameOf(
  files: Files,
  wishes: readonly string[],
  { keepsOldName = false }: { readonly keepsOldName?: boolean } = {},
): Promise<RenameStudy> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'godwit-rename-')));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    const members = new Set(Object.keys(files).flatMap((path) => /^packages\/([^/]+)\//.exec(path)?.[1] ?? []));
    for (const name of members) {
      await mkdir(join(root, 'node_modules/@made'), { recursive: true });
      await symlink(join(root, 'packages', name), join(root, 'node_modules/@made', name));
    }
    const { signal } = new AbortController();
    return await studyRename(readRenameWishes(wishes), memoryTree(files), { root, keepsOldName, signal });
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** The files as a rename leaves them. */
export function renamedFiles(files: Files, { changed }: RenameStudy): Files {
  return { ...files, ...Object.fromEntries(changed) };
}
