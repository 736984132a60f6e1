import { folderPath } from '../text/search-text.ts';

/** Two paths from the root as one, without `.` and with `..` followed; `.` for the root itself. */
export function joined(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/') || '.';
}

/** The way from one folder to a path, both from the root, beginning with `./` or `../`. */
export function relativeFrom(folder: string, path: string): string {
  const from = folder === '.' ? [] : folder.split('/');
  const to = path === '.' ? [] : path.split('/');
  let same = 0;
  while (same < from.length && same < to.length && from[same] === to[same]) same += 1;
  const way = [...Array.from({ length: from.length - same }, () => '..'), ...to.slice(same)];
  if (way.length === 0) return '.';
  return way[0] === '..' ? way.join('/') : `./${way.join('/')}`;
}

/** The deepest folder that holds all paths; undefined for none. */
export function commonFolder(paths: readonly string[]): string | undefined {
  const folders = paths.map((path) => path.split('/').slice(0, -1));
  const [first, ...others] = folders;
  if (first === undefined) return undefined;
  const shared = others.reduce((common, folder) => {
    const end = common.findIndex((part, at) => folder[at] !== part);
    return end === -1 ? common : common.slice(0, end);
  }, first);
  return shared.join('/') || '.';
}

/** A folder and those above it, the root last. */
export function foldersUp(folder: string): readonly string[] {
  return folder === '.' ? ['.'] : [folder, ...foldersUp(folderPath(folder))];
}
