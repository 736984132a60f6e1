import type { Plan } from '#core/plan';
import type { Rehearsal } from '#core/report';
import { inline, table } from './markdown-text.ts';

/** Time for each phase with its source: measured in a rehearsal, or estimated from which statistics. */
export function timeline(plan: Plan, rehearsal: Rehearsal | undefined): string {
  const rows = plan.phases.flatMap((phase) => {
    if (phase.gate !== undefined) return [[`**${phase.id}**`, 'as long as the deployment takes', '', '', '']];
    const steps = phase.steps.map((step) => ({ step, time: timeOf(step.id, plan, rehearsal) }));
    const known = steps.flatMap(({ time }) => (time.ms === undefined ? [] : [time.ms]));
    const sum = known.reduce((all, ms) => all + ms, 0);
    const sources = [...new Set(steps.map(({ time }) => time.source))];
    return [
      [`**${phase.id}**`, 'all steps', known.length === 0 ? '' : `**${duration(sum)}**`, '', sources.join('; ')],
      ...steps.map(({ step, time }) => [
        phase.id,
        inline(step.title),
        time.ms === undefined ? '' : duration(time.ms),
        time.waitMs === undefined ? '' : duration(time.waitMs),
        time.source,
      ]),
    ];
  });
  return table(['Phase', 'Step', 'Time', 'Longest wait', 'Source'], rows);
}

type Time = { readonly ms: number | undefined; readonly waitMs: number | undefined; readonly source: string };

function timeOf(stepId: string, plan: Plan, rehearsal: Rehearsal | undefined): Time {
  const measured = rehearsal?.steps.find(({ id }) => id === stepId);
  if (measured !== undefined) {
    return { ms: measured.ms, waitMs: measured.longestWaitMs, source: rehearsedOn(rehearsal) };
  }
  const guess = plan.estimates.find((timing) => timing.stepId === stepId);
  return { ms: guess?.ms, waitMs: undefined, source: guess?.source ?? 'not estimated' };
}

/** A duration for people: `850 ms`, `12 s`, `3 min`, `2.5 h`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 90_000) return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  if (ms < 5_400_000) return `${Math.round(ms / 60_000)} min`;
  return `${(ms / 3_600_000).toFixed(1)} h`;
}

function rehearsedOn(rehearsal: Rehearsal | undefined): string {
  if (rehearsal === undefined) return '';
  const rows = rehearsal.rows === 0 ? '' : ` with ${rehearsal.rows.toLocaleString('en-US')} rows`;
  return `measured in rehearsal on ${rehearsal.server}${rows}`;
}
