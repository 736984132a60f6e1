import { type Failure, fail } from '#core/error';
import type { Finding } from '#core/finding';
import type { Phase, Plan, Step } from '#core/plan';
import type { RunState } from '#core/run-state';
import { checkSameRun, resume } from './apply.ts';
import { checkBeforeRollback } from './before-rollback.ts';
import { checkReturn, gatesBack, withoutWord } from './check-return.ts';
import { checkNothingOnTop, isTakenBack, type KnownRun, newestRun, phaseIndexOf } from './choose-run.ts';
import { backOverGate, crossedGates } from './gate.ts';
import type { DryRun, DryStep, RunOptions, RunResult } from './options.ts';
import { checkExecutors } from './parts.ts';
import { restoredOf } from './restored.ts';
import { type Session, withSession } from './session.ts';
import { undoStep } from './step.ts';

/**
 * Takes the newest run of the plan back: to the start, or to the end of `toPhase`. The same call resumes.
 * Resolves with `rolled-back`, or `waiting` after `toPhase`. Throws `no-run`, `irreversible` (before anything is
 * touched), `verification-failed` (where something has to be mended first), `wrong-state`, `gate`, and what the executors
 * throw.
 */
export async function rollBack(options: RunOptions): Promise<RunResult> {
  const { plan } = options;
  const toIndex = toIndexOf(options);
  const run = await checkBack(options);
  const { runId } = run;
  if (isTakenBack(run.state)) return resultOf(options, run);
  if (hasNothingToDo(plan, run, toIndex)) return { runId, planHash: plan.planHash, state: run.state, findings: [] };
  const way = wayBack(plan, run.state, toIndex).map(({ step }) => step);
  await checkBeforeRollback(options, run, way);
  const findings = await checkReturn(options, run, toIndex);
  const check = async (): Promise<void> => checkSameRun(plan, run, await checkBack(options));
  return withSession({ ...options, runId, check }, (session) => back(session, { ...options, toIndex, findings }));
}

/** What `rollBack` would do now. Reads only; throws the same `no-run`, `irreversible`, `verification-failed` and `wrong-state`. */
export async function previewRollBack(
  options: Pick<RunOptions, 'plan' | 'domain' | 'surroundings' | 'target' | 'consent' | 'deploy' | 'toPhase'>,
): Promise<DryRun> {
  const run = await checkBack(options);
  const toIndex = toIndexOf(options);
  const way = wayBack(options.plan, run.state, toIndex);
  await checkBeforeRollback(
    options,
    run,
    way.map(({ step }) => step),
  );
  const gates = gatesBack(options.plan, run, toIndex);
  const steps = [...options.plan.phases]
    .reverse()
    .flatMap((phase): readonly DryStep[] => [
      ...way.filter((one) => one.phase === phase).map(({ step }) => dryStep(phase, step, run.state)),
      ...(phase.gate !== undefined && gates.includes(phase.gate)
        ? [{ phaseId: phase.id, stepId: undefined, title: phase.gate.needsBack, state: 'gate' as const }]
        : []),
    ]);
  const findings = withoutWord(options, run, toIndex);
  return { runId: run.runId, direction: 'back', steps, ...(findings.length === 0 ? {} : { findings }) };
}

function dryStep({ id: phaseId }: Phase, { id: stepId, title }: Step, { steps }: RunState): DryStep {
  return { phaseId, stepId, title, state: steps[stepId]?.state === 'verified' ? 'to-do' : 'half-done' };
}

/** Everything that has to be so before a run goes back; nothing is touched yet. */
async function checkBack(options: Pick<RunOptions, 'plan' | 'domain' | 'toPhase'>): Promise<KnownRun> {
  const { plan, domain } = options;
  checkExecutors(plan, new Set(domain.executors.map(({ kind }) => kind)));
  const run = await newestRun(options);
  if (run === undefined) throw noRun(plan);
  if (isTakenBack(run.state)) return run;
  if (run.state.purged) throw purged(plan, run.runId);
  for (const { step } of wayBack(plan, run.state, toIndexOf(options))) {
    if (step.rollback.kind === 'irreversible') throw irreversible(plan, step, String(step.rollback.why));
  }
  await checkNothingOnTop(options, run.runId);
  return run;
}

/**
 * The steps that lie on the way back, last first: everything later than the phase that has begun, whether or not it
 * was finished, and a step whose undoing has begun wherever it is.
 */
function wayBack(
  plan: Plan,
  state: RunState,
  toIndex: number,
): readonly { readonly phase: Phase; readonly step: Step }[] {
  return plan.phases
    .flatMap((phase, index) => phase.steps.map((step) => ({ phase, index, step })))
    .filter(({ step, index }) => {
      const progress = state.steps[step.id]?.state;
      if (progress === undefined || progress === 'undone') return false;
      return index > toIndex || progress === 'undoing';
    })
    .reverse();
}

async function back(
  session: Session,
  options: RunOptions & { readonly toIndex: number; readonly findings: readonly Finding[] },
): Promise<RunResult> {
  const { plan, surroundings } = session;
  const before = session.state();
  surroundings.on({
    kind: 'run-opened',
    runId: session.runId,
    direction: 'back',
    resumed: before.direction === 'back',
  });
  const waiting = plan.phases.find(({ gate }) => gate !== undefined && gate.id === before.gateWaiting)?.gate;
  if (waiting !== undefined) surroundings.on({ kind: 'gate-reopened', gate: waiting.id, needs: waiting.needsBack });
  // Going back is another wish than the pause that somebody asked for on the way forward.
  if (before.direction !== 'back') await session.domain.journal.withdrawPause(session.runId);
  await resume(session);
  if (before.direction !== 'back' || before.rollbackTo !== options.toPhase) {
    await session.journal({ kind: 'rollback-started', ...toPhaseOf(options) });
  }
  for (const [index, phase] of [...plan.phases.entries()].reverse()) {
    const way = wayBack(plan, session.state(), options.toIndex).filter((one) => one.phase.id === phase.id);
    if (way.length > 0) {
      surroundings.on({ kind: 'phase-started', phaseId: phase.id, title: phase.title, direction: 'back' });
    }
    for (const { step } of way) await undoStep(session, phase, step);
    if (index > options.toIndex) await backOverGate(session, phase, options);
    else if (index === options.toIndex) await waitAgainAt(session, phase);
  }
  const { origin } = plan;
  const isWhole = options.toPhase === undefined;
  const isSchemaBack = isWhole ? (await session.domain.fingerprint(origin)) === origin.fingerprint : undefined;
  await session.journal({ kind: 'rolled-back', ...toPhaseOf(options), isSchemaBack });
  const run = { runId: session.runId, entries: session.entries(), state: session.state() };
  return { ...(await resultOf(options, run)), findings: options.findings };
}

/** Back at a gate that was passed: the application stays as it is, and the gate has to be passed again. */
async function waitAgainAt(session: Session, { gate }: Phase): Promise<void> {
  if (gate !== undefined && session.state().gatesPassed.includes(gate.id)) {
    await session.journal({ kind: 'gate-reached', gate: gate.id });
  }
}

async function resultOf(options: Pick<RunOptions, 'plan' | 'domain'>, run: KnownRun): Promise<RunResult> {
  const restored = await restoredOf(options, run);
  const result = { runId: run.runId, planHash: options.plan.planHash, state: run.state, findings: [] };
  return restored === undefined ? result : { ...result, restored };
}

function hasNothingToDo(plan: Plan, run: KnownRun, toIndex: number): boolean {
  if (toIndex < 0 || run.state.direction === 'back') return false;
  const crossed = crossedGates(run.entries);
  const isBehindGate = plan.phases.some(
    ({ gate }, index) => index >= toIndex && gate !== undefined && crossed.has(gate.id),
  );
  return !isBehindGate && wayBack(plan, run.state, toIndex).length === 0;
}

function toIndexOf({ plan, toPhase }: Pick<RunOptions, 'plan' | 'toPhase'>): number {
  return toPhase === undefined ? -1 : phaseIndexOf(plan, toPhase);
}

function toPhaseOf({ toPhase }: Pick<RunOptions, 'toPhase'>): { readonly toPhase?: string } {
  return toPhase === undefined ? {} : { toPhase };
}

function noRun(plan: Plan): Failure {
  return fail('no-run', {
    what: `There is nothing to take back.`,
    why: `The target has no run of the plan ${plan.id}.`,
    next: 'Look whether this is the target that you mean: `godwit status`.',
  });
}

function purged(plan: Plan, runId: string): Failure {
  return fail('irreversible', {
    what: `The plan ${plan.id} cannot be taken back any more.`,
    why: `The undo data of run ${runId} was purged.`,
    next: 'Plan the opposite change, or restore from a backup.',
  });
}

function irreversible(plan: Plan, step: Step, why: string): Failure {
  return fail('irreversible', {
    what: `The plan ${plan.id} cannot be taken back so far; nothing was touched.`,
    why: `Step ${step.id} (${step.title}) lies on the way and says of itself: ${why}`,
    next: 'Go back to a phase after it with `--to PHASE`, go forward with `godwit apply`, or restore from a backup.',
  });
}
