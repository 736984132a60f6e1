import type { Finding } from '#core/finding';
import type { TreeWorld } from '../execution.ts';
import { declaresDependencies, filesChanged, isLockFile, isOfManager } from '../install/files-changed.ts';
import type { NodeProgram } from '../process/node-program.ts';

/** What an installation changed. `paths` belong into one commit with the change that it was made for. */
export type ChangedByInstall = {
  readonly paths: readonly string[];
  readonly detail: string;
  readonly findings: readonly Finding[];
  /** True where something changed that no package manager writes: a script did it, or a person meanwhile. */
  readonly mayBeByHand: boolean;
};

/**
 * Installs what package.json says now. Resolves with every tracked file of the tree that differs afterwards, and lock files
 * that are new; what else than manifests and lock files has changed meanwhile is named.
 */
export async function installChanged(
  { repository, install }: Pick<TreeWorld, 'repository' | 'install'>,
  signal: AbortSignal,
  node?: NodeProgram,
): Promise<ChangedByInstall> {
  const before = new Set(await repository.changedFiles());
  const { detail, findings } = await install('update', signal, node);
  const changed = (await repository.changedFiles()).filter((path) => path.startsWith(repository.prefix));
  const paths = changed.map((path) => path.slice(repository.prefix.length));
  const fresh = await repository.untrackedFiles();
  const locks = fresh.filter(isLockFile);
  const others = paths.filter((path) => !before.has(`${repository.prefix}${path}`) && !isOfManager(path));
  const all = [...paths, ...locks];
  if (others.length === 0) return { paths: all, detail, findings, mayBeByHand: false };
  const found = filesChanged(others);
  const said = `${detail}; changed meanwhile: ${found.object}`;
  return { paths: all, detail: said, findings: [...findings, found], mayBeByHand: true };
}

/**
 * Installs after something was written that says what the tree depends on, before the gate looks; else there is nothing to do.
 * `detail` continues a sentence.
 */
export async function installWhereDeclared(
  written: readonly string[],
  world: Pick<TreeWorld, 'repository' | 'install'>,
  signal: AbortSignal,
): Promise<ChangedByInstall> {
  if (!written.some(declaresDependencies)) return { paths: [], detail: '', findings: [], mayBeByHand: false };
  const installed = await installChanged(world, signal);
  return { ...installed, detail: `; ${installed.detail}` };
}
