import { applyEdits } from '../../../engine/apply-edits.ts';
import type { FileTransform, TextEdit, Unresolved } from '../../../recipe.ts';
import { type PythonFile, pythonFile } from '../reading/python-file.ts';

/** Edits that belong together: all of them are made, or none. */
export type Fix = readonly TextEdit[];

/** What a rewrite finds in a file. */
export type Found = { readonly fixes: readonly Fix[]; readonly unresolved?: readonly Unresolved[] };

/** What a rewrite of Python says of itself, and what it does. */
export type PythonWork = {
  readonly id: string;
  readonly why: string;
  readonly mentions: readonly string[];
  /** The oldest Python 3 that must still run the files for this to be done, where not any. */
  readonly from?: number;
  readonly isBeyondGrammar?: true;
  find(py: PythonFile): Found | readonly Fix[];
};

/** Files that are Python by their name. */
export const pythonFiles: readonly string[] = ['**/*.{py,pyi,pyw}'];

/** A transform of Python files from what finds its places. */
export function pythonTransform({ id, why, mentions, from = 0, find, ...more }: PythonWork): FileTransform {
  return {
    ...more,
    kind: 'file',
    id,
    why,
    files: pythonFiles,
    mentions,
    transform(file, context) {
      const py = pythonFile(file, context);
      if (py.settings.minor < from) return { edits: [], unresolved: [] };
      const found = find(py);
      const { fixes, unresolved = [] } = 'fixes' in found ? found : { fixes: found };
      return { edits: withoutLead(file.text, together(fixes)), unresolved };
    },
  };
}

/** What is taken away at the top of a file takes the empty lines behind it along. */
function withoutLead(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  return edits.map((edit) => {
    const end = edit.offset + edit.length;
    const space = /^\s*/.exec(text.slice(end))?.[0].length ?? 0;
    const isTop = edit.text === '' && edit.length > 0 && text.slice(0, edit.offset).trim() === '';
    const isMet = edits.some((other) => other !== edit && other.offset >= end && other.offset < end + space);
    const isLine = /[\r\n]$/.test(text.slice(edit.offset, end));
    return isTop && isLine && !isMet ? { offset: 0, length: end + space, text: '' } : edit;
  });
}

/**
 * The edits of all fixes that do not touch one another. Of those that do, the one that lies within goes first, and an edit
 * that overlaps tells the engine that a further round is wanted.
 */
function together(fixes: readonly Fix[]): readonly TextEdit[] {
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
export function edited(py: PythonFile, from: number, to: number, edits: Fix): string {
  const inside = edits.map((edit) => ({ ...edit, offset: edit.offset - from }));
  return applyEdits(py.text.slice(from, to), inside).text;
}
