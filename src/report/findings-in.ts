import type { Finding } from '#core/finding';
import { hazardsOf } from '#core/plan';
import { exceptionsOf, type Report } from '#core/report';

/** What a report of any kind holds of findings: what of it is not a finding by itself is said as one. */
export function findingsIn(report: Report): readonly Finding[] {
  switch (report.kind) {
    case 'findings':
      return report.findings;
    case 'plan':
      return [...hazardsOf(report.plan), ...(report.plan.findings ?? []), ...(report.rehearsal?.findings ?? [])];
    case 'checks':
      return report.checks
        .filter(({ ok, isToCome }) => !ok && isToCome !== true)
        .map(({ id, detail, next }) => ({
          rule: `check/${id}`,
          severity: 'error',
          message: detail,
          ...(next === undefined ? {} : { cure: next }),
        }));
    case 'run': {
      const { state, why } = report.state;
      const failure: readonly Finding[] =
        state === 'failed'
          ? [{ rule: 'run/failed', severity: 'error', message: `${report.plan.title}: ${why ?? 'the run failed'}` }]
          : [];
      return [
        ...failure,
        ...exceptionsOf(report).map((message): Finding => ({ rule: 'run/exception', severity: 'warning', message })),
      ];
    }
  }
}

/** The title of a report of any kind. */
export function titleOf(report: Report): string {
  return 'plan' in report ? report.plan.title : report.title;
}
