import { stepsOf } from '#core/plan';
import { exceptionsOf, type Report } from '#core/report';
import { byFile, effectsOf, summaryLine } from './findings-words.ts';
import { code, inline, table } from './markdown-text.ts';
import { restoredText } from './restored-text.ts';
import { duration } from './timeline.ts';

type Of<K extends Report['kind']> = Extract<Report, { readonly kind: K }>;

/** A run: where it stands, step by step. */
export function runDocument(report: Of<'run'>): string {
  const rows = stepsOf(report.plan).map(({ phase, step }) => {
    const progress = report.state.steps[step.id];
    return [
      phase.id,
      step.title,
      progress?.state ?? 'to do',
      progress === undefined || progress.state === 'undone' ? '' : duration(progress.ms),
      progress?.detail ?? '',
    ];
  });
  const facts = [
    `- State: **${report.state.state}**${report.state.why === undefined ? '' : ` (${inline(report.state.why)})`}`,
    `- Run \`${report.runId}\`, plan \`${report.plan.planHash}\``,
    ...exceptionsOf(report).map((exception) => `- Exception: ${inline(exception)}`),
    ...(report.restored === undefined ? [] : [`- Restored: ${restoredText(report.plan, report.restored)}`]),
  ];
  return `# ${inline(report.plan.title)}\n\n${facts.join('\n')}\n\n${table(['Phase', 'Step', 'State', 'Time', 'Detail'], rows)}\n`;
}

/** A list of checks. */
export function checksDocument(report: Of<'checks'>): string {
  const rows = report.checks.map((check) => [check.id, yes(check.ok), check.detail, check.next ?? '']);
  return `# ${inline(report.title)}\n\n${table(['Check', 'Holds', 'Detail', 'Next'], rows)}\n`;
}

/** A list of findings; with the texts of files a table for each file. */
export function findingsDocument(report: Of<'findings'>): string {
  if (report.sources !== undefined) return findingsByFile(report);
  const rows = report.findings.map((finding) => [finding.rule, finding.severity, finding.message, finding.cure ?? '']);
  return `# ${inline(report.title)}\n\n${table(['Rule', 'Severity', 'What', 'Cure'], rows)}\n`;
}

function findingsByFile({ title, findings, summary, notices = [] }: Of<'findings'>): string {
  const sections = [...byFile(findings)].map(([file, group]) => {
    const rows = group.map((finding) => [
      finding.line === undefined ? '' : String(finding.line),
      finding.severity,
      code(finding.rule),
      finding.message,
      effectsOf(finding) ?? '',
      finding.instead ?? finding.cure ?? '',
    ]);
    const heading = file === undefined ? 'No file' : code(file);
    return `## ${heading}\n\n${table(['Line', 'Severity', 'Rule', 'What', 'Effect', 'Instead'], rows)}`;
  });
  const parts = [
    `# ${inline(title)}`,
    ...(summary === undefined ? [] : [inline(summaryLine(summary))]),
    ...sections,
    ...(notices.length === 0 ? [] : [notices.map((notice) => `- ${inline(notice)}`).join('\n')]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function yes(claim: boolean): string {
  return claim ? 'yes' : 'no';
}
