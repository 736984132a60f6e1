import { pythonFiles } from '../../../python-source/fixes.ts';
import type { FileTransform } from '../../../recipe.ts';
import { pythonFile } from '../reading/python-file.ts';
import { unreadSyntax as unread } from '../reading/unread-syntax.ts';

/** A file that no Python 3 reads is named, and left as it is by all other transforms. */
export const unreadSyntax: FileTransform = {
  kind: 'file',
  id: 'unread-syntax',
  why: 'A file in the syntax of Python 2 compiles in no Python 3: what is written anew in it could not be proved.',
  files: pythonFiles,
  mentions: [],
  transform(file, context) {
    const place = unread(pythonFile(file, context));
    if (place === undefined) return { edits: [], unresolved: [] };
    const message =
      'No Python 3 reads this file: it is written for Python 2 here, or breaks off, and is left as it is.';
    const cure = 'Write it for Python 3 first (`2to3`, or by hand), then run this again; or take it away.';
    return { edits: [], unresolved: [{ ...place, message, cure }] };
  },
};
