import type { Finding } from '#core/finding';

const namesShown = 5;

/** What is said where tracked files changed during an install that no package manager writes; `object` names the first. */
export function filesChanged(paths: readonly string[]): Finding & { readonly object: string } {
  const more = paths.length > namesShown ? ` and ${paths.length - namesShown} more` : '';
  const object = `${paths.slice(0, namesShown).join(', ')}${more}`;
  return {
    rule: 'install/files-changed',
    severity: 'warning',
    message: `While packages were installed, a script of the tree or somebody changed ${object}; that is in the commit.`,
    cure: 'Look at the commit. A rollback takes it back, keeps it, and names it.',
    object,
  };
}

/** True for files of the tree that package managers write. */
export function isOfManager(path: string): boolean {
  return isLockFile(path) || declaresDependencies(path) || /(^|\/)(\.yarn\/|\.pnp\.)/.test(path);
}

/** True for files that say what is to be installed. */
export function declaresDependencies(path: string): boolean {
  return /(^|\/)(package\.json|pnpm-workspace\.yaml|\.yarnrc\.yml)$/.test(path);
}

/** True for lock files. */
export function isLockFile(path: string): boolean {
  return /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/.test(path);
}
