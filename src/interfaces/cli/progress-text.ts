import type { RunProgress } from '#app/progress';
import type { Progress } from '#core/executor';
import { nothingMeasured } from '#core/run-state';

/** `120,000 of 200,000 rows, 60 %, 35,210 rows/s, 3 s left; slowed: …`. The end is guessed from 1 % on. */
export function progressText({ done, total: guessed, unit, throttled }: Progress, elapsedMs: number): string {
  // A total is an estimate, or what one pass has to do: where more was done it says nothing any more.
  const total = guessed !== undefined && done > guessed ? undefined : guessed;
  const perSecond = elapsedMs > 0 ? done / (elapsedMs / 1_000) : 0;
  const share = total === undefined || total <= 0 ? undefined : Math.min(1, done / total);
  const parts = [
    total === undefined ? `${count(done)} ${unit}` : `${count(done)} of ${count(total)} ${unit}`,
    ...(share === undefined ? [] : [`${Math.floor(share * 100)} %`]),
    ...(perSecond >= 1 ? [`${count(perSecond)} ${unit}/s`] : []),
    ...(share === undefined || share < 0.01 || share >= 1 || total === undefined || perSecond === 0
      ? []
      : [`${time(((total - done) / perSecond) * 1_000)} left`]),
  ];
  return `${parts.join(', ')}${throttled === undefined ? '' : `; slowed: ${throttled}`}`;
}

/** One line for what has happened; undefined for what only a live region shows. */
export function eventText(event: RunProgress): string | undefined {
  switch (event.kind) {
    case 'run-opened':
      return openingText(event);
    case 'phase-started':
      return event.direction === 'back' ? `Back over ${event.title}` : event.title;
    case 'step-verified':
      return verifiedText(event, []);
    case 'step-undone':
      return `  ↩ ${event.stepId}`;
    case 'exception':
      return `  ! ${event.stepId}: ${event.message}`;
    case 'evidence':
      return `  ${event.ok ? '✓' : event.isReadable ? '✗' : '?'} ${event.title}: ${event.detail}`;
    case 'command':
      return `  ${event.exitCode === 0 ? '✓' : '✗'} ${event.name}: ${event.line} (exit ${event.exitCode})`;
    case 'gate-passed':
      return `Gate ${event.gate} passed, by ${event.by}.`;
    case 'gate-reopened':
      return `Gate ${event.gate} is open again${event.needs === '' ? '.' : `: ${event.needs}`}`;
    case 'notice':
      return `  ${event.message}`;
    case 'gate-reached':
    case 'step-started':
    case 'step-progress':
    case 'step-done':
    case 'held':
    case 'working':
      return undefined;
  }
}

/** A step that is done and proved: what was measured, and after it what was done, where there is something to tell. */
export function verifiedText(
  { ok, stepId, detail }: Extract<RunProgress, { readonly kind: 'step-verified' }>,
  done: readonly string[],
): string {
  const measured = detail === nothingMeasured ? [] : [detail];
  return `  ${ok ? '✓' : '✗'} ${stepId}: ${[...measured, ...done].join(', ') || 'done'}`;
}

function openingText({ runId, resumed, direction }: Extract<RunProgress, { readonly kind: 'run-opened' }>): string {
  if (direction === 'back') return `${resumed ? 'Going on with taking' : 'Taking'} run ${runId} back.`;
  return `${resumed ? 'Going on with' : 'Starting'} run ${runId}.`;
}

/** A time for people: `850 ms`, `3.2 s`, `4 min`. */
export function time(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 90_000) return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  return ms < 5_400_000 ? `${Math.round(ms / 60_000)} min` : `${(ms / 3_600_000).toFixed(1)} h`;
}

function count(number: number): string {
  return Math.round(number).toLocaleString('en-US');
}
