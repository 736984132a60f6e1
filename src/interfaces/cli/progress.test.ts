import { describe, expect, it } from 'vitest';
import type { RunProgress } from '#app/progress';
import { progressView } from './progress.ts';
import { progressText } from './progress-text.ts';

const started: RunProgress = {
  kind: 'step-started',
  phaseId: 'migrate',
  stepId: 'migrate-1-fill',
  title: 'Fill',
  direction: 'forward',
  part: 0,
  parts: 1,
};
const progress = (done: number, throttled?: string): RunProgress => ({
  kind: 'step-progress',
  stepId: 'migrate-1-fill',
  direction: 'forward',
  progress: { done, total: 1_000, unit: 'rows', ...(throttled === undefined ? {} : { throttled }) },
});
const done: readonly RunProgress[] = [
  {
    kind: 'step-done',
    stepId: 'migrate-1-fill',
    direction: 'forward',
    part: 0,
    parts: 1,
    ms: 1_500,
    detail: '1,000 rows',
  },
  { kind: 'step-verified', stepId: 'migrate-1-fill', ok: true, detail: 'as wanted' },
];

function watched(isTerminal: boolean) {
  let nowMs = 0;
  let text = '';
  const view = progressView({
    write: (more) => {
      text += more;
    },
    isTerminal,
    columns: () => 80,
    nowMs: () => nowMs,
    dim: (line) => line,
  });
  const hear = (...events: readonly RunProgress[]) => {
    for (const event of events) view.on(event);
  };
  return { hear, after: (ms: number) => (nowMs += ms), said: () => text, clear: () => view.clear() };
}

describe('progress', () => {
  it('says rows, percent, rate, and the end only from 1 % on', () => {
    expect(progressText({ done: 5, total: 1_000, unit: 'rows' }, 1_000)).toBe('5 of 1,000 rows, 0 %, 5 rows/s');
    expect(progressText({ done: 500, total: 1_000, unit: 'rows' }, 1_000)).toBe(
      '500 of 1,000 rows, 50 %, 500 rows/s, 1.0 s left',
    );
    expect(progressText({ done: 7, total: undefined, unit: 'rows' }, 0)).toBe('7 rows');
    expect(progressText({ done: 1_500, total: 1_000, unit: 'rows' }, 1_000)).toBe('1,500 rows, 1,500 rows/s');
    expect(progressText({ done: 500, total: 1_000, unit: 'rows', throttled: 'lag of 3 s' }, 0)).toContain(
      'slowed: lag of 3 s',
    );
  });

  it('counts the time of a gate from where it began to measure, not from the step before it', () => {
    const log = watched(false);
    log.hear(started);
    log.after(600_000);
    const checks = (count: number): RunProgress => ({
      kind: 'step-progress',
      stepId: 'gate-1',
      direction: 'forward',
      progress: { done: count, total: 3, unit: 'checks' },
    });
    log.hear(checks(0));
    log.after(10_000);
    log.hear(checks(1));
    expect(log.said()).toContain('… gate-1: 1 of 3 checks, 33 %, 20 s left\n');
  });

  it('writes one line per step into a log, and one per five seconds for a long one', () => {
    const log = watched(false);
    log.hear(started, progress(1), progress(2));
    log.after(5_001);
    log.hear(progress(400, 'replicas are 2 s behind'), progress(401));
    log.hear(...done);
    expect(log.said().split('\n')).toEqual([
      '  … migrate-1-fill: 400 of 1,000 rows, 40 %, 80 rows/s, 7.5 s left; slowed: replicas are 2 s behind',
      '  ✓ migrate-1-fill: as wanted, 1,000 rows, 1.5 s',
      '',
    ]);
    expect(log.said()).not.toContain('\u001b');
  });

  it('keeps a live line on a terminal and takes it away again', () => {
    const terminal = watched(true);
    terminal.hear(started);
    expect(terminal.said()).toContain('\r\u001b[2K  … migrate-1-fill: Fill');
    terminal.after(100);
    terminal.hear({ kind: 'held', why: 'sessions wait', heldMs: 2_000 });
    expect(terminal.said()).toContain('held for 2 s: sessions wait');
    terminal.clear();
    expect(terminal.said().endsWith('\r\u001b[2K')).toBe(true);
  });

  it('of a verb that is no run one line is live on a terminal, and a log gets one in five seconds', () => {
    const working = (doneFiles: number, elapsedMs: number): RunProgress => ({
      kind: 'working',
      what: 'lint',
      progress: { done: doneFiles, total: 3_000, unit: 'files' },
      elapsedMs,
    });
    const terminal = watched(true);
    terminal.hear(working(600, 1_000));
    terminal.clear();
    expect(terminal.said()).toBe('\r\u001b[2K  … lint: 600 of 3,000 files, 20 %, 600 files/s, 4.0 s left\r\u001b[2K');
    const log = watched(false);
    log.after(1_000);
    log.hear(working(600, 1_000));
    log.after(4_000);
    log.hear(working(1_500, 5_000));
    expect(log.said()).toBe('  … lint: 1,500 of 3,000 files, 50 %, 300 files/s, 5.0 s left\n');
  });
});
