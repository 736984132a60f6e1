import type { Finding } from '#core/finding';
import type { FindingsReport } from '#core/report';
import { codeFrame } from './code-frame.ts';
import { visible } from './display-width.ts';
import { byFile, counted, effectsOf, summaryLine } from './findings-words.ts';

/** Findings as lines of text, each with the lines of its file that it is about, file by file. */
export function findingsText(report: FindingsReport): readonly string[] {
  const { findings, summary, notices = [], sources = {} } = report;
  const files = byFile(findings);
  const groups = [...files].flatMap(([file, group]) => [
    '',
    `${file === undefined ? 'no file' : visible(file)} (${counted(group.length, 'finding')})`,
    ...group.flatMap((finding) => ['', ...findingLines(finding, sources[finding.file ?? ''])]),
  ]);
  const [first] = [...files.values()].flat();
  const hint = first === undefined ? [] : ['', `\`godwit explain ${first.rule}\` says more of a rule.`];
  return [
    report.title,
    ...groups,
    ...(notices.length === 0 ? [] : ['', ...notices.map((notice) => `note: ${wrapped(notice)}`)]),
    ...hint,
    ...(summary === undefined ? [] : ['', summaryLine(summary)]),
  ];
}

function findingLines(finding: Finding, source: string | undefined): readonly string[] {
  const { severity, rule, message, instead, cure, aliases = [], edit } = finding;
  const effects = effectsOf(finding);
  return [
    `${placeOf(finding)}${severity} ${rule}`,
    `  ${wrapped(message)}`,
    ...frameOf(finding, source).map((line) => `    ${line}`),
    ...(effects === undefined ? [] : [`  effect: ${effects}`]),
    ...(instead === undefined ? [] : [`  instead: ${wrapped(instead)}`]),
    ...(cure === undefined ? [] : [`  \u2192 ${wrapped(cure)}`]),
    ...(edit === undefined ? [] : ['  `--fix` writes it.']),
    ...(aliases.length === 0 ? [] : [`  elsewhere: ${aliases.join(', ')}`]),
  ];
}

function placeOf({ file, line, column }: Finding): string {
  if (file === undefined) return '';
  return `${[visible(file), line, column].filter((part) => part !== undefined).join(':')} `;
}

function frameOf({ line, column = 1, endLine = line, endColumn }: Finding, source: string | undefined) {
  if (source === undefined || line === undefined || endLine === undefined) return [];
  return codeFrame(source, { line, column, endLine, endColumn: endColumn ?? column });
}

/** Further lines of a text stand below the first. */
function wrapped(text: string): string {
  return text.split(/\r?\n/).map(visible).join('\n    ');
}
