import type { Plan } from '#core/plan';
import type { Rehearsal } from '#core/report';
import { inline, table } from './markdown-text.ts';

/** Time for each phase with its source: measured in a rehearsal, or estimated from which statistics. */
export function timeline(plan: Plan, rehearsal: Rehearsal | undefined): string {
  if (plan.estimates.length === 0 && (rehearsal?.steps ?? []).length === 0) {
    return `Nothing is estimated: \`godwit rehearse migrations/${plan.id}\` measures every step${hasGate(plan) ? `, and a gate lasts ${gateLasts(plan)}` : ''}.`;
  }
  const rows = plan.phases.flatMap((phase) => {
    if (phase.gate !== undefined) return [gateRow(phase.id, { plan, rehearsal })];
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

type Basis = { readonly plan: Plan; readonly rehearsal: Rehearsal | undefined };

/** What the gate of a tree measures takes its time; what a person does there is as long as it is. */
function gateRow(id: string, { plan, rehearsal }: Basis): readonly string[] {
  const measured = rehearsal?.steps.find((step) => step.id === id);
  const says = gateLasts(plan);
  if (measured === undefined) return [`**${id}**`, says, '', '', ''];
  return [`**${id}**`, `${says}, and its checks`, `**${duration(measured.ms)}**`, '', rehearsedOn(rehearsal)];
}

function gateLasts({ origin }: Plan): string {
  return origin.kind === 'database' ? 'as long as the deployment takes' : 'as long as the edits by hand take';
}

function hasGate({ phases }: Plan): boolean {
  return phases.some(({ gate }) => gate !== undefined);
}

type Time = { readonly ms: number | undefined; readonly waitMs: number | undefined; readonly source: string };

function timeOf(stepId: string, plan: Plan, rehearsal: Rehearsal | undefined): Time {
  const measured = rehearsal?.steps.find(({ id }) => id === stepId);
  if (measured !== undefined) {
    return { ms: measured.ms, waitMs: measured.longestWaitMs, source: rehearsedOn(rehearsal) };
  }
  const guess = plan.estimates.find((timing) => timing.stepId === stepId);
  return {
    ms: guess?.ms,
    waitMs: undefined,
    source: guess?.source ?? (rehearsal === undefined ? 'not estimated' : 'not measured'),
  };
}

/** A duration for people: `850 ms`, `12 s`, `3 min 19 s`, `2.5 h`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 90_000) return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  if (ms < 5_400_000) return inMinutes(Math.round(ms / 1_000));
  return `${(ms / 3_600_000).toFixed(1)} h`;
}

function inMinutes(seconds: number): string {
  const rest = seconds % 60;
  return `${Math.floor(seconds / 60)} min${rest === 0 ? '' : ` ${rest} s`}`;
}

function rehearsedOn(rehearsal: Rehearsal | undefined): string {
  if (rehearsal === undefined) return '';
  const rows = rehearsal.rows === 0 ? '' : ` with ${rehearsal.rows.toLocaleString('en-US')} rows`;
  return `measured in rehearsal on ${rehearsal.server}${rows}`;
}
