import type { Found, ImageArguments } from './version-place.ts';

/**
 * What a place says: `pin` the Python that runs, `floor` which ones users may have, `list` with which it is tested,
 * `classifier` which ones it is published for, `language` the oldest that a tool takes the files for, `mention` one that only
 * a person can say something of.
 */
export type PythonRole = 'pin' | 'floor' | 'list' | 'classifier' | 'language' | 'mention';

/** A kind of file in which a Python version is named. One file on the shelf `python-places/` for each. */
export interface PythonPlace {
  readonly id: string;
  /** Of a `pin` in a list (a matrix of CI) the role is `list`. */
  readonly role: PythonRole;
  /** Who reads it. */
  readonly reads: string;
  /** An example, which the shelf's test looks into: `⟦…⟧` stands around each value. */
  readonly example: { readonly path: string; readonly text: string };
  /** Why a version here is named and not raised: of a `mention`. */
  readonly stays?: string;
  /** The newest minor that who reads it is known to have, where it is not any. */
  readonly newest?: number;
  /** True where several of one file are a list. */
  readonly isListOfValues?: true;
  /** True where a release with its patch stands for that release alone, and another one takes its place. */
  readonly isExact?: true;
  /** True for what is compared with an entry of a matrix, and goes where that goes. */
  readonly isFollowing?: true;
  /** True where the rest of such a file says nothing of the tree as a whole: code, and files of anything. */
  readonly isCode?: true;
  isIn(path: string): boolean;
  /** Values in the order of the text. What Dockerfiles beside the file say is left out where nobody knows them. */
  find(text: string, told?: ImageArguments): readonly Found[];
}
