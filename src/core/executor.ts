import type { Finding } from './finding.ts';
import type { Action } from './plan.ts';

/** Where a long action stands. `total` undefined while unknown; `throttled` says why it goes slower than it could. */
export type Progress = {
  readonly done: number;
  readonly total: number | undefined;
  readonly unit: string;
  readonly throttled?: string;
};

/** What guards say of the moment: go, go slower by a factor of at least 1, or hold. */
export type Pace =
  | { readonly kind: 'go' }
  | { readonly kind: 'slow'; readonly factor: number; readonly why: string }
  | { readonly kind: 'hold'; readonly why: string };

/** What an executor may know of the run. */
export type ExecutionContext = {
  readonly runId: string;
  /**
   * Names this deed uniquely within the run and direction: step id and part, e.g. `expand-1#0`; `expand-1#0~1` for
   * the same after the step was undone once. Checks have `expand-1#verify`, evidence `deploy#<evidence id>`.
   */
  readonly deed: string;
  /** `check` when the action is a verification or evidence: it must not change anything. */
  readonly direction: 'forward' | 'back' | 'check';
  /** Aborts at Ctrl-C, pause or lost lease: stop at the next safe point and reject with `signal.reason`. */
  readonly signal: AbortSignal;
  progress(progress: Progress): void;
  /** What the guards say now. Cheap: readings are shared and at most half a second old. */
  pace(): Promise<Pace>;
  /** Records a truth that the user must hear: something that could not be restored or is not as planned. */
  exception(message: string): Promise<void>;
  /** Waits; rejects with `signal.reason` when aborted. The clock of the run, so that tests can drive it. */
  wait(ms: number): Promise<void>;
  /** Milliseconds from a monotonic clock. */
  now(): number;
};

/** The answer of an executor. For a deed `ok` is true (failures throw); a check says what it measured. */
export type Outcome = {
  readonly ok: boolean;
  /** One sentence with numbers, e.g. `200,000 rows compared, 0 differ`. */
  readonly detail: string;
  readonly findings?: readonly Finding[];
  /** Named numbers, e.g. `{ rows: 200000, mismatches: 0 }`. */
  readonly measures?: Readonly<Record<string, number>>;
};

/** Does one kind of action. May be run twice for the same deed: the second time finds it done. */
export interface Executor {
  readonly kind: string;
  execute(action: Action, context: ExecutionContext): Promise<Outcome>;
}
