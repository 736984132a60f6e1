import type { Finding } from '#core/finding';
import type { TextEdit } from '../text/file-edits.ts';
import { lineAt } from '../text/place.ts';
import { folderPath } from '../text/search-text.ts';
import { joined } from '../tree/tree-path.ts';
import { movedBelow, movedPath } from './moved-paths.ts';
import type { MoveStudy } from './study-move.ts';

const call =
  /\b(join|resolve)\(\s*((?:(?:__dirname|import\.meta\.dirname|process\.cwd\(\)|(["'`])[^"'`\n$\\]*\3)\s*,?\s*)+)\)/g;
const parts = /(__dirname|import\.meta\.dirname)|(process\.cwd\(\))|(["'`])([^"'`\n]*)\3/g;
const endings = ['', '.js', '.ts', '.mjs', '.cjs', '.json'];

/** Paths that a program puts together of constant parts, and that lead to something else after the moves. Pure. */
export function constantPaths(study: MoveStudy): readonly Finding[] {
  return [...study.texts].flatMap(([path, text]) =>
    /\.[cm]?[jt]sx?$|\.vue$|\.svelte$/.test(path) ? pathsIn(path, text, study) : [],
  );
}

function pathsIn(path: string, text: string, { moved, before, edits }: MoveStudy): readonly Finding[] {
  return [...text.matchAll(call)].flatMap((match) => {
    const words = [...(match[2] ?? '').matchAll(parts)];
    const start = match.index + match[0].indexOf(match[2] ?? '');
    const wayThen = wayOf(partAfter({ text: match[2] ?? '', start }, edits.get(path)?.edits ?? []));
    const isOwn = words[0]?.[1] !== undefined;
    // What a file that moves makes of its own place is named as that already.
    if ((isOwn && moved.files.has(path)) || (!isOwn && words.length < 2)) return [];
    const way = wayOf(match[2] ?? '');
    const bases = isOwn ? [folderPath(path)] : ['.', before.homeOf(path)?.folder ?? '.'];
    const target = bases
      .flatMap((base) => endings.map((ending) => ({ base, ending, to: joined(base, way) + ending })))
      .find(({ to }) => movedBelow(to, moved) !== to);
    if (
      target === undefined ||
      joined(movedPath(target.base, moved), wayThen + target.ending) === movedBelow(target.to, moved)
    )
      return [];
    return [
      {
        rule: 'move/computed',
        severity: 'error' as const,
        message: `${match[0].replaceAll(/\s+/g, ' ')} is ${target.to}, which moves to ${movedBelow(target.to, moved)}; it is left as it is.`,
        cure: 'Write the path anew on the branch.',
        object: target.to,
        ...lineAt(path, text, { offset: match.index, length: match[0].length }),
      },
    ];
  });
}

function wayOf(written: string): string {
  return [...written.matchAll(parts)].map((word) => word[4] ?? '').join('/');
}

/** A part of a text as the edits of its file leave it. */
function partAfter(
  { text, start }: { readonly text: string; readonly start: number },
  edits: readonly TextEdit[],
): string {
  const own = edits.filter(({ offset, length }) => offset >= start && offset + length <= start + text.length);
  return own.reduceRight(
    (done, { offset, length, text: written }) =>
      done.slice(0, offset - start) + written + done.slice(offset - start + length),
    text,
  );
}
