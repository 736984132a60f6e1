import type { Slots } from './plain-words/slots.ts';

/** What a sentence stands for: a change of the database as SQL, or the words of a command line without `godwit`. */
export type Meaning = { readonly sql: string } | { readonly args: readonly string[] };

/** One thing that can be said in plain words, without a model. */
export interface Saying {
  /** Like the file. */
  readonly name: string;
  /** What comes of it, for the manual. */
  readonly summary: string;
  /**
   * How it is said: words as they are, `[…]` may be left out, `(a|b)` is one of them, `{slot}` or `{slot:name}` is the user's
   * own. Slots are those of plain-words/slots.ts.
   */
  readonly forms: readonly string[];
  /** Sentences with the command that each stands for; shown in the manual and run by the tests. */
  readonly examples: readonly { readonly says: string; readonly command: string }[];
  /** The meaning of what stood in the slots; undefined where the words fit and the sense does not. */
  means(slots: Slots): Meaning | undefined;
}
