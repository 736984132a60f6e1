import { findingsSummary } from '#core/findings-summary';
import type { FindingsReport } from '#core/report';

/**
 * The report of those files alone, with counts of its own. The others were read all the same: they say what is there when
 * a migration runs. A finding without a file stays. Pure.
 */
export function narrowToFiles(report: FindingsReport, files: ReadonlySet<string>): FindingsReport {
  const isMeant = ({ file }: { readonly file?: string | undefined }) => file === undefined || files.has(file);
  const findings = report.findings.filter(isMeant);
  const silenced = (report.silenced ?? []).filter(({ finding }) => isMeant(finding));
  const sources = Object.fromEntries(Object.entries(report.sources ?? {}).filter(([path]) => files.has(path)));
  const count = Object.keys(sources).length;
  const suppressed = silenced.filter(({ by }) => by !== 'baseline').length;
  return {
    ...report,
    title: `${count} changed ${count === 1 ? 'file' : 'files'} of ${report.title}`,
    findings,
    silenced,
    sources,
    summary: findingsSummary(findings, { files: count, suppressed, inBaseline: silenced.length - suppressed }),
  };
}
