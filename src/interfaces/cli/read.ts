import type { Parsed } from './parse-command-line.ts';

/** A command line, and where it was said in plain words, the command that these stand for. */
export type Spoken = {
  readonly parsed: Parsed;
  readonly args: readonly string[];
  readonly command: string | undefined;
};

export type Parse = (args: readonly string[]) => Parsed;

/** Reads a command line by means of `parse`. */
export type Read = (args: readonly string[], parse: Parse) => Spoken;

/** By names of verbs and commands alone. */
export const readNames: Read = (args, parse) => ({ parsed: parse(args), args, command: undefined });
