import { type Plan, stepsOf } from '#core/plan';
import type { Rehearsal } from '#core/report';
import { table } from './markdown-text.ts';

/** Time for each phase with its source: measured in a rehearsal, or estimated from which statistics. */
export function timeline(plan: Plan, rehearsal: Rehearsal | undefined): string {
  const measured = new Map(rehearsal?.steps.map((step) => [step.id, step]));
  const estimated = new Map(plan.estimates.map((timing) => [timing.stepId, timing]));
  const rows = stepsOf(plan).map(({ phase, step }) => {
    const real = measured.get(step.id);
    const guess = estimated.get(step.id);
    const time = real?.ms ?? guess?.ms;
    const source = real === undefined ? (guess?.source ?? 'not estimated') : rehearsedOn(rehearsal);
    const wait = real === undefined ? '' : duration(real.longestWaitMs);
    return [phase.id, step.title, time === undefined ? '' : duration(time), wait, source];
  });
  const head = table(['Phase', 'Step', 'Time', 'Longest wait', 'Source'], rows);
  return plan.phases.some((phase) => phase.gate !== undefined)
    ? `${head}\n\nThe deploy gate takes as long as the deployment does.`
    : head;
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
  return `measured in rehearsal on ${rehearsal.server} with ${rehearsal.rows.toLocaleString('en-US')} rows`;
}
