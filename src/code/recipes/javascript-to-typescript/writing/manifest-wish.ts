import type { Running } from '../reading/package-facts.ts';

/** What a package.json is to say of TypeScript. */
export type ManifestWish = {
  readonly home: string;
  readonly running: Running;
  /** True where every Node that runs it strips types itself. */
  readonly stripsTypes: boolean;
  readonly added: Readonly<Record<string, string>>;
  /** Folder below which the build takes its sources, from the root of the tree. */
  readonly rootDir: string;
  /** Paths, from the root of the tree and as they were, of what the build compiles. */
  readonly built: readonly string[];
  /** Paths of the tree as it was. */
  readonly paths: readonly string[];
  /** New name of a file by its old one. */
  readonly moves: ReadonlyMap<string, string>;
  /** True where tests need what the build writes, and the package manager runs a script before another. */
  readonly needsBuild: boolean;
};

/** A package.json, the scripts that a person has to look at, patterns that lead nowhere for some, and whether tests build first. */
export type ManifestText = {
  readonly text: string;
  readonly open: readonly string[];
  readonly left: readonly string[];
  readonly isBuiltFirst: boolean;
};
