import { type Failure, fail } from '#core/error';
import type { ExecutionContext, Outcome } from '#core/executor';
import type { Action, Phase, Step } from '#core/plan';
import { nothingMeasured } from '#core/run-state';
import { asFailure } from './failure.ts';
import { deedOf, partsOf } from './parts.ts';
import { journalLast, type Session, stopEvent } from './session.ts';
import type { Direction } from './surroundings.ts';

type Deed = { readonly step: Step; readonly phase: Phase; readonly direction: Direction };

/** Does a step with its proof, or what is left of it. Throws `verification-failed` when the proof does not hold. */
export async function doStep(session: Session, phase: Phase, step: Step): Promise<void> {
  if (session.state().steps[step.id]?.state === 'verified') return;
  await doParts(session, { step, phase, direction: 'forward' }, step.action);
  await session.safePoint();
  const startedMs = session.surroundings.monotonicMs();
  const outcome = await check(session, step.verify, { deed: `${step.id}#verify`, stepId: step.id }).catch(
    async (error: unknown) => {
      throw await failed(session, error, { step, direction: 'forward', part: partsOf(step.action).length });
    },
  );
  const ms = Math.max(0, session.surroundings.monotonicMs() - startedMs);
  await session.journal({ kind: 'step-verified', stepId: step.id, ok: outcome.ok, detail: outcome.detail, ms });
  session.surroundings.on({ kind: 'step-verified', stepId: step.id, ok: outcome.ok, detail: outcome.detail });
  if (!outcome.ok) throw await notVerified(session, step, outcome);
  await session.journal({ kind: 'step-complete', stepId: step.id });
}

/** Takes a step back, or what is left of that. The plan was checked before: the step can be taken back. */
export async function undoStep(session: Session, phase: Phase, step: Step): Promise<void> {
  const progress = session.state().steps[step.id];
  if (progress === undefined || progress.state === 'undone' || step.rollback.kind === 'irreversible') return;
  await doParts(session, { step, phase, direction: 'back' }, step.rollback);
  await session.journal({ kind: 'step-undone', stepId: step.id });
  session.surroundings.on({ kind: 'step-undone', stepId: step.id });
}

/** Measures: runs a check, which changes nothing. All parts of a sequence have to hold. */
export async function check(
  session: Session,
  action: Action,
  name: { readonly deed: string; readonly stepId: string },
): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const part of partsOf(action)) {
    if (part.kind === 'none') continue;
    outcomes.push(await session.executor(part.kind).execute(part, contextOf(session, { ...name, direction: 'check' })));
  }
  const findings = outcomes.flatMap((outcome) => outcome.findings ?? []);
  return {
    ok: outcomes.every(({ ok }) => ok),
    detail: outcomes.map(({ detail }) => detail).join('; ') || nothingMeasured,
    ...(findings.length > 0 ? { findings } : {}),
  };
}

async function doParts(session: Session, deed: Deed, action: Action): Promise<void> {
  const { step, phase, direction } = deed;
  const parts = partsOf(action);
  const before = session.state().steps[step.id];
  const isDone = new Set(direction === 'forward' ? before?.doneParts : before?.undoneParts);
  const name = { stepId: step.id, direction };
  for (const [part, todo] of parts.entries()) {
    if (isDone.has(part)) continue;
    await session.safePoint();
    // The way back stays open: guards may slow a return inside its executor, but not keep it from starting.
    if (direction === 'forward') await session.guards.untilClear();
    await session.journal({ kind: 'step-started', ...name, part });
    const shown = { ...name, part, parts: parts.length };
    session.surroundings.on({ kind: 'step-started', ...shown, phaseId: phase.id, title: step.title });
    const startedMs = session.surroundings.monotonicMs();
    const { detail, measures } = await doOne(session, todo, { ...deed, part });
    const ms = Math.max(0, session.surroundings.monotonicMs() - startedMs);
    await session.journal({ kind: 'step-done', ...name, part, ms, detail, measures });
    session.surroundings.on({ kind: 'step-done', ...shown, ms, detail });
  }
}

async function doOne(session: Session, action: Action, deed: Deed & { readonly part: number }): Promise<Outcome> {
  if (action.kind === 'none') return { ok: true, detail: 'nothing to do' };
  const { step, part, direction } = deed;
  const key = deedOf(step, part, session.state().steps[step.id]);
  const context = contextOf(session, { deed: key, stepId: step.id, direction });
  let outcome: Outcome;
  try {
    outcome = await session.executor(action.kind).execute(action, context);
  } catch (error) {
    throw await failed(session, error, deed);
  }
  if (outcome.ok) return outcome;
  throw await failed(session, doesNotHold(step, outcome), deed);
}

/** A deed that measures, and finds that the next one must not be done. */
function doesNotHold(step: Step, { detail }: Outcome): Failure {
  return fail('verification-failed', {
    what: `Step ${step.id} (${step.title}) cannot go on; nothing is lost.`,
    why: `Measured: ${detail}.`,
    next: 'Mend these rows, then run the same command again: it goes on where it stopped.',
  });
}

function contextOf(
  session: Session,
  deed: { readonly deed: string; readonly stepId: string; readonly direction: ExecutionContext['direction'] },
): ExecutionContext {
  const { surroundings, signal } = session;
  const shownDirection = deed.direction === 'back' ? 'back' : 'forward';
  return {
    runId: session.runId,
    deed: deed.deed,
    direction: deed.direction,
    signal,
    progress: (progress) =>
      surroundings.on({ kind: 'step-progress', stepId: deed.stepId, direction: shownDirection, progress }),
    pace: () => session.guards.pace(),
    exception: (message) => noteException(session, deed.stepId, message),
    wait: (ms) => surroundings.wait(ms, signal),
    now: () => surroundings.monotonicMs(),
  };
}

/** A deed that is done again after a crash finds the same exceptions again: each is kept once. */
async function noteException(session: Session, stepId: string, message: string): Promise<void> {
  session.surroundings.on({ kind: 'exception', stepId, message });
  if (session.state().exceptions.includes(message)) return;
  await session.journal({ kind: 'exception', stepId, message });
}

/** Journals that a step failed, unless the run was told to stop: then the session journals that. */
async function failed(
  session: Session,
  error: unknown,
  deed: { readonly step: Step; readonly direction: Direction; readonly part: number },
): Promise<unknown> {
  if (session.signal.aborted) return error;
  const { step, direction, part } = deed;
  const failure = asFailure(error, `Step ${step.id} (${step.title})`);
  const { code, message } = failure;
  const lost = await journalLast(session, [
    { kind: 'step-failed', stepId: step.id, part, direction, code, message },
    stopEvent(session, failure),
  ]);
  return lost ?? failure;
}

async function notVerified(session: Session, step: Step, outcome: Outcome): Promise<Failure> {
  const failure = fail('verification-failed', {
    what: `Step ${step.id} (${step.title}) is done, but its proof does not hold.`,
    why: `Measured: ${outcome.detail.replace(/\.$/, '')}.`,
    next: 'Look at the difference; then run the same command again to measure again, or take it back with `godwit rollback`.',
  });
  const lost = await journalLast(session, [stopEvent(session, failure)]);
  return lost ?? failure;
}
