import ts from '../typescript.cts';
import type { FetchedPackage } from './fetch-package.ts';

/** Which of the two versions. */
export type SideName = 'old' | 'new';

/**
 * Fetched packages as a compiler sees them: read-only files under the folder of their side. The folders are not on the
 * disk. They lie in the tree's node_modules, so that what a fetched package imports and was not fetched is found among
 * what the tree has installed.
 */
export type PackageStore = {
  /** Folder of a side; its node_modules holds the packages. */
  home(side: SideName): string;
  add(side: SideName, fetched: FetchedPackage): void;
  get(side: SideName, name: string): FetchedPackage | undefined;
  packages(side: SideName): readonly FetchedPackage[];
  /** ts.sys with the fetched files in it. */
  readonly system: StoreSystem;
};

export type StoreSystem = {
  fileExists(path: string): boolean;
  readFile(path: string): string | undefined;
  directoryExists(path: string): boolean;
  getDirectories(path: string): string[];
  realpath(path: string): string;
};

/** Makes an empty store for a tree; `root` is absolute. */
export function packageStore(root: string): PackageStore {
  const base = `${root.replaceAll('\\', '/').replace(/\/$/, '')}/node_modules/.godwit-api`;
  const files = new Map<string, Uint8Array>();
  const folders = new Set<string>();
  const sides = { old: new Map<string, FetchedPackage>(), new: new Map<string, FetchedPackage>() };
  const isOurs = (path: string): boolean => path.startsWith(base);
  const home = (side: SideName): string => `${base}/${side}`;
  const addFolders = (path: string): void => {
    for (let at = path.lastIndexOf('/'); at >= base.length; at = path.lastIndexOf('/', at - 1)) {
      if (folders.has(path.slice(0, at))) return;
      folders.add(path.slice(0, at));
    }
  };
  return {
    home,
    add(side, fetched) {
      sides[side].set(fetched.name, fetched);
      for (const [path, bytes] of fetched.files) {
        const absolute = `${home(side)}/node_modules/${fetched.name}/${path}`;
        files.set(absolute, bytes);
        addFolders(absolute);
      }
    },
    get: (side, name) => sides[side].get(name),
    packages: (side) => [...sides[side].values()],
    system: {
      fileExists: (path) => (isOurs(path) ? files.has(path) : ts.sys.fileExists(path)),
      readFile(path) {
        if (!isOurs(path)) return ts.sys.readFile(path);
        const bytes = files.get(path);
        return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
      },
      directoryExists: (path) => (isOurs(path) ? folders.has(path.replace(/\/$/, '')) : ts.sys.directoryExists(path)),
      getDirectories: (path) => (isOurs(path) ? foldersIn(folders, path) : ts.sys.getDirectories(path)),
      realpath: (path) => (isOurs(path) ? path : (ts.sys.realpath?.(path) ?? path)),
    },
  };
}

function foldersIn(folders: ReadonlySet<string>, path: string): string[] {
  const parent = `${path.replace(/\/$/, '')}/`;
  return [...folders].flatMap((folder) => {
    const name = folder.startsWith(parent) ? folder.slice(parent.length) : '';
    return name === '' || name.includes('/') ? [] : [name];
  });
}

const libraryFolder = ts
  .getDefaultLibFilePath({})
  .replaceAll('\\', '/')
  .replace(/[^/]+$/, '');

/** Parsed files of the compiler's own library, shared by all programs: they are the same in each. */
const library = new Map<string, ts.SourceFile>();

/** A file of the compiler's library, where it was parsed before. */
export function libraryFile(path: string): ts.SourceFile | undefined {
  return library.get(path);
}

/** Parses a file for a program; one of the compiler's library is parsed once for all. */
export function parseFile({
  path,
  text,
  how,
}: {
  readonly path: string;
  readonly text: string;
  readonly how: ts.ScriptTarget | ts.CreateSourceFileOptions;
}): ts.SourceFile {
  const known = library.get(path);
  if (known !== undefined) return known;
  const file = ts.createSourceFile(path, text, how, true);
  if (path.startsWith(libraryFolder)) library.set(path, file);
  return file;
}
