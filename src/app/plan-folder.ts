import { lstat, readdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { fail } from '#core/error';
import type { Plan } from '#core/plan';
import { planFileName, readPlan } from '#run/plan-file';
import type { Surroundings } from './verb.ts';

/**
 * A plan with the folder it stands in: the one that it would stand in, where only the target's journal has it. `notes`
 * say which of the two is used, where that is not plain.
 */
export type FoundPlan = { readonly dir: string; readonly plan: Plan; readonly notes: readonly string[] };

type Place = Pick<Surroundings, 'cwd' | 'config' | 'mayRead'>;

/**
 * The plan that an argument means: its folder, its plan.json, or its id below the migrations folder. Without an
 * argument the only plan there is. Throws `plan-unreadable`, `plan-edited` or `bad-input`, also for a folder that leads out
 * of what may be seen.
 */
export async function findPlan(argument: string | undefined, place: Place): Promise<FoundPlan> {
  const dir = argument === undefined ? await onlyPlan(place) : await folderOf(argument, place);
  await checkPlanFolder(dir, place);
  return { dir, plan: await readPlan(dir), notes: [] };
}

/**
 * Throws `bad-input` where a plan's folder or a link in it leads out of what whoever asks may see: it would be read and
 * written through. Nothing is refused to a person at a terminal, who may see all.
 */
export async function checkPlanFolder(dir: string, place: Place): Promise<void> {
  const way = await wayOut(dir, place);
  if (way !== undefined) throw leadsOut(shownFolder(way, place));
}

async function wayOut(dir: string, { mayRead }: Place): Promise<string | undefined> {
  if (mayRead === undefined) return undefined;
  if (!mayRead(dir)) return dir;
  if (!(await isFolder(dir))) return undefined;
  for (const name of await readdir(dir)) {
    const path = join(dir, name);
    if ((await lstat(path)).isSymbolicLink() && !mayRead(path)) return path;
  }
  return undefined;
}

/** A plan's folder as the user would name it: relative where it lies below the working folder. */
export function shownFolder(dir: string, { cwd }: Pick<Place, 'cwd'>): string {
  const path = relative(cwd, dir);
  return path === '' ? '.' : path.startsWith('..') ? dir : path;
}

/** Folder below which plans stand. */
export function migrationsFolder({ cwd, config }: Place): string {
  return resolve(cwd, config.migrations);
}

/** Ids of the plans below the migrations folder, sorted. */
export async function planIds(place: Place): Promise<readonly string[]> {
  const folder = migrationsFolder(place);
  if (place.mayRead?.(folder) === false) throw leadsOut(shownFolder(folder, place));
  if (!(await isFolder(folder))) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  const ids: string[] = [];
  for (const entry of entries) {
    const dir = join(folder, entry.name);
    const isPlan = entry.isDirectory() && (await isFile(join(dir, planFileName)));
    if (isPlan && (await wayOut(dir, place)) === undefined) ids.push(entry.name);
  }
  return ids.sort();
}

async function folderOf(argument: string, place: Place): Promise<string> {
  const path = resolve(place.cwd, argument);
  if (basename(path) === planFileName) return resolve(path, '..');
  if (await isFolder(path)) return path;
  // Messages name `migrations/<id>`, whatever the folder is called in the configuration.
  const byId = join(migrationsFolder(place), basename(argument));
  return (await isFolder(byId)) ? byId : path;
}

async function onlyPlan(place: Place): Promise<string> {
  const ids = await planIds(place);
  const [only] = ids;
  if (only !== undefined && ids.length === 1) return join(migrationsFolder(place), only);
  throw fail('bad-input', {
    what: 'No plan was named.',
    why:
      ids.length === 0
        ? `There is none in ${migrationsFolder(place)}.`
        : `There are ${ids.length} in ${migrationsFolder(place)}: ${ids.slice(0, 10).join(', ')}.`,
    next:
      ids.length === 0
        ? 'Make one with `godwit plan "ALTER TABLE …"`, or for a working tree `godwit plan --upgrade PACKAGE`.'
        : 'Name the folder of the one you mean.',
  });
}

function leadsOut(path: string): Error {
  return fail('bad-input', {
    what: `${path} leads out of the folder that is served, or to a file that holds credentials.`,
    why: 'A plan is read and written in its own folder only: through a link other files would be.',
    next: 'Have a person look at the link, and remove it or put the folder itself in its place.',
  });
}

async function isFolder(path: string): Promise<boolean> {
  return (await kindOf(path)) === 'folder';
}

async function isFile(path: string): Promise<boolean> {
  return (await kindOf(path)) === 'file';
}

async function kindOf(path: string): Promise<'file' | 'folder' | undefined> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw error;
  }
}
