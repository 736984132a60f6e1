import { memoryTree } from '#code/engine/memory-tree';
import { movedPath, movedPaths } from '#code/move/moved-paths';
import { type MoveStudy, studyMove, textAfter } from '#code/move/study-move';
import { folderPath } from '#code/text/search-text';

/** Files by path, with their texts. */
export type Files = Readonly<Record<string, string>>;

/** Studies moves of a tree in memory. */
export async function studyFiles(files: Files, wishes: readonly string[]): Promise<MoveStudy> {
  const paths = Object.keys(files);
  const folders = new Set(paths.flatMap((path) => foldersOf(path)));
  const listing = { files: paths, others: [], ignoresCase: false, hasFolder: (path: string) => folders.has(path) };
  return studyMove(movedPaths(wishes, listing), memoryTree(files), new AbortController().signal);
}

/** The files as a study leaves them, by their new paths. */
export function filesAfter(files: Files, study: MoveStudy): Files {
  return Object.fromEntries(
    Object.entries(files)
      .map(
        ([path, text]) =>
          [movedPath(path, study.moved), study.texts.has(path) ? textAfter(path, study) : text] as const,
      )
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

function foldersOf(path: string): readonly string[] {
  const folder = folderPath(path);
  return folder === '.' ? [] : [folder, ...foldersOf(folder)];
}
