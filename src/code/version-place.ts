/** A value found in a text, at an offset in UTF-16 code units. */
export type Found = { readonly value: string; readonly offset: number };

/** A kind of file in which a Node version is named. One file on the shelf `version-places/` for each. */
export interface VersionPlace {
  readonly id: string;
  /** Who reads it. */
  readonly reads: string;
  /** An example, which the shelf's test looks into: `⟦…⟧` stands around each value. */
  readonly example: { readonly path: string; readonly text: string };
  isIn(path: string): boolean;
  find(text: string): readonly Found[];
}
