/** A value found in a text, at an offset in UTF-16 code units. */
export type Found = {
  readonly value: string;
  readonly offset: number;
  /** Why this one is named and not raised, where others of its place are raised. */
  readonly stays?: string;
};

/** Variables by which the Dockerfiles of a tree say the version of a Node image, and which other files may set. */
export type ImageArguments = {
  /** Of those that say nothing else. */
  readonly only: ReadonlySet<string>;
  /** Of those that are used for another thing too. */
  readonly shared: ReadonlySet<string>;
  /** Variables of an environment from which they take what they say. */
  readonly taken: ReadonlySet<string>;
};

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
  /** Values in the order of the text. What Dockerfiles beside the file say is left out where nobody knows them. */
  find(text: string, told?: ImageArguments): readonly Found[];
}
