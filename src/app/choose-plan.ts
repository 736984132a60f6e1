import { join } from 'node:path';
import type { Domain } from '#core/domain';
import { fail, isFailure } from '#core/error';
import { statusOf } from '#run/control';
import { readPlan } from '#run/plan-file';
import { type FoundPlan, findPlan, migrationsFolder, planIds } from './plan-folder.ts';
import type { Surroundings } from './verb.ts';

type Choice = { readonly surroundings: Surroundings; readonly domain: Domain };

/** The plan to apply: the one that is named, else the only one that is not done on this target. Throws `bad-input`. */
export async function planToApply(argument: string | undefined, choice: Choice): Promise<FoundPlan> {
  if (argument !== undefined) return findPlan(argument, choice.surroundings);
  const unfinished: FoundPlan[] = [];
  for (const found of await allPlans(choice.surroundings)) {
    const status = await statusOf({ plan: found.plan, domain: choice.domain });
    if (status?.state.state !== 'done') unfinished.push(found);
  }
  const [only] = unfinished;
  if (only !== undefined && unfinished.length === 1) return only;
  const folder = migrationsFolder(choice.surroundings);
  throw fail('bad-input', {
    what: 'No plan was named.',
    why:
      only === undefined
        ? `There is none in ${folder} that is not done on this target.`
        : `${unfinished.length} in ${folder} are not done: ${idsOf(unfinished)}.`,
    next: only === undefined ? 'Make one with `godwit plan "ALTER TABLE …"`.' : 'Name the folder of the one you mean.',
  });
}

/** The plan that is meant: the one that is named, else that of the newest run on this target. Throws `no-run`. */
export async function planOfRun(argument: string | undefined, choice: Choice): Promise<FoundPlan> {
  if (argument !== undefined) return findPlan(argument, choice.surroundings);
  const [newest] = await choice.domain.journal.runs();
  if (newest === undefined) {
    throw fail('no-run', {
      what: 'There is no run on this target.',
      why: 'godwit has never applied a plan here.',
      next: 'Look whether this is the target that you mean, or name a plan to `godwit apply`.',
    });
  }
  const found = await planByHash(newest.planHash, choice.surroundings);
  if (found !== undefined) return found;
  throw fail('bad-input', {
    what: `The plan of the newest run is not here: ${newest.planId}.`,
    why: `No folder in ${migrationsFolder(choice.surroundings)} holds the plan ${newest.planHash.slice(0, 8)}.`,
    next: 'Go to the folder that holds it, or name the plan.',
  });
}

/** A broken plan in another folder is not in the way of this one. */
async function planByHash(hash: string, surroundings: Surroundings): Promise<FoundPlan | undefined> {
  for (const id of await planIds(surroundings)) {
    const dir = join(migrationsFolder(surroundings), id);
    try {
      const plan = await readPlan(dir);
      if (plan.planHash === hash) return { dir, plan };
    } catch (error) {
      if (!isFailure(error, 'plan-unreadable') && !isFailure(error, 'plan-edited')) throw error;
    }
  }
  return undefined;
}

async function allPlans(surroundings: Surroundings): Promise<readonly FoundPlan[]> {
  const folder = migrationsFolder(surroundings);
  const found: FoundPlan[] = [];
  for (const id of await planIds(surroundings))
    found.push({ dir: join(folder, id), plan: await readPlan(join(folder, id)) });
  return found;
}

function idsOf(found: readonly FoundPlan[]): string {
  const shown = found.slice(0, 10).map(({ plan }) => plan.id);
  return found.length > shown.length ? `${shown.join(', ')} and ${found.length - shown.length} more` : shown.join(', ');
}
