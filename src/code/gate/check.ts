import type { CheckKind } from './measurement.ts';

/** What is run for a check: a script by the package manager, or a line by the shell with the packages' programs in PATH. */
export type CheckCommand = {
  readonly run: { readonly kind: 'script'; readonly script: string } | { readonly kind: 'line'; readonly line: string };
  /** Id of the check tool that reads it, and the arguments with which it is called; undefined where only the exit code counts. */
  readonly tool?:
    | {
        readonly id: string;
        readonly args: readonly string[];
        /** The program, where the command is nothing but a call of it. */
        readonly program?: string | undefined;
      }
    | undefined;
  /** What a user would type. */
  readonly shown: string;
};

/** One check of one package, as it will be run. It can be shown before anything is. */
export type Check = {
  readonly kind: CheckKind;
  /** Folder of the package from the root; `.` is the root. */
  readonly in: string;
  /** What says that this is the check, e.g. `script typecheck`. */
  readonly because: string;
  readonly commands: readonly CheckCommand[];
};

/** What the user's configuration says instead: a shell line, run in the root for the whole tree, or that it is left out. */
export type CheckOverrides = { readonly [kind in CheckKind]?: string | false | undefined };
