import type { TextEdit } from '../recipe.ts';

/** A text after its edits. */
export type Edited = {
  readonly text: string;
  /** How many edits were left out because they overlap one before. */
  readonly left: number;
  /** Where an offset of the text before stands afterwards; inside a replaced part, at the start of what replaced it. */
  moved(offset: number): number;
};

/**
 * Applies edits of one text. Of two that overlap the one that begins first counts (of the same beginning, the one given
 * first); the same edit given twice is one. Insertions at one place stand in the order given. Throws RangeError for an
 * edit outside of the text.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): Edited {
  const { kept, left } = withoutOverlaps(text, edits);
  const parts: string[] = [];
  let end = 0;
  for (const edit of kept) {
    parts.push(text.slice(end, edit.offset), edit.text);
    end = edit.offset + edit.length;
  }
  parts.push(text.slice(end));
  return { text: parts.join(''), left, moved: (offset) => movedOver(kept, offset) };
}

function withoutOverlaps(text: string, edits: readonly TextEdit[]) {
  const kept: TextEdit[] = [];
  let left = 0;
  for (const edit of edits.toSorted(byPlace)) {
    if (edit.offset < 0 || edit.length < 0 || edit.offset + edit.length > text.length) throw outside(edit, text);
    const last = kept.at(-1);
    if (last !== undefined && isSame(last, edit)) continue;
    if (last === undefined || edit.offset >= last.offset + last.length) kept.push(edit);
    else left += 1;
  }
  return { kept, left };
}

/** An insertion stands before what is replaced at the same place. */
function byPlace(one: TextEdit, other: TextEdit): number {
  return one.offset - other.offset || Math.min(one.length, 1) - Math.min(other.length, 1);
}

function isSame(one: TextEdit, other: TextEdit): boolean {
  return one.offset === other.offset && one.length === other.length && one.text === other.text;
}

function outside({ offset, length }: TextEdit, text: string): RangeError {
  return new RangeError(`An edit of ${length} units at ${offset} lies outside of a text of ${text.length}.`);
}

function movedOver(kept: readonly TextEdit[], offset: number): number {
  let by = 0;
  for (const edit of kept) {
    if (edit.offset > offset) break;
    const isInside = edit.length > 0 && offset < edit.offset + edit.length;
    if (isInside) return edit.offset + by;
    by += edit.text.length - edit.length;
  }
  return offset + by;
}
