/**
 * Why a recipe may not write to a path, whatever it was granted; undefined where it may. What git, a package manager or godwit
 * itself would run is not the tree's own: a hook or `core.fsmonitor` in `.git` is started by the next call of git. Pure.
 */
export function closedPath(path: string): string | undefined {
  const parts = path.split(/[/\\]/);
  if (path === '' || /^([/\\]|[A-Za-z]:)/.test(path) || parts.includes('..')) return 'It is outside of the tree.';
  // On file systems that do not tell case apart, and under the short names of Windows, it is the same folder.
  if (parts.some((part) => /^(\.git|git~\d+)[. ]*$/i.test(part))) return 'It belongs to git.';
  if (parts.some((part) => /^node_modules[. ]*$/i.test(part))) return 'It is of an installed package.';
  if (/^godwit\.config\./i.test(parts.at(-1) ?? '')) return 'It is the configuration of godwit.';
  return undefined;
}
