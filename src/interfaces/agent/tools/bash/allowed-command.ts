import type { SandboxNeed } from '#app/jail/choose-sandbox';

/** What the words of a command are that are no flags. */
export type WordKind =
  /** Files of the repository. */
  | 'files'
  /** Files and folders of it. */
  | 'places'
  /** A pattern first, then files. */
  | 'pattern-and-files'
  /** Commits first, then places behind `--`. */
  | 'commits'
  /** Anything: it is no name of a file, or code of the project gets it. */
  | 'texts';

/** A program that may be run, with all that may be said to it. */
export type AllowedCommand = {
  readonly program: string;
  /** Words that follow it, of which one has to: `log` of git. */
  readonly subcommands?: readonly string[] | undefined;
  /** All flags. One that ends with `=` takes a value (its own word, or joined), with `?` a value that is joined or none; `-#` is a number. */
  readonly flags: readonly string[];
  readonly words: WordKind;
  readonly wordsMax?: number;
  /** Code of the project is run by it. */
  readonly need?: SandboxNeed;
  /** What else has to hold; a sentence where it does not. */
  readonly fault?: (rest: readonly string[]) => string | undefined;
  /** Words put right behind the program, or behind the word of `subcommands`. */
  readonly first?: readonly string[];
  readonly behindSubcommand?: readonly string[];
};
