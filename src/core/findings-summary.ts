import type { Finding, Severity } from './finding.ts';

/** How many findings there are, and in how many files. */
export type FindingsSummary = {
  readonly errors: number;
  readonly warnings: number;
  readonly advice: number;
  /** Files that were looked at, and those of them that have a finding. */
  readonly files: number;
  readonly filesWithFindings: number;
  /** Findings that a comment silences, and those that the baseline holds: in none of the counts above. */
  readonly suppressed: number;
  readonly inBaseline: number;
};

/** Counts findings. `files` is the number of files that were looked at. */
export function findingsSummary(
  findings: readonly Finding[],
  counts: { readonly files: number; readonly suppressed: number; readonly inBaseline: number },
): FindingsSummary {
  const having = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const files = new Set(findings.flatMap(({ file }) => (file === undefined ? [] : [file])));
  return {
    errors: having('error'),
    warnings: having('warning'),
    advice: having('advice'),
    filesWithFindings: files.size,
    ...counts,
  };
}
