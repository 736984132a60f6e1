import {
  chmod,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, posix, sep } from 'node:path';
import * as z from 'zod';
import { fail } from '#core/error';
import { isLockFile } from '../install/files-changed.ts';
import type { FileChange } from '../text/file-change.ts';
import { jsonOf } from '../text/read-data.ts';
import { folderPath } from '../text/search-text.ts';

const pendingSchema = z.object({
  moves: z.array(z.object({ from: z.string(), to: z.string() })),
  changes: z.array(
    z
      .object({ path: z.string(), before: z.string().optional(), after: z.string().optional() })
      .transform(({ path, before, after }): FileChange => ({ path, before, after })),
  ),
});

/** Files that go elsewhere as they are, and changes after that: the path of a changed file that moves is the new one. */
export type TreeChange = {
  readonly moves: readonly { readonly from: string; readonly to: string }[];
  readonly changes: readonly FileChange[];
};
const pendingName = 'pending.json';

/**
 * Writes changes into a tree, all or none. First every file is looked at: one that is not as the change has read it, a
 * symbolic link, or a path that leaves the tree, and nothing is written. Then the changes are kept in `journalDir` (outside
 * the tree), synced, and the files take their place one by one, each whole; after a crash `finishChanges` does the rest.
 * What was written stays known there until `settleChanges`. Throws `drift` and `bad-input`.
 */
export async function writeChanges(root: string, changes: readonly FileChange[], journalDir: string): Promise<void> {
  await writeMoves(root, { moves: [], changes }, journalDir);
}

/** The same with files that move first, with all that the file system knows of them. A place that is taken is refused. */
export async function writeMoves(root: string, { moves, changes }: TreeChange, journalDir: string): Promise<void> {
  const real = changes.filter(({ before, after }) => before !== after);
  if (real.length + moves.length === 0) return;
  const origins = new Map(moves.map(({ from, to }) => [to, from]));
  for (const { from, to } of moves) {
    await checkPlace(root, from);
    await checkPlace(root, to);
    if (await isThere(root, to)) throw occupied(from, to);
    if (!(await isThere(root, from))) throw changedMeanwhile(from);
  }
  for (const change of real) await checkChange(root, change, origins.get(change.path) ?? change.path);
  await mkdir(journalDir, { recursive: true });
  const file = join(journalDir, pendingName);
  await writeSynced(`${file}.new`, JSON.stringify({ moves, changes: real }));
  await rename(`${file}.new`, file);
  await finishChanges(root, journalDir);
}

/**
 * Goes on where a crash left `writeChanges`; again is fine. Resolves with the paths of what is written and not settled. Throws
 * `drift` where a file was changed by somebody else meanwhile: then nothing of it is touched.
 */
export async function finishChanges(root: string, journalDir: string): Promise<readonly string[]> {
  const { moves, changes } = await pendingChanges(journalDir);
  const open = [];
  for (const move of moves) {
    const isOpen = await isThere(root, move.from);
    if (isOpen === (await isThere(root, move.to))) throw changedMeanwhile(move.to);
    if (isOpen) open.push(move);
  }
  const origins = new Map(open.map(({ from, to }) => [to, from]));
  const unwritten: FileChange[] = [];
  const others: FileChange[] = [];
  for (const change of changes) {
    const { path, before, after } = change;
    const now = await readIfThere(join(root, origins.get(path) ?? path));
    if (now !== before && now !== after) others.push(change);
    else if (now !== after || origins.has(path)) unwritten.push(change);
  }
  // Once all is written a package manager may have been at work, and lock files are its own.
  const foreign = others.find(({ path }) => unwritten.length + open.length > 0 || !isLockFile(path));
  if (foreign !== undefined) throw changedMeanwhile(foreign.path);
  for (const move of open) await moveOne(root, move);
  for (const change of unwritten) await writeOne(root, change);
  return [...moves.flatMap(({ from, to }) => [from, to]), ...changes.map(({ path }) => path)];
}

/** What was written, or was to be, and is not settled. */
export async function pendingChanges(journalDir: string): Promise<TreeChange> {
  const text = await readIfThere(join(journalDir, pendingName));
  return text === undefined ? { moves: [], changes: [] } : pendingSchema.parse(jsonOf(text));
}

/** Takes back what was written where git does not bring it back, and drafts; again is fine. `isTracked` speaks of before. */
export async function putBack(
  root: string,
  { moves, changes }: TreeChange,
  isTracked: (path: string) => boolean,
): Promise<void> {
  const origins = new Map(moves.map(({ from, to }) => [to, from]));
  for (const { path } of changes) await rm(draftOf(root, path), { force: true });
  for (const { from, to } of moves) {
    if (!isTracked(from) && (await isThere(root, to))) await moveOne(root, { from: to, to: from });
    else if (!isTracked(to)) await writeOne(root, { path: to, before: undefined, after: undefined });
  }
  for (const { path, before } of changes) {
    const origin = origins.get(path) ?? path;
    if (isTracked(origin)) continue;
    const isAsBefore = before !== undefined && (await readIfThere(join(root, origin))) === before;
    if (!isAsBefore) await writeOne(root, { path: origin, before: undefined, after: before });
  }
}

/** Forgets what was written: it is committed, or taken back. */
export async function settleChanges(journalDir: string): Promise<void> {
  await rm(join(journalDir, pendingName), { force: true });
}

/** Puts a text into a file outside the tree, whole or not at all, synced before it counts. */
export async function keepText(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeSynced(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

/** Puts a program into a file outside the tree, which may be started. */
export async function keepProgram(file: string, text: string): Promise<void> {
  await keepText(file, text);
  await chmod(file, 0o755);
}

/** Makes a folder outside the tree that is there and empty. */
export async function emptyFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
  await mkdir(path, { recursive: true });
}

/** Forgets what was kept. */
export async function forgetKept(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
}

/** Takes away what a package manager laid into a folder where a package was, and the folder with those above it where they hold nothing then. */
export async function forgetModules(root: string, folder: string): Promise<void> {
  await checkPlace(root, `${folder}/package.json`);
  await forgetKept(join(root, folder, 'node_modules'));
  for (let path = folder; path !== '.'; path = folderPath(path)) {
    const names = await readdir(join(root, path)).catch(whenGone);
    if (names === undefined) continue;
    if (names.length > 0) return;
    await rmdir(join(root, path));
  }
}

function whenGone(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}

/** `at` is where the file still stands. */
async function checkChange(root: string, { path, before }: FileChange, at: string): Promise<void> {
  await checkPlace(root, path);
  await checkPlace(root, at);
  if ((await readIfThere(join(root, at))) !== before) throw changedMeanwhile(path);
}

async function checkPlace(root: string, path: string): Promise<void> {
  const parts = path.split('/');
  if (path === '' || posix.isAbsolute(path) || parts.includes('..') || parts.includes('.git')) throw outside(path);
  const file = join(root, path);
  const folder = await nearestFolder(root, dirname(file));
  const top = await realpath(root);
  const real = await realpath(folder);
  if (real !== top && !real.startsWith(`${top}${sep}`)) throw outside(path);
  const found = await lstat(file).catch(() => undefined);
  if (found !== undefined && !found.isFile()) throw notAFile(path);
}

async function isThere(root: string, path: string): Promise<boolean> {
  return (await lstat(join(root, path)).catch(() => undefined)) !== undefined;
}

async function nearestFolder(root: string, folder: string): Promise<string> {
  for (let here = folder; here.length > root.length; here = dirname(here)) {
    if ((await lstat(here).catch(() => undefined)) !== undefined) return here;
  }
  return root;
}

async function moveOne(root: string, { from, to }: TreeChange['moves'][number]): Promise<void> {
  await mkdir(dirname(join(root, to)), { recursive: true });
  await rename(join(root, from), join(root, to));
  await removeEmptyFolders(root, dirname(join(root, from)));
}

async function writeOne(root: string, { path, after }: FileChange): Promise<void> {
  const file = join(root, path);
  if (after === undefined) {
    await rm(file, { force: true });
    await removeEmptyFolders(root, dirname(file));
    return;
  }
  await mkdir(dirname(file), { recursive: true });
  const mode = await stat(file).then(
    (found) => found.mode,
    () => undefined,
  );
  const draft = draftOf(root, path);
  await writeFile(draft, after);
  if (mode !== undefined) await chmod(draft, mode);
  await rename(draft, file);
}

function draftOf(root: string, path: string): string {
  return join(root, dirname(path), `.${path.slice(path.lastIndexOf('/') + 1)}.godwit-new`);
}

/** Git knows no empty folders: one that was emptied would be the only trace of a file that has gone. */
async function removeEmptyFolders(root: string, folder: string): Promise<void> {
  for (let here = folder; here.length > root.length; here = dirname(here)) {
    try {
      await rmdir(here);
    } catch {
      return;
    }
  }
}

async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Text of a file, its byte order mark included; undefined where it is not there. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw error;
  }
}

function changedMeanwhile(path: string) {
  return fail('drift', {
    what: `${path} was not written.`,
    why: 'It was changed by somebody else after godwit had read it; no file was touched.',
    next: 'Let whoever changes it finish (an editor, a watcher, a formatter), then run the same command again.',
  });
}

function occupied(from: string, to: string) {
  return fail('drift', {
    what: `${from} did not go to ${to}.`,
    why: 'Something stands there that did not when the plan was made; no file was touched.',
    next: 'Move what stands there elsewhere, then run the same command again.',
  });
}

function outside(path: string) {
  return fail('bad-input', {
    what: `${path} was not written.`,
    why: 'The path leads out of the working tree, or into .git; no file was touched.',
    next: 'Mend the recipe that wants to write there.',
  });
}

function notAFile(path: string) {
  return fail('bad-input', {
    what: `${path} was not written.`,
    why: 'It is a symbolic link or a folder; godwit writes plain files only. No file was touched.',
    next: 'Change the file itself, or exclude this path from the recipe.',
  });
}
