import type { Finding } from '#core/finding';
import type { FindingsSummary } from '#core/findings-summary';

/** What a finding says of the server, on one line; undefined where it says nothing. */
export function effectsOf({ lock, tables = [], rewrite, scan }: Finding): string | undefined {
  const on = tables.length === 0 ? '' : ` on ${tables.join(', ')}`;
  const said = [
    ...(lock === undefined ? [] : [`${lock}${on}`]),
    ...(rewrite === true ? [`the table${lock === undefined ? on : ''} is written anew`] : []),
    ...(scan === true ? ['every row is read'] : []),
  ];
  return said.length === 0 ? undefined : said.join('; ');
}

/** `3 errors, 1 warning, 2 advice in 4 of 12 files; 2 suppressed; 5 in the baseline`. */
export function summaryLine(summary: FindingsSummary): string {
  const { errors, warnings, advice, files, filesWithFindings, suppressed, inBaseline } = summary;
  const counts = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
    ...(advice > 0 ? [`${advice} advice`] : []),
  ];
  const inFiles =
    files === 0 ? '; no file was judged' : ` in ${Math.min(filesWithFindings, files)} of ${counted(files, 'file')}`;
  const found = counts.length === 0 ? `no findings in ${counted(files, 'file')}` : `${counts.join(', ')}${inFiles}`;
  return [
    found,
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    ...(inBaseline > 0 ? [`${inBaseline} in the baseline`] : []),
  ].join('; ');
}

/** Findings by file, in the order of the files' names and of lines; those without a file last. */
export function byFile(findings: readonly Finding[]): ReadonlyMap<string | undefined, readonly Finding[]> {
  const groups = new Map<string | undefined, Finding[]>();
  const files = [...new Set(findings.map(({ file }) => file))].sort((a, b) => rank(a, b));
  for (const file of files) groups.set(file, []);
  for (const finding of findings) groups.get(finding.file)?.push(finding);
  for (const group of groups.values()) {
    group.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  }
  return groups;
}

/** `1 error`, `2 errors`. */
export function counted(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

function rank(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  return b === undefined || a < b ? -1 : 1;
}
