import type { JournalEntry } from '#core/journal';
import { type Plan, stepsOf } from '#core/plan';
import type { Restored } from '#core/report';
import { advance, replay } from '#core/run-state';
import { isTakenBack, type KnownRun } from './choose-run.ts';
import type { RunOptions } from './options.ts';

/** Whether the origin is back, of a run that was taken back as a whole; else undefined. Reads only. */
export async function restoredOf(
  { plan, domain }: Pick<RunOptions, 'plan' | 'domain'>,
  { state, entries }: Pick<KnownRun, 'state' | 'entries'>,
): Promise<Restored | undefined> {
  if (!isTakenBack(state)) return undefined;
  const exceptions = [...new Set([...exceptionsBack(entries), ...unrestored(plan, entries)])];
  const schema = schemaThen(entries) ?? (await domain.fingerprint(plan.origin)) === plan.origin.fingerprint;
  return { schema, data: exceptions.length === 0, exceptions };
}

/** What was found at the end of the rollback: what somebody changes later is no matter of the run. */
function schemaThen(entries: readonly JournalEntry[]): boolean | undefined {
  const last = entries.findLast(({ event }) => event.kind === 'rolled-back')?.event;
  return last?.kind === 'rolled-back' ? last.isSchemaBack : undefined;
}

/** What was reported on the way back, in all the ways back of a run: what it says could not be restored stays so. */
function exceptionsBack(entries: readonly JournalEntry[]): readonly string[] {
  let state = replay([]);
  const exceptions: string[] = [];
  for (const { event } of entries) {
    state = advance(state, event);
    if (event.kind === 'exception' && state.direction === 'back') exceptions.push(event.message);
  }
  return exceptions;
}

/** What steps that changed rows have done besides, as their hazards say, and no rollback undoes. */
function unrestored(plan: Plan, entries: readonly JournalEntry[]): readonly string[] {
  const changed = new Set(
    entries.flatMap(({ event }) =>
      event.kind === 'step-done' && (event.measures?.rows ?? 0) > 0 ? [event.stepId] : [],
    ),
  );
  return stepsOf(plan)
    .filter(({ step }) => changed.has(step.id))
    .flatMap(({ step }) => step.hazards.flatMap((hazard) => hazard.unrestored ?? []));
}
