import type { FileChange } from '../text/file-change.ts';

/** A copy of a tree for programs, and how it is taken away again. */
export type OpenScratch = { readonly scratch: Scratch; close(): Promise<void> };

/**
 * A copy of the tree on disk, for programs that know only files. Whoever has the right to write makes it: nothing in this
 * folder of the source does.
 */
export interface Scratch {
  /** Absolute. */
  readonly folder: string;
  /** Makes the copy hold these changes of the tree. */
  put(changes: readonly FileChange[]): Promise<void>;
  /** How the copy differs from the tree now: all of it, not only since the last call. */
  changes(): Promise<readonly FileChange[]>;
  /** Writes a file beside the copy, for what a program reads or answers, and says where. Absolute. */
  aside(name: string, text: string): Promise<string>;
}
