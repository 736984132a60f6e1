import { type Fix, type Found, pythonFiles, together } from '../../../python-source/fixes.ts';
import type { FileTransform } from '../../../recipe.ts';
import { type DjangoFile, djangoFile, fileKinds, numberOf } from './django-file.ts';

/** What a rewrite of Django code says of itself, and what it does. */
export type DjangoWork = {
  readonly id: string;
  readonly why: string;
  readonly mentions: readonly string[];
  /** The oldest Django that must still run the files for this to be done, where not any. */
  readonly since?: string;
  /** The only kind of files in which it is done. */
  readonly only?: keyof typeof fileKinds;
  find(py: DjangoFile): Found | readonly Fix[];
};

/** A transform of Python files from what finds its places. */
export function djangoTransform({ id, why, mentions, since = '0.0', only, find }: DjangoWork): FileTransform {
  return {
    kind: 'file',
    id,
    why,
    files: pythonFiles,
    mentions,
    transform(file, context) {
      if (only !== undefined && !fileKinds[only].test(file.path)) return { edits: [], unresolved: [] };
      const py = djangoFile(file, context);
      if (py.settings.target < numberOf(since)) return { edits: [], unresolved: [] };
      const found = find(py);
      const { fixes, unresolved = [] } = 'fixes' in found ? found : { fixes: found };
      return { edits: together(fixes), unresolved };
    },
  };
}
