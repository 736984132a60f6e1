import { applyEdits } from '../engine/apply-edits.ts';
import type { TextEdit, Unresolved } from '../recipe.ts';
import type { PythonSource } from './python-source.ts';

/** Edits that belong together: all of them are made, or none. */
export type Fix = readonly TextEdit[];

/** What a rewrite finds in a file. */
export type Found = { readonly fixes: readonly Fix[]; readonly unresolved?: readonly Unresolved[] };

/** Files that are Python by their name. */
export const pythonFiles: readonly string[] = ['**/*.{py,pyi,pyw}'];

/**
 * The edits of all fixes that do not touch one another. Of those that do, the one that lies within goes first, and an edit
 * that overlaps tells the engine that a further round is wanted.
 */
export function together(fixes: readonly Fix[]): readonly TextEdit[] {
  const real = fixes.filter((fix) => fix.length > 0).toSorted((one, other) => breadth(one) - breadth(other));
  const kept: TextEdit[] = [];
  let isLeft = false;
  for (const fix of real) {
    if (isClear([...kept, ...fix])) kept.push(...fix);
    else isLeft = true;
  }
  const wide = isLeft ? kept.find(({ length }) => length > 0) : undefined;
  return wide === undefined ? kept : [...kept, { ...wide, text: `${wide.text} ` }];
}

function breadth(fix: Fix): number {
  const from = Math.min(...fix.map(({ offset }) => offset));
  return Math.max(...fix.map(({ offset, length }) => offset + length)) - from;
}

function isClear(edits: readonly TextEdit[]): boolean {
  const sorted = edits.toSorted((one, other) => one.offset - other.offset || one.length - other.length);
  return sorted.every((edit, index) => {
    const before = sorted[index - 1];
    if (before === undefined) return true;
    const isSame = before.offset === edit.offset && before.length === edit.length;
    return before.offset + before.length <= edit.offset && !(isSame && edit.length > 0);
  });
}

/** A part of a text after the edits of one fix, which lie within it. */
export function edited(py: PythonSource, from: number, to: number, edits: Fix): string {
  const inside = edits.map((edit) => ({ ...edit, offset: edit.offset - from }));
  return applyEdits(py.text.slice(from, to), inside).text;
}
