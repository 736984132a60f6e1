/** A simple command: its words as the shell hands them over, and what is fed into it. */
export type ShellCommand = {
  readonly words: readonly string[];
  /** What is set for it alone, as `NAME=value`. */
  readonly set: readonly string[];
  /** Text that it reads from its standard input, where that stands in the line: a here-document, or what `echo` says into a pipe. */
  readonly fed: string;
  /** Files that its standard input is taken from. */
  readonly files: readonly string[];
  /** Files that its output goes to. */
  readonly written: readonly string[];
  /** True where its output is added to what stands there. */
  readonly isAppended: boolean;
  /** True where another command writes what it reads, and what that is does not stand in the line. */
  readonly isFedUnseen: boolean;
  /** Words of the commands that write what it reads. */
  readonly upstream: readonly string[];
};
