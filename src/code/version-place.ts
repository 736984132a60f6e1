/** A value found in a text, at an offset in UTF-16 code units. */
export type Found = { readonly value: string; readonly offset: number };

/** A kind of file in which a Node version is named. One file on the shelf `version-places/` for each. */
export interface VersionPlace {
  readonly id: string;
  /** Who reads it. */
  readonly reads: string;
  /** An example, which the shelf's test looks into: `⟦…⟧` stands around each value. */
  readonly example: { readonly path: string; readonly text: string };
  /** True for what code is written for, which says nothing of the Node that it runs on; what it names is a lowest version. */
  readonly isBuildTarget?: boolean;
  /** Why a version here is named and not raised. */
  readonly stays?: string;
  isIn(path: string): boolean;
  find(text: string): readonly Found[];
}
