import type { Report } from '#core/report';

/** A way to write a report down. */
export interface Format {
  readonly id: string;
  readonly summary: string;
  /** Pure: the same report gives the same text, always ending in a newline. */
  render(report: Report): string;
}
