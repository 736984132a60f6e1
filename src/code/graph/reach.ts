/** By what a specifier reaches its file. */
export type Route = 'relative' | 'alias' | 'base-url' | 'imports' | 'package';

/** How the end of a specifier says a file: as it is, without extension, `.js` for `.ts`, the folder of an index. */
export type Habit = 'exact' | 'no-extension' | 'script-for-type' | 'index';

/** A file of the tree that a specifier reaches. */
export type Reach = {
  readonly target: string;
  readonly route: Route;
  readonly habit: Habit;
  /** True where the name is of what a build writes, and the file is the source of that. */
  readonly isBuilt: boolean;
  /** True where the specifier reaches it only as a URL does, without its percent-encoding. */
  readonly isEncoded?: boolean;
};
