import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';

/** Files of the target folder as they stand, with changes kept in memory. Paths are absolute. */
export interface StagedFiles {
  /** Undefined where the file is not there. */
  read(path: string): string | undefined;
  write(path: string, text: string): void;
  remove(path: string): void;
  /** Lays a text that is already known outside, so that reading sees it and it is not reported. */
  lay(path: string, text: string | null): void;
  /** What was written or removed since the last call. */
  take(): readonly (readonly [path: string, text: string | null])[];
  /** Names in a folder; undefined where it is not there. */
  names(folder: string): readonly string[] | undefined;
  kindOf(path: string): 'file' | 'folder' | undefined;
  /** Absolute form of a path. Throws EACCES where it leads out of what may be read. */
  readable(path: unknown): string;
}

/** An error as node:fs throws it, so that transforms that look at `code` find it. */
export function fileError(code: 'ENOENT' | 'EACCES' | 'EISDIR' | 'EEXIST', path: string, why: string): Error {
  return Object.assign(new Error(`${code}: ${why}, '${path}'`), { code, path });
}

/** What may be read beside the folder itself. */
export type StagedOptions = {
  /** Absolute folder, e.g. the package of the transform. */
  readonly alsoReadable: string;
  /** Everything on this machine. */
  readonly mayReadAll: boolean;
};

/** Lays an overlay over a folder. Nothing on disk is written; links that lead out of the folder are not followed. */
export function stagedFiles(target: string, options: StagedOptions): StagedFiles {
  const laid = new Map<string, string | null>();
  const fresh = new Set<string>();
  const { root, absolute, readable, writable } = fencedPaths(target, options);
  const change = (path: string, text: string | null): void => {
    const full = writable(path);
    laid.set(full, text);
    fresh.add(full);
  };
  return {
    readable,
    read(path) {
      const full = readable(path);
      const text = laid.get(full);
      if (text !== undefined) return text ?? undefined;
      return statSync(full, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(full, 'utf8') : undefined;
    },
    write: change,
    remove: (path) => change(path, null),
    lay: (path, text) => laid.set(absolute(path), text),
    take() {
      const taken = [...fresh].map((path) => [path, laid.get(path) ?? null] as const);
      fresh.clear();
      return taken;
    },
    names: (folder) => namesIn(readable(folder), { laid, root }),
    kindOf(path) {
      const full = readable(path);
      const text = laid.get(full);
      if (text !== undefined) return text === null ? undefined : 'file';
      if (foldersOf(laid, root).has(full)) return 'folder';
      const found = statSync(full, { throwIfNoEntry: false });
      if (found === undefined) return undefined;
      return found.isDirectory() ? 'folder' : 'file';
    },
  };
}

/** Paths as a transform gives them, absolute, and refused where they lead to what is not granted. */
function fencedPaths(target: string, options: StagedOptions) {
  const root = realpathSync(target);
  const other = realpathSync(options.alsoReadable);
  const isBelow = (folder: string, path: string): boolean => path === folder || path.startsWith(folder + sep);
  const isInside = (path: string): boolean => isBelow(root, path);
  const isOpen = (path: string): boolean => isInside(path) || isBelow(other, path);
  const absolute = (path: unknown): string => {
    const text = path instanceof URL ? decodeURIComponent(path.pathname) : String(path);
    const full = isAbsolute(text) ? resolve(text) : resolve(root, text);
    return full === target || full.startsWith(target + sep) ? resolve(root, relative(target, full)) : full;
  };
  const readable = (path: unknown): string => {
    const full = absolute(path);
    if (options.mayReadAll || (isOpen(full) && isOpen(realOf(full)))) return full;
    throw fileError('EACCES', full, 'this transform may read only the tree; files outside are not granted');
  };
  const writable = (path: string): string => {
    const full = absolute(path);
    if (isInside(full) && isInside(realOf(dirname(full)))) return full;
    throw fileError('EACCES', full, 'a transform may write only into the tree');
  };
  return { root, absolute, readable, writable };
}

type Laid = { readonly laid: ReadonlyMap<string, string | null>; readonly root: string };

function namesIn(full: string, { laid, root }: Laid): readonly string[] | undefined {
  const isThere = statSync(full, { throwIfNoEntry: false })?.isDirectory() === true;
  if (!isThere && !foldersOf(laid, root).has(full)) return undefined;
  const names = new Set(isThere ? readdirSync(full) : []);
  for (const [path, text] of laid) {
    const [name = '', ...below] = path.startsWith(full + sep) ? path.slice(full.length + 1).split(sep) : [];
    if (name === '') continue;
    if (text !== null) names.add(name);
    else if (below.length === 0) names.delete(name);
  }
  return [...names].sort();
}

function foldersOf(laid: ReadonlyMap<string, string | null>, root: string): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const [path, text] of laid) {
    if (text === null) continue;
    for (let folder = dirname(path); folder.length > root.length; folder = dirname(folder)) folders.add(folder);
  }
  return folders;
}

/** Where a path really leads; of what is not there yet, its nearest folder that is. */
function realOf(path: string): string {
  let near = path;
  while (lstatSync(near, { throwIfNoEntry: false }) === undefined && dirname(near) !== near) near = dirname(near);
  return realpathSync(near);
}
