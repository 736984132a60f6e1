import { asksForEdits } from '#code/upgrade/edits-needed';
import { type ExitCode, exitCodes } from '#core/error';
import { type Plan, stepsOf, type Timing } from '#core/plan';
import type { RunState } from '#core/run-state';
import type { RunResult } from '#run/options';
import type { RunProgress } from '#run/surroundings';
import { asJson } from './as-json.ts';
import type { Answer } from './verb.ts';

/** What was measured at a gate, as the runner told it. */
export type GateEvidence = Pick<Extract<RunProgress, { kind: 'evidence' }>, 'gate' | 'id' | 'title' | 'ok' | 'detail'>;

/** Where a run stands, for `apply`, `status`, `pause`, `resume`, `rollback` and `report`. */
export function runAnswer(
  plan: Plan,
  result: RunResult,
  more: {
    readonly evidence?: readonly GateEvidence[];
    readonly notes?: readonly string[];
    /** Where the plan was found, where that is not plain. */
    readonly source?: readonly string[];
  } = {},
): Answer {
  const { runId, state, restored } = result;
  const gate = waitingGate(plan, state, more.evidence ?? []);
  const json = asJson({
    runId,
    planHash: plan.planHash,
    planId: plan.id,
    state: state.state,
    phase: phaseNow(plan, state),
    gate,
    why: state.why,
    steps: stepsOf(plan).map(({ phase, step }) => {
      const progress = state.steps[step.id];
      return {
        id: step.id,
        phase: phase.id,
        state: progress?.state ?? 'to-do',
        ms: progress?.state === 'undone' ? undefined : progress?.ms,
        detail: progress?.detail,
      };
    }),
    exceptions: state.exceptions,
    purged: state.purged ? true : undefined,
    restored,
    findings: result.findings.length === 0 ? undefined : result.findings,
  });
  return {
    json,
    report: {
      kind: 'run',
      plan,
      runId,
      state,
      timings: timingsOf(state),
      ...(restored === undefined ? {} : { restored }),
    },
    exit: exitOf(result),
    notes: [
      ...result.findings.map(({ message, cure }) => [message, cure].join(' ')),
      ...(more.source ?? []),
      ...(more.notes ?? nextOf(plan, state, `migrations/${plan.id}`)),
    ],
  };
}

/** The phase in which the run is, or the last that it finished. */
export function phaseNow(plan: Plan, state: RunState): string | undefined {
  if (state.gateWaiting !== undefined) return state.gateWaiting;
  const begun = stepsOf(plan).filter(({ step }) => {
    const progress = state.steps[step.id]?.state;
    return progress !== undefined && progress !== 'undone';
  });
  return begun.at(-1)?.phase.id ?? plan.phases[0]?.id;
}

/** A return that is not whole is a failed verification, and no success. */
function exitOf({ state, restored }: RunResult): ExitCode {
  if (state.state === 'failed') return exitCodes.error;
  const isWhole = restored === undefined || (restored.schema && restored.data);
  return isWhole ? exitCodes.done : exitCodes.verification;
}

function waitingGate(plan: Plan, state: RunState, evidence: readonly GateEvidence[]) {
  const gate = plan.phases.find(({ id }) => id === state.gateWaiting)?.gate;
  if (gate === undefined || state.state !== 'waiting') return undefined;
  const measured = evidence.filter((one) => one.gate === gate.id);
  return {
    id: gate.id,
    needs: gate.needs,
    evidence: gate.evidence.map(({ id, title }) => {
      const found = measured.findLast((one) => one.id === id);
      return { id, title, ok: found?.ok, detail: found?.detail };
    }),
  };
}

function waitingNotes(plan: Plan, { gateWaiting }: RunState, folder: string): readonly string[] {
  if (gateWaiting === undefined) {
    return [
      `Next: \`godwit apply ${folder}\` to go forward again, or \`godwit rollback ${folder}\` to go all the way back.`,
    ];
  }
  const gate = plan.phases.find(({ id }) => id === gateWaiting)?.gate;
  const isMeasured = gate?.needsWord === false;
  const word = isMeasured ? '' : ` --confirm ${gateWaiting}`;
  const more = isMeasured ? ', which measures anew and says what else is in the way' : '';
  return [
    `Waiting at gate ${gateWaiting}: ${gate?.needs ?? ''}`,
    `When that is done: \`godwit apply ${folder}${word}\`${more}. To take it back: \`godwit rollback ${folder}\`.`,
  ];
}

function timingsOf(state: RunState): readonly Timing[] {
  return Object.entries(state.steps).map(([stepId, { ms }]) => ({ stepId, ms, source: 'measured in this run' }));
}

/** Places that a plan leaves to people, behind gates that were passed by what was measured: checks may not reach them. */
function placesLeft({ phases }: Plan): readonly string[] {
  return phases.flatMap(({ gate }) =>
    gate?.needsWord === false && asksForEdits(gate.needs)
      ? [`Gate ${gate.id} was passed by what its checks measure. What they do not reach is left to you. ${gate.needs}`]
      : [],
  );
}

/** What to do next, for a person who reads this at night. */
function nextOf(plan: Plan, state: RunState, folder: string): readonly string[] {
  switch (state.state) {
    case 'waiting':
      return waitingNotes(plan, state, folder);
    case 'paused':
      if (state.direction === 'back') return [`Next: \`godwit rollback ${folder}\` goes on.`];
      return [`Next: \`godwit apply ${folder}\` goes on; \`godwit rollback ${folder}\` takes it back.`];
    case 'failed':
      if (state.direction === 'back') return [`Next: mend the cause and run \`godwit rollback ${folder}\` again.`];
      return [
        `Next: mend the cause and run \`godwit apply ${folder}\` again, or take it back with \`godwit rollback ${folder}\`.`,
      ];
    case 'done':
      return state.purged
        ? []
        : [
            ...placesLeft(plan),
            `To take it back: \`godwit rollback ${folder}\`. ${plan.origin.kind === 'database' ? 'To end the retention of undo data' : 'To forget what is kept for the way back'}: \`godwit purge ${folder}\`.`,
          ];
    case 'rolling-back':
      return [`Next: \`godwit rollback ${folder}\` goes on with the way back.`];
    case 'running':
    case 'rolled-back':
      return [];
  }
}
