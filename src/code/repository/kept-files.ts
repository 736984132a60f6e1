import { constants } from 'node:fs';
import { chmod, copyFile, lstat, mkdir, readFile, readlink, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { jsonOf } from '../text/read-data.ts';
import { keepText, readIfThere } from '../tree/tree.ts';

const listSchema = z.array(z.string());
const listName = 'files.json';

/**
 * Keeps files of a tree byte for byte in a folder outside it, with their mode; symbolic links as such. The list of them is
 * written last, so that what was kept half counts as nothing. Again is fine: then what was kept first stays.
 */
export async function keepFiles(root: string, paths: readonly string[], folder: string): Promise<void> {
  if ((await keptFiles(folder)) !== undefined) return;
  for (const path of paths) await copy(join(root, path), join(folder, 'files', path));
  await keepText(join(folder, listName), JSON.stringify(paths));
}

/** Paths of what is kept in a folder; undefined where nothing was kept to the end. */
export async function keptFiles(folder: string): Promise<readonly string[] | undefined> {
  const text = await readIfThere(join(folder, listName));
  return text === undefined ? undefined : listSchema.parse(jsonOf(text));
}

/** Brings kept files back where they are not so any more. Resolves with the paths that were written. */
export async function restoreFiles(root: string, folder: string): Promise<readonly string[]> {
  const written: string[] = [];
  for (const path of (await keptFiles(folder)) ?? []) {
    const [kept, here] = [join(folder, 'files', path), join(root, path)];
    if (await isSame(kept, here)) continue;
    await rm(here, { recursive: true, force: true });
    await copy(kept, here);
    written.push(path);
  }
  return written;
}

/** Brings kept files back that are gone. Resolves with those that were written, and those that are there and not as they were. */
export async function restoreGone(
  root: string,
  folder: string,
): Promise<{ readonly written: readonly string[]; readonly changed: readonly string[] }> {
  const written: string[] = [];
  const changed: string[] = [];
  for (const path of (await keptFiles(folder)) ?? []) {
    const [kept, here] = [join(folder, 'files', path), join(root, path)];
    if (await isSame(kept, here)) continue;
    if ((await lstat(here).catch(() => undefined)) !== undefined || !(await isOpen(root, path))) changed.push(path);
    else {
      await copy(kept, here);
      written.push(path);
    }
  }
  return { written, changed };
}

/** True where nothing but folders, or nothing at all, stands on the way to a path: no link that leads elsewhere. */
async function isOpen(root: string, path: string): Promise<boolean> {
  const parts = path.split('/');
  for (const count of parts.keys()) {
    const found = count === 0 ? undefined : await lstat(join(root, ...parts.slice(0, count))).catch(() => undefined);
    if (found !== undefined && !found.isDirectory()) return false;
  }
  return true;
}

async function copy(from: string, to: string): Promise<void> {
  const found = await lstat(from);
  await mkdir(dirname(to), { recursive: true });
  await rm(to, { force: true });
  if (found.isSymbolicLink()) return symlink(await readlink(from), to);
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  await chmod(to, found.mode);
}

async function isSame(one: string, other: string): Promise<boolean> {
  const [a, b] = [await lstat(one), await lstat(other).catch(() => undefined)];
  if (b === undefined || a.mode !== b.mode || a.size !== b.size) return false;
  if (a.isSymbolicLink()) return (await readlink(one)) === (await readlink(other));
  return (await readFile(one)).equals(await readFile(other));
}
