/** How a member of a group goes along with the group's lead. */
export type Following =
  /** Published with the same version as the lead. */
  | 'same-version'
  /** In the same line (major, below 1.0.0 minor) as the lead, else in the nearest below that exists. */
  | 'same-line'
  /** Versions of its own; it moves in the same hop. */
  | 'own-version';

/** Packages that move together. One file on the shelf `package-groups/` for each. */
export interface PackageGroup {
  readonly id: string;
  readonly summary: string;
  /** The packages whose version the others follow; the first that the tree has is the lead. */
  readonly leads: readonly string[];
  /** Names, or a scope as `@scope/*`. The first that fits a package counts. */
  readonly members: readonly { readonly name: string; readonly following: Following }[];
  /** Lines that may be passed over, and who says so. */
  readonly leaps?: readonly Leap[];
  /** A line that no longer does what other packages need. */
  readonly split?: Split;
}

/** A hop from one line straight to another. */
export type Leap = {
  readonly package: string;
  readonly from: string;
  readonly to: string;
  /** Where the publisher says it. */
  readonly source: string;
};

/** A line that ends something that others need; for them the line before stays beside it, under the old name. */
export type Split = {
  readonly package: string;
  /** The first line without it. */
  readonly line: string;
  /** What ends, as a sentence. */
  readonly ends: string;
  /**
   * Who needs it, by name or scope. What their peers say of the line counts only where it names it: an open range (`>=4`) was
   * written before the line was there.
   */
  readonly users: readonly string[];
  /** What takes the old name: the package that holds the line before, and which line of it. */
  readonly keep: { readonly package: string; readonly line: string };
  /** The name under which the new line is installed beside it. */
  readonly alias: string;
  /** Where the publisher says so. */
  readonly source: string;
};
