import { type Fix, type Found, pythonFiles, together } from '../../../python-source/fixes.ts';
import type { FileTransform, TextEdit } from '../../../recipe.ts';
import { type PythonFile, pythonFile } from '../reading/python-file.ts';
import { unreadSyntax } from '../reading/unread-syntax.ts';

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
      if (py.settings.minor < from || unreadSyntax(py) !== undefined) return { edits: [], unresolved: [] };
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
