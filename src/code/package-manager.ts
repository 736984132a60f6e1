import type { PackageManagerName } from './snapshot.ts';
import type { Manifest } from './workspace/manifest.ts';

/** What a lock file says of one locked package. Undefined fields are those that the format does not hold. */
export type LockedPackage = {
  readonly name: string;
  readonly version: string;
  readonly engines?: string | undefined;
  readonly deprecated?: string | undefined;
  readonly peers?: readonly Peer[] | undefined;
};

export type Peer = { readonly name: string; readonly range: string; readonly isOptional: boolean };

/** One package that wants a peer, as the lock file resolves it. */
export type PeerUse = Peer & { readonly wanter: string; readonly found: string | undefined };

/** A lock file, read. */
export type Lock = {
  /** Format in its own words. */
  readonly format: string;
  /** What each direct dependency is locked at: folder of the package → name → what. */
  readonly direct: ReadonlyMap<string, ReadonlyMap<string, LockedPackage>>;
  readonly packages: readonly LockedPackage[];
  /** Peers of all packages, where the format holds them with what they resolve to. */
  readonly peerUses?: readonly PeerUse[];
};

/** A member of the workspace, for which a lock is read. */
export type Member = { readonly path: string; readonly manifest: Manifest };

/**
 * `update` writes what package.json wants into the lock file; `frozen` installs what the lock file says and refuses else;
 * `unlocked` installs what package.json wants in a tree without a lock file, and writes none.
 */
export type InstallKind = 'update' | 'frozen' | 'unlocked';

/** How a package manager is called to install: arguments, and variables over the environment. */
export type InstallCall = {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
};

/** A package manager that a tree can be installed with. One file on the shelf `package-managers/` for each. */
export interface PackageManagerKind {
  readonly id: PackageManagerName;
  /** Newest first: where two are there, the first is the one that it reads. */
  readonly lockFiles: readonly string[];
  /** Reads a lock file's text. A string says why it cannot be read. */
  readLock(text: string, members: readonly Member[]): Lock | string;
  /**
   * How it installs, never forced. `version` is its own. Scripts of
   * dependencies run as the user's settings say. Undefined where it cannot: Yarn 2 and newer have no `unlocked`.
   */
  install(kind: InstallKind, version: string): InstallCall | undefined;
  /**
   * Versions of it, as a range, that write a lock file in the format in which one is; undefined where any does. Another
   * one would rewrite the whole file, or pass it over.
   */
  writersOf(lockFormat: string): string | undefined;
  /** The package by which the registry has it at a version. */
  packageFor(version: string): string;
}
