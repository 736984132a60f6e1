import type { NamePlace } from '#core/named-change';
import type { NestedEdit } from '#core/nested-edit';
import type { CodeUse } from '../code-use.ts';
import { throughConstants } from '../flows/through-constants.ts';
import type { Piece, ReadSql } from './sql-text.ts';

const apart = 'No patch: parts of this statement stand in several files. Change them together, by hand.';

/** A place in a text that was read as a use in the file that it comes from; undefined where it comes from none. */
export function useOfPlace(
  { start, end, first, final, ...place }: NamePlace,
  { toFile, pieceAt }: Pick<Extract<ReadSql, { readonly answer: unknown }>, 'toFile' | 'pieceAt'>,
  kind: string,
): CodeUse | undefined {
  const piece = pieceAt(start);
  if (piece?.path === undefined) return undefined;
  const at = toFile({ start, end, parts: [] });
  const base = { ...place, path: piece.path, kind, start: at.start, end: at.end };
  const isHere = [...first, ...final].every((edit) => ends(edit).every((index) => isWith(pieceAt(index), piece)));
  const use: CodeUse = isHere
    ? { ...base, first: first.map(toFile), final: final.map(toFile) }
    : { ...base, first: [], final: [], unedited: apart };
  return throughConstants(use, piece.through);
}

/** The places that an edit touches; what is inserted at the end of a text stands in front of it. */
function ends({ start, end, parts }: NestedEdit): readonly number[] {
  const inner = parts.flatMap((part) => (typeof part === 'string' ? [] : ends({ ...part, parts: [] })));
  return [Math.max(0, start === end ? start - 1 : start), Math.max(start, end - 1), ...inner];
}

function isWith(piece: Piece | undefined, other: Piece): boolean {
  return piece?.path === other.path && piece?.through.length === other.through.length;
}
