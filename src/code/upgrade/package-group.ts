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
}

/** A hop from one line straight to another. */
export type Leap = {
  readonly package: string;
  readonly from: string;
  readonly to: string;
  /** Where the publisher says it. */
  readonly source: string;
};
