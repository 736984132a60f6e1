import type { JournalEntry, JournalEvent } from './journal.ts';

export type StepState = 'started' | 'done' | 'verified' | 'failed' | 'undoing' | 'undone';

/** How far one step is. `parts` holds which actions of it are done, per direction. */
export type StepProgress = {
  readonly state: StepState;
  readonly doneParts: readonly number[];
  readonly undoneParts: readonly number[];
  readonly ms: number;
  readonly detail?: string;
  /** What the newest deed told: it is said again once a failure after it is past. */
  readonly told?: string;
  /** How often it was undone before: what is done afterwards are new deeds. */
  readonly timesUndone?: number;
};

/** Every name that the state of a run can have. */
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

/** The detail of a verification that had nothing to measure: what the deed itself told stays. */
export const nothingMeasured = 'nothing to measure';

const start: RunState = {
  planHash: '',
  planId: '',
  state: 'running',
  steps: {},
  gatesPassed: [],
  gateWaiting: undefined,
  rollbackTo: undefined,
  direction: 'forward',
  why: undefined,
  exceptions: [],
  purged: false,
  events: 0,
};

/** The state of a run is its journal, replayed, and nothing else. */
export function replay(entries: readonly JournalEntry[]): RunState {
  return entries.reduce((state, { event }) => advance(state, event), start);
}

/** The state after one more event: `replay`, one step at a time. Starts from the state of an empty journal. */
export function advance(state: RunState, event: JournalEvent): RunState {
  return { ...next(state, event), events: state.events + 1 };
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
      return {
        ...moving(state),
        steps: { ...state.steps, [event.stepId]: nextStep(state.steps[event.stepId], event) },
      };
    case 'gate-reached':
      return {
        ...state,
        state: 'waiting',
        gateWaiting: event.gate,
        gatesPassed: without(state.gatesPassed, event.gate),
      };
    case 'gate-passed':
      return {
        ...moving(state),
        gateWaiting: undefined,
        gatesPassed: [...without(state.gatesPassed, event.gate), event.gate],
      };
    case 'gate-reopened':
      return { ...state, gatesPassed: without(state.gatesPassed, event.gate) };
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
      return {
        ...state,
        state: 'rolling-back',
        direction: 'back',
        rollbackTo: event.toPhase,
        gateWaiting: undefined,
        why: undefined,
      };
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
        ? { ...toldAgain(step), state: 'started', undoneParts: [] }
        : { ...withoutDetail(step), state: 'undoing' };
    case 'step-done':
      return event.direction === 'forward'
        ? {
            ...step,
            state: 'done',
            doneParts: [...without(step.doneParts, event.part), event.part],
            ms: step.ms + event.ms,
            ...detailOf(event),
            ...(event.detail === undefined ? {} : { told: event.detail }),
          }
        : { ...step, undoneParts: [...without(step.undoneParts, event.part), event.part], ...detailOf(event) };
    case 'step-verified': {
      const ms = step.ms + (event.ms ?? 0);
      if (!event.ok) return { ...step, state: 'failed', ms, detail: event.detail };
      return event.detail === nothingMeasured ? toldAgain(step) : { ...step, ms, detail: event.detail };
    }
    case 'step-complete':
      return { ...step, state: 'verified' };
    case 'step-failed':
      return { ...step, state: event.direction === 'forward' ? 'failed' : 'undoing', detail: event.message };
    case 'step-undone':
      return {
        state: 'undone',
        doneParts: [],
        undoneParts: [],
        ms: 0,
        timesUndone: (step.timesUndone ?? 0) + 1,
        ...detailOf(step),
      };
  }
}

function without<Item>(items: readonly Item[], item: Item): readonly Item[] {
  return items.filter((other) => other !== item);
}

/** What is said of a step on its way back is what the way back did. */
function withoutDetail({ detail: _, ...step }: StepProgress): StepProgress {
  return step;
}

function toldAgain(step: StepProgress): StepProgress {
  return { ...withoutDetail(step), ...detailOf({ detail: step.told }) };
}

function detailOf(event: { readonly detail?: string | undefined }): { readonly detail?: string } {
  return event.detail === undefined ? {} : { detail: event.detail };
}
