import type { JournalEntry, JournalEvent } from './journal.ts';

export type StepState = 'started' | 'done' | 'verified' | 'failed' | 'undoing' | 'undone';

/** How far one step is. `parts` holds which actions of it are done, per direction. */
export type StepProgress = {
  readonly state: StepState;
  readonly doneParts: readonly number[];
  readonly undoneParts: readonly number[];
  readonly ms: number;
  readonly detail?: string;
};

export const runStates = ['running', 'waiting', 'paused', 'done', 'failed', 'rolling-back', 'rolled-back'] as const;
export type RunStateName = (typeof runStates)[number];

/** Where a run stands. Nothing but `replay` makes one. */
export type RunState = {
  readonly planHash: string;
  readonly planId: string;
  readonly state: RunStateName;
  readonly steps: Readonly<Record<string, StepProgress>>;
  readonly gatesPassed: readonly string[];
  readonly gateWaiting: string | undefined;
  readonly rollbackTo: string | undefined;
  readonly direction: 'forward' | 'back';
  readonly why: string | undefined;
  readonly exceptions: readonly string[];
  readonly purged: boolean;
  readonly events: number;
};

const start: RunState = {
  planHash: '', planId: '', state: 'running', steps: {}, gatesPassed: [], gateWaiting: undefined,
  rollbackTo: undefined, direction: 'forward', why: undefined, exceptions: [], purged: false, events: 0,
};

/** The state of a run is its journal, replayed, and nothing else. */
export function replay(entries: readonly JournalEntry[]): RunState {
  return entries.reduce((state, { event }) => ({ ...next(state, event), events: state.events + 1 }), start);
}

function next(state: RunState, event: JournalEvent): RunState {
  switch (event.kind) {
    case 'run-started':
      return { ...state, planHash: event.planHash, planId: event.planId };
    case 'step-started':
    case 'step-done':
    case 'step-failed':
    case 'step-verified':
    case 'step-complete':
    case 'step-undone':
      return { ...moving(state), steps: { ...state.steps, [event.stepId]: nextStep(state.steps[event.stepId], event) } };
    case 'gate-reached':
      return { ...state, state: 'waiting', gateWaiting: event.gate };
    case 'gate-passed':
      return { ...moving(state), gateWaiting: undefined, gatesPassed: [...state.gatesPassed, event.gate] };
    case 'gate-reopened':
      return { ...state, gatesPassed: state.gatesPassed.filter((gate) => gate !== event.gate) };
    case 'paused':
      return { ...state, state: 'paused', why: event.why };
    case 'resumed':
      return moving(state);
    case 'interrupted':
      return { ...state, state: 'paused', why: 'interrupted' };
    case 'failed':
      return { ...state, state: 'failed', why: event.message };
    case 'approved':
      return state;
    case 'rollback-started':
      return { ...state, state: 'rolling-back', direction: 'back', rollbackTo: event.toPhase, gateWaiting: undefined, why: undefined };
    case 'exception':
      return { ...state, exceptions: [...state.exceptions, event.message] };
    case 'rolled-back':
      return event.toPhase === undefined
        ? { ...state, state: 'rolled-back' }
        : { ...state, state: 'waiting', direction: 'forward', rollbackTo: undefined };
    case 'done':
      return { ...state, state: 'done' };
    case 'purged':
      return { ...state, purged: true };
  }
}

function moving(state: RunState): RunState {
  return { ...state, state: state.direction === 'forward' ? 'running' : 'rolling-back', why: undefined };
}

type StepEvent = Extract<JournalEvent, { readonly stepId: string }>;

function nextStep(before: StepProgress | undefined, event: Exclude<StepEvent, { kind: 'exception' }>): StepProgress {
  const step = before ?? { state: 'started', doneParts: [], undoneParts: [], ms: 0 };
  switch (event.kind) {
    case 'step-started':
      return event.direction === 'forward'
        ? { ...step, state: 'started', undoneParts: [] }
        : { ...step, state: 'undoing' };
    case 'step-done':
      return event.direction === 'forward'
        ? { ...step, state: 'done', doneParts: [...step.doneParts, event.part], ms: step.ms + event.ms, ...detailOf(event) }
        : { ...step, undoneParts: [...step.undoneParts, event.part] };
    case 'step-verified':
      return event.ok ? { ...step, detail: event.detail } : { ...step, state: 'failed', detail: event.detail };
    case 'step-complete':
      return { ...step, state: 'verified' };
    case 'step-failed':
      return { ...step, state: 'failed', detail: event.message };
    case 'step-undone':
      return { state: 'undone', doneParts: [], undoneParts: [], ms: 0 };
  }
}

function detailOf(event: { readonly detail?: string | undefined }): { readonly detail?: string } {
  return event.detail === undefined ? {} : { detail: event.detail };
}
