import type { PackageManagerName } from '../snapshot.ts';

/** How a package manager is called here: its words before its own arguments, e.g. `corepack pnpm`, and its version. */
export type ManagerProgram = {
  readonly name: PackageManagerName;
  readonly words: readonly [program: string, ...args: readonly string[]];
  readonly version: string;
};
