import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import type { Plan } from '#core/plan';
import type { RunState } from '#core/run-state';
import { checkConsent } from './check-consent.ts';
import {
  checkNobodyElse,
  checkOrigin,
  isTakenBack,
  isUntouched,
  type KnownRun,
  newestRun,
  phaseIndexOf,
  runsOfPlan,
} from './choose-run.ts';
import { atGate } from './gate.ts';
import type { DryRun, DryStep, RunOptions, RunResult } from './options.ts';
import { checkExecutors } from './parts.ts';
import { type Session, withSession } from './session.ts';
import { doStep } from './step.ts';

/**
 * Carries a plan forward: to the next gate, to the end of `toPhase`, or to the end. The same call resumes.
 * Resolves with state `waiting` at a gate, `paused` after `toPhase`, or `done`; every other stop is a Failure:
 * `drift`, `wrong-state`, `lease-held`, `gate`, `paused`, `interrupted`, `guard`, `verification-failed`,
 * `approval-required`, `rehearsal-required`, `backup-required`, and what the executors throw.
 */
export async function applyPlan(options: RunOptions): Promise<RunResult> {
  const { plan } = options;
  const lastIndex = lastIndexOf(options);
  const newest = await checkForward(options);
  const current = openRunIn(newest);
  const runId = current?.runId ?? options.surroundings.randomId();
  if (current?.state.state === 'done') return { runId, planHash: plan.planHash, state: current.state, findings: [] };
  const findings = await consentFor(options, current);
  const check = async (): Promise<void> => checkSameRun(plan, newest, await checkForward(options));
  return withSession({ ...options, runId, check }, (session) => forward(session, { ...options, lastIndex, findings }));
}

/** What `applyPlan` would do now. Reads only; throws the same `drift`, `wrong-state` and `bad-input`. */
export async function previewApply(options: Pick<RunOptions, 'plan' | 'domain' | 'toPhase'>): Promise<DryRun> {
  const lastIndex = lastIndexOf(options);
  const current = openRunIn(await checkForward(options));
  const steps = options.plan.phases.slice(0, lastIndex + 1).flatMap((phase): readonly DryStep[] => [
    ...(phase.gate === undefined ? [] : [gateStep(phase.id, phase.gate.needs, current?.state)]),
    ...phase.steps.map(({ id, title }) => ({
      phaseId: phase.id,
      stepId: id,
      title,
      state: stateOf(current?.state, id),
    })),
  ]);
  return { runId: current?.runId, direction: 'forward', steps };
}

/** Starts a run in an open session: journals what it is a run of. */
export async function startRun(session: Session): Promise<void> {
  const { plan, surroundings } = session;
  await session.journal({
    kind: 'run-started',
    planHash: plan.planHash,
    planId: plan.id,
    godwit: surroundings.version,
    objects: plan.origin.objects,
  });
}

/** Everything that has to be so before a plan moves forward. Returns the newest run of the plan, whatever its state. */
export async function checkForward(options: Pick<RunOptions, 'plan' | 'domain'>): Promise<KnownRun | undefined> {
  const { plan, domain } = options;
  checkExecutors(plan, new Set(domain.executors.map(({ kind }) => kind)));
  const newest = await newestRun(options);
  const current = openRunIn(newest);
  if (current?.state.state === 'done') return newest;
  if (current?.state.direction === 'back') throw onTheWayBack(plan, current.state);
  await checkNobodyElse(options);
  if (current === undefined || isUntouched(current.state)) {
    await checkOrigin(options);
    await domain.checkReady?.();
  }
  return newest;
}

/** The run that `apply` goes on with; none when the newest was taken back as a whole. */
export function openRunIn(newest: KnownRun | undefined): KnownRun | undefined {
  return newest === undefined || isTakenBack(newest.state) ? undefined : newest;
}

/** Throws `lease-held` when somebody began or ended a run between the first look and the lease. */
export function checkSameRun(plan: Plan, before: KnownRun | undefined, now: KnownRun | undefined): void {
  if (before?.runId === now?.runId && before?.entries.length === now?.entries.length) return;
  throw fail('lease-held', {
    what: `The plan ${plan.id} was not touched.`,
    why: 'Another runner worked on it at the same moment.',
    next: `Look with \`godwit status migrations/${plan.id}\`, then run the same command again.`,
  });
}

async function forward(
  session: Session,
  options: RunOptions & { readonly lastIndex: number; readonly findings: readonly Finding[] },
): Promise<RunResult> {
  const { plan, surroundings } = session;
  const resumed = session.entries().length > 0;
  surroundings.on({ kind: 'run-opened', runId: session.runId, direction: 'forward', resumed });
  if (resumed) await resume(session);
  else await startRun(session);
  const result = (): RunResult => ({
    runId: session.runId,
    planHash: plan.planHash,
    state: session.state(),
    findings: options.findings,
  });
  for (const phase of plan.phases.slice(0, options.lastIndex + 1)) {
    if (phase.gate !== undefined && (await atGate(session, phase.gate, options)) === 'waiting') {
      return { ...result(), findings: [...options.findings, ...earlyWord(plan, phase.gate.id, options.consent)] };
    }
    const isNew = phase.steps.some(({ id }) => session.state().steps[id]?.state !== 'verified');
    if (isNew) surroundings.on({ kind: 'phase-started', phaseId: phase.id, title: phase.title, direction: 'forward' });
    for (const step of phase.steps) await doStep(session, phase, step);
  }
  if (options.lastIndex === plan.phases.length - 1) await session.journal({ kind: 'done' });
  else if (session.state().state === 'running') await stopAfter(session, options.toPhase ?? '');
  return result();
}

/** A word that was given before the run had come to the gate says nothing of what was deployed since. */
function earlyWord({ id }: Plan, gate: string, { given }: RunOptions['consent']): readonly Finding[] {
  if (given?.includes(gate) !== true) return [];
  return [
    {
      rule: 'policy/early-word',
      severity: 'advice',
      message: `--confirm ${gate} did not count: the run has only now come to this gate, so that nothing can have been deployed for it yet.`,
      cure: `Deploy, then run \`godwit apply migrations/${id} --confirm ${gate}\`.`,
    },
  ];
}

/** Going on after a stop is journaled, and takes a wish to pause back: it was obeyed. */
export async function resume(session: Session): Promise<void> {
  const { state } = session.state();
  if (state !== 'paused' && state !== 'failed') return;
  await session.domain.journal.withdrawPause(session.runId);
  await session.journal({ kind: 'resumed', by: session.surroundings.who });
}

async function stopAfter(session: Session, phaseId: string): Promise<void> {
  await session.journal({
    kind: 'paused',
    by: session.surroundings.who,
    why: `Stopped after phase ${phaseId}, as asked.`,
  });
}

async function consentFor(options: RunOptions, current: KnownRun | undefined): Promise<readonly Finding[]> {
  const journals = (await runsOfPlan(options)).map(({ entries }) => entries);
  const prerequisites = options.prerequisites ?? {};
  const isUnderWay = current !== undefined && !isUntouched(current.state);
  return checkConsent({ ...options, prerequisites, journals, isUnderWay });
}

function lastIndexOf({ plan, toPhase }: Pick<RunOptions, 'plan' | 'toPhase'>): number {
  return toPhase === undefined ? plan.phases.length - 1 : phaseIndexOf(plan, toPhase);
}

function onTheWayBack(plan: Plan, state: RunState): Error {
  const to = state.rollbackTo === undefined ? '' : ` --to ${state.rollbackTo}`;
  return fail('wrong-state', {
    what: `The plan ${plan.id} cannot go forward now.`,
    why: `Its run is on the way back (${state.state}) and not there yet.`,
    next: `Finish that first: \`godwit rollback migrations/${plan.id}${to}\`.`,
  });
}

function gateStep(phaseId: string, needs: string, state: RunState | undefined): DryStep {
  const isPassed = state?.gatesPassed.includes(phaseId) ?? false;
  return { phaseId, stepId: undefined, title: needs, state: isPassed ? 'done' : 'gate' };
}

function stateOf(state: RunState | undefined, stepId: string): DryStep['state'] {
  const step = state?.steps[stepId]?.state;
  if (step === 'verified') return 'done';
  return step === undefined || step === 'undone' ? 'to-do' : 'half-done';
}
