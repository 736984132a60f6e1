import type { Finding } from '#core/finding';
import { parseSource } from '../engine/compiler-tree.ts';
import { type FolderRead, foldersRead, isListed, mayList } from '../graph/folders-read.ts';
import { lineAt } from '../text/place.ts';
import { folderPath } from '../text/search-text.ts';
import { joined, relativeFrom } from '../tree/tree-path.ts';
import { type FileMove, movedPath } from './moved-paths.ts';
import type { MoveStudy } from './study-move.ts';

/** Places where a program lists a folder, and finds a file there no more, or one more. Pure. */
export function listedFolders(
  { texts, moved, before }: MoveStudy,
  moves: readonly FileMove[],
  known: readonly Finding[],
): readonly Finding[] {
  return [...texts].flatMap(([path, text]) => {
    if (!/\.[cm]?[jt]sx?$/.test(path) || !mayList(text)) return [];
    const source = parseSource(path, text);
    const starts = [...new Set(['.', before.homeOf(path)?.folder ?? '.'])];
    return foldersRead(path, source).flatMap((read): readonly Finding[] => {
      // The path to a folder that goes is named as that already.
      if (known.some(({ file, object }) => file === path && object === read.folder)) return [];
      const then = readAfter(read, path, movedPath(path, moved));
      const changed = moves.find(({ from, to }) =>
        starts.some((start) => isListed(from, read, start) !== isListed(to, then, start)),
      );
      if (changed === undefined) return [];
      const isLost = starts.some((start) => isListed(changed.from, read, start));
      return [
        {
          rule: 'move/computed',
          severity: 'error',
          message: `\`${text.slice(read.offset, read.offset + read.length).replaceAll(/\s+/g, ' ')}\` lists what is in ${read.folder}, where ${isLost ? `${changed.from} is no more` : `${changed.to} is then too`}.`,
          cure: 'Look at what is done with the names on the branch, and mend it where it has to find the same files.',
          object: changed.from,
          ...lineAt(path, text, read),
        },
      ];
    });
  });
}

/** A folder that is named from the place of a file goes where that goes. */
function readAfter(read: FolderRead, from: string, to: string): FolderRead {
  if (read.from === 'start') return read;
  return { ...read, folder: joined(folderPath(to), relativeFrom(folderPath(from), read.folder)) };
}
