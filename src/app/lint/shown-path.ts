import { relative } from 'node:path';

/** An absolute path as the user would write it from where they are, with slashes. */
export function shownPath(path: string, cwd: string): string {
  if (path === '-') return path;
  const shown = relative(cwd, path).replaceAll('\\', '/');
  return shown === '' ? '.' : shown;
}
