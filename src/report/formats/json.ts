import type { Format } from '../format.ts';

/** The report as one JSON document. */
export const json: Format = {
  id: 'json',
  summary: 'One JSON document',
  render: (report) => `${JSON.stringify(report, undefined, 2)}\n`,
};
