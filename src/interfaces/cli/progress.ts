import type { RunProgress } from '#app/progress';
import { eventText, progressText, time, verifiedText } from './progress-text.ts';

/** Shows what happens while it happens. */
export type ProgressView = {
  on(event: RunProgress): void;
  /** Takes the live region away, before something else is written. */
  clear(): void;
};

export type ProgressOptions = {
  write(text: string): void;
  /** A terminal gets a live region on its last line; a log gets lines only. */
  readonly isTerminal: boolean;
  columns(): number;
  nowMs(): number;
  dim(text: string): string;
};

/** In a log, a long step says how far it is at most this often. */
const logEveryMs = 5_000;
/** On a terminal the live region is drawn at most this often. */
const drawEveryMs = 80;

/** Nothing is shown. */
export const noProgress: ProgressView = { on: () => undefined, clear: () => undefined };

/** A view that survives a CI log: one line per finished step, and one per five seconds for a long one. */
export function progressView(options: ProgressOptions): ProgressView {
  const step: { id: string; startedMs: number; done: readonly string[] } = { id: '', startedMs: 0, done: [] };
  const begin = (id: string): void => {
    step.id = id;
    step.startedMs = options.nowMs();
  };
  let shownMs = options.nowMs();
  let isLive = false;
  const clear = (): void => {
    if (isLive) options.write('\r\u001b[2K');
    isLive = false;
  };
  const line = (text: string): void => {
    clear();
    options.write(`${text}\n`);
    shownMs = options.nowMs();
  };
  const passing = (text: string): void => {
    const sinceMs = options.nowMs() - shownMs;
    if (!options.isTerminal) {
      if (sinceMs >= logEveryMs) line(`  … ${text}`);
      return;
    }
    if (isLive && sinceMs < drawEveryMs) return;
    options.write(`\r\u001b[2K${options.dim(`  … ${text}`.slice(0, Math.max(20, options.columns() - 1)))}`);
    isLive = true;
    shownMs = options.nowMs();
  };
  const on = (event: RunProgress): void => {
    const text = eventText(event);
    if (text !== undefined) line(event.kind === 'step-verified' ? verifiedText(event, step.done) : text);
    if (event.kind === 'step-started') {
      if (event.part === 0) step.done = [];
      begin(event.stepId);
      passing(`${event.stepId}: ${event.title}`);
    } else if (event.kind === 'step-progress') {
      // A gate measures without having been started as a step.
      if (event.stepId !== step.id) begin(event.stepId);
      passing(`${event.stepId}: ${progressText(event.progress, options.nowMs() - step.startedMs)}`);
    } else if (event.kind === 'step-done') {
      step.done = event.detail === 'nothing to do' ? [] : [event.detail, time(event.ms)];
    } else if (event.kind === 'working') {
      passing(`${event.what}: ${progressText(event.progress, event.elapsedMs)}`);
    } else if (event.kind === 'held') {
      passing(`held for ${Math.round(event.heldMs / 1_000)} s: ${event.why}`);
    }
  };
  return { on, clear };
}
