/**
 * A codemod that the makers of a package publish as a command of npm. It is foreign code: it runs only where the user has
 * granted it, on a copy of the tree, and what it did is committed as a step of its own before the gate.
 */
export interface PublishedTool {
  /** Kebab-case. */
  readonly id: string;
  readonly summary: string;
  /** What it is needed for, in a sentence, and what that rests on. */
  readonly why: string;
  /** Name of the package on npm that brings the command. */
  readonly package: string;
  /** Each is a reason to run it: a package that leaves `from` for `to`. Ranges as in package.json. */
  readonly applies: readonly { readonly package: string; readonly from: string; readonly to: string }[];
  /** Which versions of the tool are meant for a move to this version. A range. */
  versionsFor(to: string): string;
  /**
   * `before`: it needs the old versions installed, in the copy too, where it may install others; what it says about the
   * versions of packages that the hop moves is not taken. `after`: it works on sources alone.
   */
  readonly runs: 'before' | 'after';
  /** Variables that its calls are given besides. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Arguments of each call, one after the other. */
  callsFor(move: { readonly from: string; readonly to: string }): readonly (readonly string[])[];
}
