import { createHash } from 'node:crypto';
import type { Finding } from '#core/finding';
import { findingsIn } from '../findings-in.ts';
import type { Format } from '../format.ts';

/** A Code Quality report of GitLab: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format. */
export const gitlab: Format = {
  id: 'gitlab',
  summary: 'A Code Quality report of GitLab',
  render(report) {
    const seen = new Map<string, number>();
    return `${JSON.stringify(
      findingsIn(report).map((finding) => issue(finding, seen)),
      undefined,
      2,
    )}\n`;
  },
};

const severities = { error: 'critical', warning: 'minor', advice: 'info' } as const;

function issue(finding: Finding, seen: Map<string, number>) {
  const { file, line = 1, endLine, rule, severity, message } = finding;
  return {
    description: message,
    check_name: rule,
    fingerprint: fingerprintOf(finding, seen),
    severity: severities[severity],
    // A path must be there; the root stands for what is in no file.
    location: { path: file ?? '.', lines: { begin: line, ...(endLine === undefined ? {} : { end: endLine }) } },
  };
}

/** Without its own, that of what it says: no line is in it, so that it stays when lines move; those alike are counted. */
function fingerprintOf({ fingerprint, rule, file, message }: Finding, seen: Map<string, number>): string {
  if (fingerprint !== undefined) return fingerprint;
  const said = JSON.stringify([rule, file ?? '', message]);
  const count = seen.get(said) ?? 0;
  seen.set(said, count + 1);
  return createHash('sha256').update(`${said}${count}`).digest('hex').slice(0, 16);
}
