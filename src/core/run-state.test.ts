import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seed } from '../../test/support/seed.ts';
import { chain, type JournalEntry, type JournalEvent } from './journal.ts';
import { advance, nothingMeasured, type RunState, replay, runStates } from './run-state.ts';

const at = '2026-01-01T00:00:00.000Z';
type Unstamped = JournalEvent extends infer Event ? (Event extends JournalEvent ? Omit<Event, 'at'> : never) : never;

function stateAfter(...events: readonly Unstamped[]): RunState {
  const entries: JournalEntry[] = [];
  for (const event of events) entries.push(chain(entries.at(-1), { ...event, at }));
  return replay(entries);
}

const started: Unstamped = { kind: 'run-started', planHash: 'h', planId: 'p', godwit: '0' };
const deed = (
  kind: 'step-started' | 'step-done',
  part: number,
  direction: 'forward' | 'back' = 'forward',
): Unstamped =>
  kind === 'step-started'
    ? { kind, stepId: 's', part, direction }
    : { kind, stepId: 's', part, direction, ms: 2, detail: 'fine' };
const complete: readonly Unstamped[] = [
  started,
  deed('step-started', 0),
  deed('step-done', 0),
  { kind: 'step-verified', stepId: 's', ok: true, detail: 'good', ms: 3 },
  { kind: 'step-complete', stepId: 's' },
];

const failed: Unstamped = { kind: 'failed', code: 'step-failed', message: 'no' };
const cases: readonly { readonly name: string; readonly events: readonly Unstamped[]; readonly state: object }[] = [
  {
    name: 'a run that began',
    events: [started],
    state: { state: 'running', planHash: 'h', planId: 'p', direction: 'forward' },
  },
  {
    name: 'a step under way',
    events: [started, deed('step-started', 0)],
    state: { steps: { s: { state: 'started', doneParts: [] } } },
  },
  {
    name: 'parts that are done, each once',
    events: [
      started,
      deed('step-started', 0),
      deed('step-done', 0),
      deed('step-started', 1),
      deed('step-done', 1),
      deed('step-done', 1),
    ],
    state: { steps: { s: { state: 'done', doneParts: [0, 1] } } },
  },
  {
    name: 'a proven step',
    events: complete,
    state: { state: 'running', steps: { s: { state: 'verified', detail: 'good', ms: 5 } } },
  },
  {
    name: 'a proof that did not hold',
    events: [...complete.slice(0, 3), { kind: 'step-verified', stepId: 's', ok: false, detail: 'bad' }],
    state: { steps: { s: { state: 'failed', detail: 'bad' } } },
  },
  {
    name: 'a proof that held later, with nothing to measure: what the deed told is said again',
    events: [
      ...complete.slice(0, 3),
      { kind: 'step-verified', stepId: 's', ok: false, detail: 'bad' },
      { kind: 'step-verified', stepId: 's', ok: true, detail: nothingMeasured },
      { kind: 'step-complete', stepId: 's' },
    ],
    state: { state: 'running', steps: { s: { state: 'verified', detail: 'fine' } } },
  },
  {
    name: 'a deed that failed and is tried again: its failure is past',
    events: [
      ...complete.slice(0, 3),
      deed('step-started', 1),
      { kind: 'step-failed', stepId: 's', part: 1, direction: 'forward', code: 'x', message: 'no' },
      failed,
      { kind: 'resumed', by: 'ada' },
      deed('step-started', 1),
    ],
    state: { steps: { s: { state: 'started', detail: 'fine' } } },
  },
  {
    name: 'a failure',
    events: [
      started,
      { kind: 'step-failed', stepId: 's', part: 0, direction: 'forward', code: 'x', message: 'no' },
      failed,
    ],
    state: { state: 'failed', why: 'no', steps: { s: { state: 'failed' } } },
  },
  {
    name: 'going on after a failure',
    events: [started, failed, { kind: 'resumed', by: 'ada' }],
    state: { state: 'running', why: undefined },
  },
  {
    name: 'waiting at a gate',
    events: [started, { kind: 'gate-reached', gate: 'd' }],
    state: { state: 'waiting', gateWaiting: 'd', gatesPassed: [] },
  },
  {
    name: 'a gate that was passed',
    events: [started, { kind: 'gate-reached', gate: 'd' }, { kind: 'gate-passed', gate: 'd', by: 'ada', evidence: [] }],
    state: { state: 'running', gateWaiting: undefined, gatesPassed: ['d'] },
  },
  {
    name: 'waiting again at a gate that was passed before',
    events: [started, { kind: 'gate-passed', gate: 'd', by: 'ada', evidence: [] }, { kind: 'gate-reached', gate: 'd' }],
    state: { state: 'waiting', gateWaiting: 'd', gatesPassed: [] },
  },
  {
    name: 'paused at a gate: it still waits there',
    events: [started, { kind: 'gate-reached', gate: 'd' }, { kind: 'paused', by: 'ada', why: 'lunch' }],
    state: { state: 'paused', why: 'lunch', gateWaiting: 'd' },
  },
  { name: 'interrupted', events: [started, { kind: 'interrupted' }], state: { state: 'paused', why: 'interrupted' } },
  {
    name: 'a step on the way back',
    events: [...complete, { kind: 'rollback-started' }, deed('step-started', 0, 'back'), deed('step-done', 0, 'back')],
    state: {
      state: 'rolling-back',
      direction: 'back',
      steps: { s: { state: 'undoing', undoneParts: [0], doneParts: [0] } },
    },
  },
  {
    name: 'a failure on the way back: the step is still half undone',
    events: [
      ...complete,
      { kind: 'rollback-started' },
      deed('step-started', 0, 'back'),
      { kind: 'step-failed', stepId: 's', part: 0, direction: 'back', code: 'x', message: 'no' },
      failed,
    ],
    state: { state: 'failed', direction: 'back', steps: { s: { state: 'undoing' } } },
  },
  {
    name: 'a step that was undone begins anew, and knows it',
    events: [
      ...complete,
      { kind: 'rollback-started' },
      { kind: 'step-undone', stepId: 's' },
      { kind: 'rolled-back', toPhase: 'a' },
      deed('step-started', 0),
    ],
    state: {
      state: 'running',
      direction: 'forward',
      steps: { s: { state: 'started', doneParts: [], timesUndone: 1 } },
    },
  },
  {
    name: 'taken back as a whole',
    events: [...complete, { kind: 'rollback-started' }, { kind: 'step-undone', stepId: 's' }, { kind: 'rolled-back' }],
    state: { state: 'rolled-back', direction: 'back', rollbackTo: undefined },
  },
  {
    name: 'exceptions are kept, approvals change nothing, purged is said',
    events: [
      started,
      { kind: 'approved', approval: '{}' },
      { kind: 'exception', stepId: 's', message: 'row 7' },
      { kind: 'done' },
      { kind: 'purged', by: 'ada' },
    ],
    state: { state: 'done', exceptions: ['row 7'], purged: true, events: 5 },
  },
];

describe('replay', () => {
  for (const { name, events, state } of cases) it(name, () => expect(stateAfter(...events)).toMatchObject(state));

  it(`is total: any events in any order make a state, the same at once or one by one (seed ${seed})`, () => {
    const all = cases.flatMap(({ events }) => events);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...all), { maxLength: 40 }), (events) => {
        let state = replay([]);
        for (const [index, event] of events.entries()) {
          state = advance(state, { ...event, at });
          expect(runStates).toContain(state.state);
          expect(state.events).toBe(index + 1);
        }
        expect(stateAfter(...events)).toEqual(state);
      }),
      { seed },
    );
  });
});
