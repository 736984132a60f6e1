import type { TestedStart } from './reading/held-files.ts';
import type { Block } from './types/annotate.ts';

/** Files as they are to be. */
export type Converted = {
  /** New name by old one. */
  readonly moves: ReadonlyMap<string, string>;
  /** Texts with nothing but other specifiers, by the names of before. */
  readonly bases: ReadonlyMap<string, string>;
  /** Texts of the whole package by the names of afterwards. */
  readonly texts: ReadonlyMap<string, string>;
  /** Files that stay JavaScript, with the reason. */
  readonly stays: ReadonlyMap<string, Block>;
  /** Files in which the compiler found fault before, with every flag of `strict`, by the names of before. */
  readonly faulty: ReadonlySet<string>;
  /** Comments with types that found no place, by the names of before. */
  readonly untold: ReadonlyMap<string, readonly Block[]>;
  /** Processes that tests start, with all that they reach, by the names of before. */
  readonly tested: readonly TestedStart[];
};
