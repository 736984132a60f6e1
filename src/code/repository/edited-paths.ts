import type { Repository } from './repository.ts';

/** Paths from the tree of its files that differ from HEAD or are new to git; without those that were known to be new. */
export async function editedPaths(repository: Repository, known: readonly string[] = []): Promise<readonly string[]> {
  const { prefix } = repository;
  const fresh = (await repository.untrackedFiles()).filter((path) => !known.includes(path));
  const changed = (await repository.changedFiles()).filter((path) => path.startsWith(prefix));
  return [...changed.map((path) => path.slice(prefix.length)), ...fresh];
}
