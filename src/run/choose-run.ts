import type { RunRecord } from '#core/domain';
import { fail } from '#core/error';
import type { JournalEntry } from '#core/journal';
import type { Plan } from '#core/plan';
import { type RunState, type RunStateName, replay } from '#core/run-state';
import { planAgain } from '#core/shell';
import type { RunOptions } from './options.ts';
import { readRun } from './session.ts';

/** A run that the target's journal knows. */
export type KnownRun = {
  readonly runId: string;
  readonly entries: readonly JournalEntry[];
  readonly state: RunState;
};

type Place = Pick<RunOptions, 'plan' | 'domain'>;

/** The newest run of this plan on the target, however it ended. */
export async function newestRun(place: Place): Promise<KnownRun | undefined> {
  const records = await place.domain.journal.runs();
  const record = records.find(({ planHash }) => planHash === place.plan.planHash);
  return record === undefined ? undefined : readKnown(place, record);
}

/** The newest run of a plan; `run` holds its journal where it is not over. */
export type LatestRun = {
  readonly record: RunRecord;
  readonly state: RunStateName;
  readonly run: KnownRun | undefined;
};

/** The newest run of every plan on the target, newest first. Journals of runs that are over are not read. */
export async function latestRuns(place: Pick<Place, 'domain'>): Promise<readonly LatestRun[]> {
  const records = await place.domain.journal.runs();
  const latest = new Map<string, LatestRun>();
  for (const record of records) {
    if (latest.has(record.planHash)) continue;
    const run = record.end === undefined ? await readKnown(place, record) : undefined;
    latest.set(record.planHash, { record, run, state: record.end ?? run?.state.state ?? 'running' });
  }
  return [...latest.values()];
}

/** True when nothing is left to be done in a run: it is done, or was taken back as a whole. */
export function isOver(state: RunStateName): boolean {
  return state === 'done' || state === 'rolled-back';
}

/** What the plan of a run touches, as its journal says; undefined where it does not. */
export function objectsOf(entries: readonly JournalEntry[]): readonly string[] | undefined {
  const first = entries.find(({ event }) => event.kind === 'run-started')?.event;
  return first?.kind === 'run-started' ? first.objects : undefined;
}

/** Every run of this plan on the target, newest first. */
export async function runsOfPlan(place: Place): Promise<readonly KnownRun[]> {
  const records = await place.domain.journal.runs();
  const known: KnownRun[] = [];
  for (const record of records.filter(({ planHash }) => planHash === place.plan.planHash)) {
    known.push(await readKnown(place, record));
  }
  return known;
}

/** True once a run was taken back as a whole: the next `apply` starts a new one. */
export function isTakenBack(state: RunState): boolean {
  return state.state === 'rolled-back';
}

/** True from the first wish to go back until everything is taken back that was meant: nothing goes forward meanwhile. */
export function isOnTheWayBack({ direction, state }: RunState): boolean {
  return direction === 'back' && state !== 'rolled-back';
}

/** The command that finishes a way back, or the two ways on from anywhere else. */
export function waysOn(planId: string, state: RunState): string {
  const to = state.rollbackTo === undefined ? '' : ` --to ${state.rollbackTo}`;
  return isOnTheWayBack(state)
    ? `Finish taking it back with \`godwit rollback migrations/${planId}${to}\``
    : `Finish it with \`godwit apply migrations/${planId}\`, or take it back with \`godwit rollback migrations/${planId}\``;
}

/** True while no step has begun, or every step that did was taken back. */
export function isUntouched(state: RunState): boolean {
  return Object.values(state.steps).every((step) => step.state === 'undone');
}

/** Throws `wrong-state` while an unfinished run of another plan has its hands on objects of this plan. */
export async function checkNobodyElse(place: Place): Promise<void> {
  for (const record of await place.domain.journal.runs()) {
    if (record.end !== undefined) continue;
    const other = await otherRun(place, record);
    if (other === undefined || other.state.state === 'done') continue;
    throw fail('wrong-state', {
      what: `The plan ${place.plan.id} has to wait.`,
      why: `Run ${other.runId} of the plan ${other.state.planId} is ${other.state.state} and works on ${other.shared}.`,
      next: `${waysOn(other.state.planId ?? '', other.state)}.`,
    });
  }
}

/** Throws `wrong-state` when another plan was applied to objects of this plan after the run began: that one goes back first. */
export async function checkNothingOnTop(place: Place, runId: string): Promise<void> {
  const records = await place.domain.journal.runs();
  const newer = records.slice(
    0,
    Math.max(
      0,
      records.findIndex((record) => record.runId === runId),
    ),
  );
  for (const record of newer) {
    const other = await otherRun(place, record);
    if (other === undefined) continue;
    throw fail('wrong-state', {
      what: `The plan ${place.plan.id} cannot be taken back now.`,
      why: `The plan ${other.state.planId} was applied to ${other.shared} after it, and is ${other.state.state}.`,
      next: other.state.purged
        ? 'Its undo data was purged, so that it cannot be taken back any more: plan the opposite change instead.'
        : `Take that one back first: \`godwit rollback migrations/${other.state.planId}\`.`,
    });
  }
}

/** Throws `drift` when the objects that the plan touches are not as they were when it was made. */
export async function checkOrigin({ plan, domain }: Place): Promise<void> {
  const now = await domain.fingerprint(plan.origin);
  if (now === plan.origin.fingerprint) return;
  throw fail('drift', {
    what: `The plan ${plan.id} no longer fits this target.`,
    why: `Something changed since it was made, in or around ${plan.origin.objects.join(', ') || 'what it touches'} (fingerprint ${plan.origin.fingerprint.slice(0, 8)} then, ${now.slice(0, 8)} now).`,
    next: `Make a new plan: \`${planAgain(plan)}\`. Nothing was changed by this one.`,
  });
}

/** The place of a phase in the plan. Throws `bad-input` when the plan has no such phase. */
export function phaseIndexOf(plan: Plan, phaseId: string): number {
  const index = plan.phases.findIndex(({ id }) => id === phaseId);
  if (index >= 0) return index;
  throw fail('bad-input', {
    what: `The plan ${plan.id} has no phase ${phaseId}.`,
    why: `Its phases are ${plan.phases.map(({ id }) => id).join(', ')}.`,
    next: 'Name one of these after --to.',
  });
}

async function otherRun(
  place: Place,
  record: RunRecord,
): Promise<(KnownRun & { readonly shared: string }) | undefined> {
  if (record.planHash === place.plan.planHash) return undefined;
  const known = await readKnown(place, record);
  if (isTakenBack(known.state) || isUntouched(known.state)) return undefined;
  const shared = sharedObjects(place.plan, known.entries);
  return shared === undefined ? undefined : { ...known, shared };
}

/** What both plans touch, in words; undefined when nothing. A run that does not say what it touches may touch anything. */
function sharedObjects(plan: Plan, entries: readonly JournalEntry[]): string | undefined {
  const theirs = objectsOf(entries);
  if (theirs === undefined) return 'objects that its journal does not name';
  const shared = plan.origin.objects.filter((object) => theirs.includes(object));
  return shared.length === 0 ? undefined : shared.join(', ');
}

async function readKnown(place: Pick<Place, 'domain'>, { runId }: RunRecord): Promise<KnownRun> {
  const entries = await readRun(place, runId);
  return { runId, entries, state: replay(entries) };
}
