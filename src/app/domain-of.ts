import { basename } from 'node:path';
import type { Domain } from '#core/domain';
import { fail, isFailure } from '#core/error';
import type { Plan } from '#core/plan';
import { readPlan } from '#run/plan-file';
import type { Target } from '#run/target';
import { type OpenDatabase, withDomain } from './domains.ts';
import { openTree } from './open-tree.ts';
import { findPlan, migrationsFolder, planIds, shownFolder } from './plan-folder.ts';
import { type DatabaseTarget, hasTarget } from './target.ts';
import type { Surroundings } from './verb.ts';

/** A domain that was opened for a plan, with the target's name and class; the database only where it is one. */
export type OpenDomain = {
  readonly domain: Domain;
  readonly target: Target & Pick<DatabaseTarget, 'backup'>;
  readonly database?: OpenDatabase;
};

const treeTarget: OpenDomain['target'] = { name: 'this working tree', class: 'development', backup: undefined };

/**
 * Opens the domain that a plan is for and closes it: that of the named plan; without a name that of the plans that are
 * here. Throws `bad-input` where plans of both kinds could be meant, `plan-unreadable` or `plan-edited` where neither a folder
 * nor a journal has the named plan, and what opening throws.
 */
export async function withDomainOf<T>(
  argument: string | undefined,
  surroundings: Surroundings,
  work: (opened: OpenDomain) => Promise<T>,
): Promise<T> {
  if (!(await isForTree(argument, surroundings))) {
    const isAny = argument !== undefined || hasTarget(surroundings) || (await planIds(surroundings)).length > 0;
    if (!isAny) throw nothingHere(surroundings);
    return withDomain(surroundings, (database) => work({ ...database, database }));
  }
  const { domain } = await openTree(surroundings.cwd, surroundings);
  try {
    return await work({ domain, target: treeTarget });
  } finally {
    await domain.close();
  }
}

/** True where the domain of a plan can be opened: a working tree always, a database where one is named. */
export async function hasDomain(argument: string | undefined, surroundings: Surroundings): Promise<boolean> {
  return hasTarget(surroundings) || isForTree(argument, surroundings);
}

/** True where the plan that is meant is one for the working tree. Throws as `withDomainOf`. */
export async function isForTree(argument: string | undefined, surroundings: Surroundings): Promise<boolean> {
  if (argument !== undefined) return isNamedForTree(argument, surroundings);
  const plans = await readablePlans(surroundings);
  const forTree = plans.filter(isTreePlan);
  const isAny = plans.length > 0 ? forTree.length > 0 : !hasTarget(surroundings) && (await knowsRuns(surroundings));
  if (!isAny || forTree.length === plans.length) return isAny;
  if (!hasTarget(surroundings)) return true;
  throw severalDomains(plans);
}

async function isNamedForTree(argument: string, surroundings: Surroundings): Promise<boolean> {
  try {
    return isTreePlan((await findPlan(argument, surroundings)).plan);
  } catch (error) {
    if (!isFailure(error, 'plan-unreadable') && !isFailure(error, 'plan-edited')) throw error;
    if (await knowsRuns(surroundings, basename(argument))) return true;
    // Without a database nobody else can know the plan: what is wrong is its name, and no database has to be named for that.
    if (!hasTarget(surroundings)) throw error;
    return false;
  }
}

/** True where the git directory of this folder has a journal with runs, of the given plan or run where one is named. */
async function knowsRuns(surroundings: Surroundings, name?: string): Promise<boolean> {
  try {
    const { domain } = await openTree(surroundings.cwd, surroundings);
    const runs = await domain.journal.runs();
    return name === undefined ? runs.length > 0 : runs.some(({ runId, planId }) => [runId, planId].includes(name));
  } catch (error) {
    if (isFailure(error, 'no-repository') || isFailure(error, 'git-failed')) return false;
    throw error;
  }
}

function isTreePlan({ origin }: Plan): boolean {
  return origin.kind === 'working-tree';
}

async function readablePlans(surroundings: Surroundings): Promise<readonly Plan[]> {
  const plans: Plan[] = [];
  for (const id of await planIds(surroundings)) {
    try {
      plans.push(await readPlan(`${migrationsFolder(surroundings)}/${id}`));
    } catch (error) {
      if (!isFailure(error, 'plan-unreadable') && !isFailure(error, 'plan-edited')) throw error;
    }
  }
  return plans;
}

function nothingHere(surroundings: Surroundings) {
  return fail('no-target', {
    what: 'There is no plan to work on.',
    why: `There is none in ${shownFolder(migrationsFolder(surroundings), surroundings)}, no run in this working tree, and no database was named whose journal may know one.`,
    next: 'Make one with `godwit plan`, or name the database with --db, --target or DATABASE_URL.',
  });
}

function severalDomains(plans: readonly Plan[]) {
  return fail('bad-input', {
    what: 'No plan was named.',
    why: `There are plans for the database and for the working tree: ${plans
      .slice(0, 10)
      .map(({ id }) => id)
      .join(', ')}.`,
    next: 'Name the one you mean.',
  });
}
