import { join, resolve } from 'node:path';
import { isFailure } from '#core/error';
import { planFileName, readPlan } from '#run/plan-file';
import { migrationsFolder, planIds, shownFolder } from './plan-folder.ts';
import type { Surroundings } from './verb.ts';

/**
 * How the plans that are here are named on the command line, by their ids: the name that the user gave, else the folder
 * as seen from the working folder. A plan that is in no folder is not in it; its id names it, where it has a run.
 */
export async function planNames(
  named: string | undefined,
  place: Pick<Surroundings, 'cwd' | 'config'>,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const id of await planIds(place)) {
    const dir = join(migrationsFolder(place), id);
    const plan = await idIn(dir);
    if (plan !== undefined) names.set(plan, shownFolder(dir, place));
  }
  if (named === undefined) return names;
  const path = resolve(place.cwd, named);
  const plan = (await idIn(path)) ?? (named.endsWith(planFileName) ? await idIn(resolve(path, '..')) : undefined);
  if (plan !== undefined) names.set(plan, named);
  return names;
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
