import type { Finding } from '#core/finding';
import type { PublishedFiles } from '../recipe.ts';
import type { Unknown } from '../snapshot.ts';
import type { FileChange } from '../text/file-change.ts';

/** What running a recipe of any kind comes to. Nothing has been written. */
export type RecipeRun = {
  /** Sorted by path. */
  readonly changes: readonly FileChange[];
  /** What the recipe saw and could not do; places are those after the changes. */
  readonly unresolved: readonly Finding[];
  /** Where the recipe failed: such a file is left as it was, and the rest goes on. */
  readonly faults: readonly Finding[];
  /** What was not looked at, and why. */
  readonly passedOver: readonly Unknown[];
  /** How many files were looked at. */
  readonly looked: number;
  /** Where the recipe waits for a person: what comes after was not run. */
  readonly gates: readonly RecipeGate[];
  /** What the recipe printed or counted, for people. */
  readonly notes: readonly string[];
};

/** A part of a recipe that a person has to start. */
export type RecipeGate = {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  /** Parts that wait for this one. */
  readonly holds: readonly string[];
};

/** A tree to run on: its files by path from the root, sorted, and what listing them passed over. */
export interface SourceTree {
  readonly paths: readonly string[];
  readonly passedOver: readonly Unknown[];
  /** Path to which each symbolic link leads, from the root; those that lead out of the tree are left out. */
  readonly links?: ReadonlyMap<string, string>;
  /** Whole text with its byte order mark, or why it cannot be had. */
  read(path: string): Promise<{ readonly text: string } | { readonly why: string }>;
  /** Text of a file of an installed package, by its path from the root; left out where nothing is installed. */
  installed?(path: string): Promise<string | undefined>;
  /** What a range of a package means in the registry, or why that is not known; left out where the registry is not asked. */
  published?(name: string, range: string): Promise<PublishedFiles | { readonly why: string }>;
}
