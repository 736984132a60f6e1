import { fail, isFailure } from '#core/error';
import type { Plan } from '#core/plan';
import type { RunState } from '#core/run-state';
import { checkForward, checkSameRun, openRunIn, startRun } from './apply.ts';
import type { Approval } from './approval.ts';
import { isOver, type KnownRun, newestRun, waysOn } from './choose-run.ts';
import type { RunOptions, RunResult } from './options.ts';
import { restoredOf } from './restored.ts';
import { type Session, withSession } from './session.ts';

type ControlOptions = Pick<RunOptions, 'plan' | 'domain' | 'surroundings'>;

/** Where the newest run of the plan stands, or undefined where there is none. Reads only. */
export async function statusOf(options: Pick<RunOptions, 'plan' | 'domain'>): Promise<RunResult | undefined> {
  const run = await newestRun(options);
  if (run === undefined) return undefined;
  const restored = await restoredOf(options, run);
  return { ...resultOf(options.plan, run), ...(restored === undefined ? {} : { restored }) };
}

/**
 * Asks the run to pause. `obeyed` is true when no runner is at work, so that it is paused already;
 * otherwise the runner obeys at its next safe point. Throws `no-run`, `wrong-state`.
 */
export async function pauseRun(options: ControlOptions): Promise<{ readonly runId: string; readonly obeyed: boolean }> {
  const { domain, surroundings } = options;
  const { runId, state } = await knownRun(options);
  if (isOver(state.state)) throw alreadyOver(options.plan, state.state);
  await domain.journal.requestPause(runId, surroundings.who);
  try {
    await withSession({ ...options, runId, check: async () => undefined }, pauseNow);
    return { runId, obeyed: true };
  } catch (error) {
    if (isFailure(error, 'lease-held')) return { runId, obeyed: false };
    throw error;
  }
}

/** Takes a wish to pause back, before it is obeyed or after; `applyPlan` goes on. Throws `no-run`. */
export async function withdrawPause(options: ControlOptions): Promise<{ readonly runId: string }> {
  const { runId } = await knownRun(options);
  await options.domain.journal.withdrawPause(runId);
  return { runId };
}

/**
 * Keeps a typed approval in the target's own journal, where `applyPlan` looks for it; starts the run (checking for
 * drift) where there is none yet. Throws `lease-held`, `drift`, `wrong-state`.
 */
export async function recordApproval(options: ControlOptions & { readonly approval: Approval }): Promise<RunResult> {
  const { plan, surroundings, approval } = options;
  const newest = await checkForward(options);
  const runId = openRunIn(newest)?.runId ?? surroundings.randomId();
  const check = async (): Promise<void> => checkSameRun(plan, newest, await checkForward(options));
  return withSession({ ...options, runId, check }, async (session) => {
    const isNew = session.entries().length === 0;
    if (isNew) await startRun(session);
    await session.journal({ kind: 'approved', approval: JSON.stringify(approval) });
    if (isNew) await session.journal({ kind: 'paused', by: approval.by, why: 'Approved, and not applied yet.' });
    return resultOf(plan, { runId, entries: session.entries(), state: session.state() });
  });
}

/** Throws as `purgeRun` does, for whoever wants to ask a person in between. */
export async function checkIsOver(options: Pick<RunOptions, 'plan' | 'domain'>): Promise<void> {
  const { state } = await knownRun(options);
  if (!isOver(state.state)) throw notOver(options.plan, state);
}

/**
 * Ends the retention of undo data: journals it, then calls `removeUndo`. From then on the run cannot be rolled back.
 * Throws `no-run`, and `wrong-state` unless the run is done or rolled back. Safe to call twice.
 */
export async function purgeRun(
  options: ControlOptions & { readonly removeUndo: (runId: string) => Promise<void> },
): Promise<RunResult> {
  const { plan, surroundings } = options;
  const { runId } = await knownRun(options);
  return withSession({ ...options, runId, check: async () => undefined }, async (session) => {
    const state = session.state();
    if (!isOver(state.state)) throw notOver(plan, state);
    if (!state.purged) await session.journal({ kind: 'purged', by: surroundings.who });
    await options.removeUndo(runId);
    return resultOf(plan, { runId, entries: session.entries(), state: session.state() });
  });
}

async function pauseNow(session: Session): Promise<void> {
  const { state } = session.state();
  if (isOver(state)) throw alreadyOver(session.plan, state);
  const { who } = session.surroundings;
  if (state !== 'paused') await session.journal({ kind: 'paused', by: who, why: `${who} asked for it.` });
}

async function knownRun(options: Pick<RunOptions, 'plan' | 'domain'>): Promise<KnownRun> {
  const run = await newestRun(options);
  if (run !== undefined) return run;
  throw fail('no-run', {
    what: `The plan ${options.plan.id} has no run here.`,
    why: 'It was never applied to this target.',
    next: `Look whether this is the target that you mean, or run \`godwit apply migrations/${options.plan.id}\`.`,
  });
}

function resultOf(plan: Plan, { runId, state }: KnownRun): RunResult {
  return { runId, planHash: plan.planHash, state, findings: [] };
}

function alreadyOver(plan: Plan, state: string): Error {
  return fail('wrong-state', {
    what: `The plan ${plan.id} cannot be paused.`,
    why: `Its run is ${state}.`,
    next: `Look with \`godwit status migrations/${plan.id}\`.`,
  });
}

function notOver(plan: Plan, state: RunState): Error {
  return fail('wrong-state', {
    what: `The undo data of the plan ${plan.id} is still needed.`,
    why: `Its run is ${state.state}.`,
    next: `${waysOn(plan.id, state)}.`,
  });
}
