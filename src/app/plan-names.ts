import { join, resolve } from 'node:path';
import { isFailure } from '#core/error';
import { planFileName, readPlan } from '#run/plan-file';
import { migrationsFolder, planIds, shownFolder } from './plan-folder.ts';
import type { Surroundings } from './verb.ts';

type Place = Pick<Surroundings, 'cwd' | 'config'>;

/**
 * How plans are named on the command line, by their ids: the name that the user gave, else the folder as seen from the
 * working folder. A plan that is in no folder is left out; its id names it, where it has a run.
 */
export async function planNames(
  ids: readonly string[],
  named: string | undefined,
  place: Place,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const given = named === undefined || ids.length === 0 ? undefined : await idOf(named, place);
  if (named !== undefined && given !== undefined) names.set(given, named);
  for (const id of ids) {
    const dir = names.has(id) ? undefined : await folderWith(id, place);
    if (dir !== undefined) names.set(id, shownFolder(dir, place));
  }
  return names;
}

async function idOf(named: string, { cwd }: Place): Promise<string | undefined> {
  const path = resolve(cwd, named);
  return (await idIn(path)) ?? (named.endsWith(planFileName) ? await idIn(resolve(path, '..')) : undefined);
}

/** Most folders bear the id of their plan; only for another one are all looked through. */
async function folderWith(id: string, place: Place): Promise<string | undefined> {
  const folder = migrationsFolder(place);
  const others = (await planIds(place)).filter((name) => name !== id);
  for (const name of [id, ...others]) {
    if ((await idIn(join(folder, name))) === id) return join(folder, name);
  }
  return undefined;
}

/** What cannot be read has no name; the verb that wants it says why. */
async function idIn(dir: string): Promise<string | undefined> {
  try {
    return (await readPlan(dir)).id;
  } catch (error) {
    if (isFailure(error, 'plan-unreadable') || isFailure(error, 'plan-edited')) return undefined;
    throw error;
  }
}
