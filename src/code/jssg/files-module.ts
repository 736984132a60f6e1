import { sep } from 'node:path';
import { fileError, type StagedFiles } from './staged-files.ts';

type Functions = Readonly<Record<string, (...given: readonly unknown[]) => unknown>>;

/**
 * `node:fs` and `node:fs/promises` for transforms, over staged files: the functions that transforms use, synchronous and
 * as promises. What is written is a change of the tree like any other. Texts are UTF-8.
 */
export function filesModules(files: StagedFiles): {
  readonly fs: Readonly<Record<string, unknown>>;
  readonly promises: Functions;
} {
  const plain = { ...reading(files), ...writing(files) };
  const promises = Object.fromEntries(
    Object.entries(plain).map(([name, work]) => [name, async (...given: readonly unknown[]) => work(...given)]),
  );
  const sync = Object.fromEntries(Object.entries(plain).map(([name, work]) => [`${name}Sync`, work]));
  return { fs: { ...sync, existsSync: (path: unknown) => isThere(files, path), promises, constants }, promises };
}

/** As in Node, never throws: what may not be read is not there. */
function isThere(files: StagedFiles, path: unknown): boolean {
  try {
    return files.kindOf(String(path)) !== undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

const constants = { F_OK: 0, X_OK: 1, W_OK: 2, R_OK: 4 };

function reading(files: StagedFiles): Functions {
  const known = (path: unknown, what: string): 'file' | 'folder' => {
    const kind = files.kindOf(files.readable(path));
    if (kind === undefined) throw fileError('ENOENT', String(path), `no such file or directory, ${what}`);
    return kind;
  };
  const stat = (path: unknown): unknown => statOf(files, String(path), known(path, 'stat'));
  return {
    readFile(path, options) {
      if (known(path, 'open') === 'folder') throw fileError('EISDIR', String(path), 'illegal operation on a directory');
      const text = files.read(files.readable(path)) ?? '';
      return encodingOf(options) === undefined ? Buffer.from(text, 'utf8') : text;
    },
    access: (path) => void known(path, 'access'),
    stat,
    lstat: stat,
    realpath: (path) => files.readable(path),
    readdir(path, options) {
      const names = files.names(files.readable(path));
      if (names === undefined) throw fileError('ENOENT', String(path), 'no such file or directory, scandir');
      if (!isObject(options) || options.withFileTypes !== true) return [...names];
      return names.map((name) => entryOf(files, files.readable(path), name));
    },
  };
}

function writing(files: StagedFiles): Functions {
  const textAt = (path: unknown): string => {
    const text = files.read(files.readable(path));
    if (text === undefined) throw fileError('ENOENT', String(path), 'no such file or directory, open');
    return text;
  };
  return {
    writeFile: (path, data) => files.write(String(path), textOf(data)),
    appendFile: (path, data) => files.write(String(path), (files.read(files.readable(path)) ?? '') + textOf(data)),
    copyFile: (from, to) => files.write(String(to), textAt(from)),
    rename(from, to) {
      files.write(String(to), textAt(from));
      files.remove(String(from));
    },
    unlink(path) {
      textAt(path);
      files.remove(String(path));
    },
    /** A folder is there as soon as a file is in it: git knows no empty ones. */
    mkdir: () => undefined,
    rm(path, options) {
      removeBelow(files, files.readable(path), isObject(options) && options.force === true);
    },
  };
}

function removeBelow(files: StagedFiles, path: string, isForced: boolean): void {
  const kind = files.kindOf(path);
  if (kind === undefined && !isForced) throw fileError('ENOENT', path, 'no such file or directory, rm');
  if (kind === 'file') files.remove(path);
  if (kind !== 'folder') return;
  for (const name of files.names(path) ?? []) removeBelow(files, path + sep + name, true);
}

function entryOf(files: StagedFiles, folder: string, name: string) {
  const kind = files.kindOf(folder + sep + name);
  return { ...kindTests(kind ?? 'file'), name, parentPath: folder, path: folder };
}

function statOf(files: StagedFiles, path: string, kind: 'file' | 'folder'): unknown {
  const size = kind === 'file' ? Buffer.byteLength(files.read(path) ?? '') : 0;
  return { ...kindTests(kind), size };
}

function kindTests(kind: 'file' | 'folder') {
  return { isFile: () => kind === 'file', isDirectory: () => kind === 'folder', isSymbolicLink: () => false };
}

function encodingOf(options: unknown): string | undefined {
  if (typeof options === 'string') return options;
  return isObject(options) && typeof options.encoding === 'string' ? options.encoding : undefined;
}

function textOf(data: unknown): string {
  return data instanceof Uint8Array ? Buffer.from(data).toString('utf8') : String(data);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
