import type { Rehearsal } from '#core/report';
import { duration } from '#report/timeline';
import type { LegTime } from './leg-times.ts';

/**
 * What a rehearsal took, leg by leg, so that the parts add up to the time that one has waited; and how many steps were
 * measured, each with its slower run forward. Pure.
 */
export function timeNote(
  { ok, rows, steps }: Pick<Rehearsal, 'ok' | 'rows' | 'steps'>,
  { legs, totalMs }: { readonly legs: readonly LegTime[]; readonly totalMs: number },
): string {
  const around = Math.max(0, totalMs - legs.reduce((sum, { ms }) => sum + ms, 0));
  const parts = [
    `${duration(around)} to make the copy ready and to clear it away`,
    ...legs.map(({ name, ms }) => `${duration(ms)} ${name}`),
  ];
  const end = ok || legs.length === 3 ? '' : ', up to where it stopped';
  const wait = Math.max(0, ...steps.map(({ longestWaitMs }) => longestWaitMs));
  return [
    `It took ${duration(totalMs)} in all: ${parts.join(', ')}${end}.`,
    `${steps.length === 1 ? '1 step was' : `${steps.length} steps were`} measured${rows === 0 ? '' : `; the longest wait of a writer was ${duration(wait)}`}.`,
  ].join(' ');
}
