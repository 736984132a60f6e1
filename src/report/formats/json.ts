import type { FindingsReport } from '#core/report';
import type { Format } from '../format.ts';

/** The report as one JSON document. */
export const json: Format = {
  id: 'json',
  summary: 'One JSON document',
  render: (report) => `${JSON.stringify(report.kind === 'findings' ? withoutSources(report) : report, undefined, 2)}\n`,
};

/** The files are where they were. */
function withoutSources({ sources: _, ...rest }: FindingsReport): Omit<FindingsReport, 'sources'> {
  return rest;
}
