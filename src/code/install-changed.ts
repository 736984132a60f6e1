import type { Finding } from '#core/finding';
import type { TreeWorld } from './execution.ts';

/** True for files that say what is to be installed. */
export function declaresDependencies(path: string): boolean {
  return /(^|\/)(package\.json|pnpm-workspace\.yaml|\.yarnrc\.yml)$/.test(path);
}

/**
 * Installs what package.json says now. Resolves with every tracked file of the tree that differs afterwards, and lock files
 * that are new: what belongs into one commit with the change.
 */
export async function installChanged(
  { repository, install }: Pick<TreeWorld, 'repository' | 'install'>,
  signal: AbortSignal,
): Promise<{ readonly paths: readonly string[]; readonly detail: string; readonly findings: readonly Finding[] }> {
  const { detail, findings } = await install('update', signal);
  const changed = (await repository.changedFiles()).filter((path) => path.startsWith(repository.prefix));
  const fresh = await repository.untrackedFiles();
  const locks = fresh.filter((path) => /(^|\/)(package-lock\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/.test(path));
  return { paths: [...changed.map((path) => path.slice(repository.prefix.length)), ...locks], detail, findings };
}
