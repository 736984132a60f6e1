import type { Finding } from '#core/finding';
import { type Gate, hazardsOf, stepsOf } from '#core/plan';
import { type Check, exceptionsOf, type Report } from '#core/report';
import type { StepProgress, StepState } from '#core/run-state';
import { brief } from '../actions.ts';
import { codeLine } from '../code-sections.ts';
import { findingsText } from '../findings-text.ts';
import type { Format } from '../format.ts';
import { restoredText } from '../restored-text.ts';
import { duration } from '../timeline.ts';

/** Plain text for a terminal or a log, without colour. */
export const text: Format = {
  id: 'text',
  summary: 'Plain text',
  render: (report) => `${lines(report).join('\n')}\n`,
};

function lines(report: Report): readonly string[] {
  switch (report.kind) {
    case 'plan':
      return planLines(report);
    case 'run':
      return runLines(report);
    case 'checks':
      return [
        report.title,
        ...report.checks.flatMap((check) => [
          `  ${mark(check)} ${check.id}: ${indented(check.detail)}`,
          ...next(check.next),
        ]),
      ];
    case 'findings':
      if (report.sources !== undefined) return findingsText(report);
      return [
        report.title,
        ...report.findings.flatMap((finding) => [
          `  ${finding.severity} ${finding.rule}: ${placeOf(finding)}${indented(finding.message)}`,
          ...next(finding.cure),
        ]),
      ];
  }
}

/** Where it is, unless its words say so. */
function placeOf({ file, line, column, message }: Finding): string {
  if (file === undefined || message.includes(file)) return '';
  return `${[file, line, column].filter((part) => part !== undefined).join(':')} `;
}

function planLines({ plan }: Extract<Report, { readonly kind: 'plan' }>): readonly string[] {
  const steps = plan.phases.flatMap((phase) => [
    `${phase.id}: ${phase.title}`,
    ...phase.steps.flatMap((step) => [`  - ${step.title}`, `      back: ${brief(step.rollback)}`]),
    ...(phase.gate === undefined ? [] : gateLines(phase.gate)),
  ]);
  const risks = [...new Set(hazardsOf(plan).map((risk) => `  ${risk.severity} ${risk.rule}: ${risk.message}`))];
  return [plan.title, `plan ${plan.planHash}`, '', ...steps, ...(risks.length === 0 ? [] : ['', 'risks:', ...risks])];
}

function gateLines(gate: Gate): readonly string[] {
  const code = codeLine(gate);
  return [`  - gate: ${indented(gate.needs)}`, ...(code === undefined ? [] : [`      code: ${code}`])];
}

function runLines(report: Extract<Report, { readonly kind: 'run' }>): readonly string[] {
  const steps = stepsOf(report.plan).map(({ step }) => {
    const progress = report.state.steps[step.id];
    const state = progress === undefined ? 'to do' : spent(progress);
    const detail = progress?.detail === undefined ? '' : `: ${progress.detail}`;
    return `  ${stepMark(progress?.state)} ${step.id} (${state})${detail}`;
  });
  const restored = report.restored;
  return [
    `${report.plan.title}: ${report.state.state}${report.state.why === undefined ? '' : ` (${report.state.why})`}`,
    `run ${report.runId}, plan ${report.plan.planHash.slice(0, 8)}`,
    ...steps,
    ...exceptionsOf(report).map((exception) => `  exception: ${exception}`),
    ...(restored === undefined ? [] : [`restored: ${restoredText(report.plan, restored)}`]),
  ];
}

/** Further lines of a text stand below the first. */
function indented(text: string): string {
  return text.replaceAll('\n', '\n      ');
}

function next(step: string | undefined): readonly string[] {
  return step === undefined ? [] : [`      → ${indented(step)}`];
}

function stepMark(state: StepState | undefined): string {
  if (state === undefined) return '·';
  const marks = { started: '…', done: '…', verified: '✓', failed: '✗', undoing: '…', undone: '↩' } as const;
  return marks[state];
}

function mark({ ok, isToCome }: Check): string {
  if (isToCome === true) return '·';
  return ok ? '✓' : '✗';
}

/** What was taken back has no time of its own any more. */
function spent({ state, ms }: StepProgress): string {
  return state === 'undone' ? state : `${state}, ${duration(ms)}`;
}
