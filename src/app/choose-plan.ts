import { basename, join } from 'node:path';
import type { Domain, RunRecord } from '#core/domain';
import { type Failure, fail, isFailure } from '#core/error';
import { isOver, type LatestRun, latestRuns } from '#run/choose-run';
import { keptPlan } from '#run/kept-plan';
import { planFileName, readPlan } from '#run/plan-file';
import { withDomain } from './domains.ts';
import { checkPlanFolder, type FoundPlan, findPlan, migrationsFolder, planIds, shownFolder } from './plan-folder.ts';
import { hasTarget } from './target.ts';
import type { Surroundings } from './verb.ts';

type Choice = { readonly surroundings: Surroundings; readonly domain: Domain };

/**
 * The plan to apply: the one that is named, else the only one that is not done on this target, whether its folder is
 * here or the target's journal alone knows it. One that was taken back is applied again only by name. Throws `bad-input`,
 * and `wrong-state` where nothing is left but plans that were taken back.
 */
export async function planToApply(argument: string | undefined, choice: Choice): Promise<FoundPlan> {
  if (argument !== undefined) return namedPlan(argument, choice);
  const runs = await latestRuns(choice);
  const stateOf = (hash: string) => runs.find(({ record }) => record.planHash === hash)?.state;
  const folders = await readablePlans(choice.surroundings);
  const here = folders.filter(({ plan }) => !isOver(stateOf(plan.planHash) ?? 'running'));
  const elsewhere = runs.filter(
    ({ record, state }) => !isOver(state) && !here.some(({ plan }) => plan.planHash === record.planHash),
  );
  const [folder] = here;
  const [run] = elsewhere;
  if (here.length + elsewhere.length === 1) {
    if (folder !== undefined) return folder;
    if (run !== undefined) return planOfRecord(run.record, choice);
  }
  const takenBack = folders.filter(({ plan }) => stateOf(plan.planHash) === 'rolled-back');
  if (here.length + elsewhere.length === 0 && takenBack.length > 0) throw onlyTakenBack(takenBack);
  const ids = [...here.map(({ plan }) => plan.id), ...elsewhere.map(({ record }) => record.planId)];
  throw noneNamed(ids, migrationsFolder(choice.surroundings));
}

/**
 * The plan that is meant: the one that is named by its folder, its id or the id of a run; else that of the only run
 * which is not over; else that of the newest run. Throws `no-run`, and `bad-input` where several could be meant.
 */
export async function planOfRun(argument: string | undefined, choice: Choice): Promise<FoundPlan> {
  if (argument !== undefined) return namedPlan(argument, choice);
  const runs = await latestRuns(choice);
  const [newest] = runs;
  if (newest === undefined) throw neverRun();
  // One that was finished after another was begun may be meant as well as the one that is open.
  const meant = runs.filter(({ record, state }) => !isOver(state) || (record === newest.record && state === 'done'));
  const [only] = meant;
  if (meant.length > 1) throw severalMeant(meant);
  return planOfRecord((only ?? newest).record, choice);
}

/** Says which plan is used, where that is not plain, before anything is done with it. */
export function tellSource({ notes }: FoundPlan, { on }: Pick<Surroundings, 'on'>): void {
  for (const message of notes) on({ kind: 'notice', message });
}

/** The plan in its folder, without asking the target where that is enough; else as `planOfRun` finds it. */
export async function planAnywhere(argument: string | undefined, surroundings: Surroundings): Promise<FoundPlan> {
  try {
    return await findPlan(argument, surroundings);
  } catch (error) {
    if (argument === undefined || !isUnusable(error) || !hasTarget(surroundings)) throw error;
    return withDomain(surroundings, ({ domain }) => namedPlan(argument, { surroundings, domain }));
  }
}

/** The plan in its folder, or the one that the target's journal keeps where the folder is lost or was edited. */
async function namedPlan(argument: string, choice: Choice): Promise<FoundPlan> {
  const records = await choice.domain.journal.runs();
  const name = nameIn(argument);
  try {
    const found = await findPlan(argument, choice.surroundings);
    const other = records.find(({ planId, planHash }) => planId === name && planHash !== found.plan.planHash);
    return other === undefined ? found : await planOfRecord(other, choice);
  } catch (error) {
    if (!isUnusable(error)) throw error;
    const record = records.find((one) => [one.runId, one.planId, one.planHash].includes(name));
    if (record === undefined) throw records.length === 0 ? error : notHere(error, records);
    return planOfRecord(record, choice);
  }
}

async function planOfRecord(record: RunRecord, choice: Choice): Promise<FoundPlan> {
  const { surroundings } = choice;
  const folder = await folderWith(record, surroundings);
  if (folder.kind === 'found') return folder.found;
  const plan = await keptPlan(choice, record);
  if (plan === undefined) throw folder.error ?? notKept(record, surroundings);
  const used = `the plan that the journal keeps of run ${record.runId} is used (hash ${plan.planHash.slice(0, 8)}).`;
  const dir = join(migrationsFolder(surroundings), plan.id);
  await checkPlanFolder(dir, surroundings);
  const why =
    folder.error === undefined
      ? `There is no folder of the plan ${plan.id} here`
      : `${folder.error.explanation.what.replace(/\.$/, '')}, or holds another plan`;
  return { dir, plan, notes: [`${why}; ${used}`] };
}

type Looked =
  | { readonly kind: 'found'; readonly found: FoundPlan }
  /** `error` says what is wrong with the folder that bears the id of the plan. */
  | { readonly kind: 'missing'; readonly error: Failure | undefined };

/** A broken plan in another folder is not in the way of this one. */
async function folderWith({ planId, planHash }: RunRecord, surroundings: Surroundings): Promise<Looked> {
  let error: Failure | undefined;
  for (const id of await planIds(surroundings)) {
    const dir = join(migrationsFolder(surroundings), id);
    try {
      const plan = await readPlan(dir);
      if (plan.planHash === planHash) return { kind: 'found', found: { dir, plan, notes: [] } };
      if (id === planId) error = anotherPlan(shownFolder(dir, surroundings));
    } catch (caught) {
      if (!isUnusable(caught)) throw caught;
      if (id === planId) error = caught;
    }
  }
  return { kind: 'missing', error };
}

async function readablePlans(surroundings: Surroundings): Promise<readonly FoundPlan[]> {
  const found: FoundPlan[] = [];
  for (const id of await planIds(surroundings)) {
    const dir = join(migrationsFolder(surroundings), id);
    try {
      found.push({ dir, plan: await readPlan(dir), notes: [] });
    } catch (error) {
      if (!isUnusable(error)) throw error;
    }
  }
  return found;
}

/** Name of a plan or run at the end of a path, which may name the file itself. */
function nameIn(argument: string): string {
  const name = basename(argument);
  return name === planFileName ? basename(join(argument, '..')) : name;
}

function isUnusable(error: unknown): error is Failure {
  return isFailure(error, 'plan-unreadable') || isFailure(error, 'plan-edited');
}

function neverRun(): Failure {
  return fail('no-run', {
    what: 'There is no run on this target.',
    why: 'godwit has never applied a plan here.',
    next: 'Look whether this is the target that you mean, or name a plan: `godwit apply migrations/<id>`.',
  });
}

function noneNamed(ids: readonly string[], folder: string): Failure {
  return fail('bad-input', {
    what: 'No plan was named.',
    why:
      ids.length === 0
        ? `There is none in ${folder} that is not done on this target.`
        : `${ids.length} are not done on this target: ${listOf(ids)}.`,
    next:
      ids.length === 0
        ? 'Make one with `godwit plan "ALTER TABLE …"`, or for a working tree `godwit plan --upgrade PACKAGE`.'
        : `Name the one you mean, e.g. \`godwit apply migrations/${ids[0]}\`.`,
  });
}

function onlyTakenBack(found: readonly FoundPlan[]): Failure {
  const ids = found.map(({ plan }) => plan.id);
  return fail('wrong-state', {
    what: 'No plan was named, and nothing was touched.',
    why:
      ids.length === 1
        ? `The only plan here that is not done, ${ids[0]}, was taken back on this target. It is not applied again unasked.`
        : `All ${ids.length} plans here that are not done were taken back on this target: ${listOf(ids)}. None is applied again unasked.`,
    next: `To apply it again, name it: \`godwit apply migrations/${ids.at(-1)}\`.`,
  });
}

function severalMeant(runs: readonly LatestRun[]): Failure {
  return fail('bad-input', {
    what: 'No plan was named, and more than one run could be meant.',
    why: `${listOf(runs.map(({ record, state }) => `${record.planId} is ${state}`))}.`,
    next: `Name the one you mean, e.g. \`godwit status migrations/${runs[0]?.record.planId ?? ''}\`.`,
  });
}

function notHere(error: Failure, records: readonly RunRecord[]): Failure {
  const { what, why } = error.explanation;
  const known = listOf([...new Set(records.map(({ planId }) => planId))]);
  return fail(
    error.code,
    { what, why, next: `Name a folder that \`godwit plan\` made, or a plan that the target knows: ${known}.` },
    error,
  );
}

function notKept({ planId, planHash, runId }: RunRecord, surroundings: Surroundings): Failure {
  return fail('bad-input', {
    what: `The plan of run ${runId} is not here: ${planId}.`,
    why: `No folder in ${migrationsFolder(surroundings)} holds the plan ${planHash.slice(0, 8)}, and the older godwit that began the run kept none in its journal.`,
    next: 'Go to the folder that holds it, or name the plan.',
  });
}

function anotherPlan(folder: string): Failure {
  return fail('plan-unreadable', {
    what: `${folder} holds another plan than the one that was applied.`,
    why: 'Its hash differs.',
    next: 'Bring the folder back, or remove it: the journal keeps the plan.',
  });
}

function listOf(ids: readonly string[]): string {
  const shown = ids.slice(0, 10);
  return ids.length > shown.length ? `${shown.join(', ')} and ${ids.length - shown.length} more` : shown.join(', ');
}
