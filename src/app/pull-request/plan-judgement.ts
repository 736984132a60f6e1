import { isFailure } from '#core/error';
import type { Finding } from '#core/finding';
import { findingsSummary } from '#core/findings-summary';
import type { FindingsReport } from '#core/report';
import { fingerprinted } from '#db/lint/baseline';
import type { Surroundings } from '../verb.ts';
import { changedFiles } from './changed-files.ts';
import type { PlannedFile, PlannedFiles, PlansAsked } from './draft-plans.ts';
import { isFromFork } from './pull-request-of.ts';

export type PlanJudgement = PlansAsked & {
  /** `require`: what cannot be planned is an error, else a warning. */
  readonly plan?: 'tell' | 'require' | undefined;
  readonly since?: string | undefined;
};

const nothing: PlannedFiles = { files: [], notices: [] };

/**
 * Plans what the branch adds, where that is asked for. What keeps all of it from being planned (no database, no embedded
 * server) is told; where plans are required it stops the job, but in a pull request from a fork, which gets no secrets.
 */
export async function planAdded(asked: PlanJudgement, surroundings: Surroundings): Promise<PlannedFiles> {
  if (asked.plan === undefined) return nothing;
  const added = asked.since === undefined ? undefined : await changedFiles(asked.since, surroundings, 'A');
  try {
    const { draftPlans } = await import('./draft-plans.ts');
    return await draftPlans(asked, surroundings, added);
  } catch (error) {
    const isUnplannable = isFailure(error, 'no-target') || isFailure(error, 'embedded-missing');
    if (!isUnplannable) throw error;
    const fork = isFailure(error, 'no-target') && (await isFromFork(surroundings.env));
    if (asked.plan === 'require' && !fork) throw error;
    const { what, next } = error.explanation;
    const notice = fork
      ? 'Linted only: this pull request comes from a fork, which gets no secrets, so that there is no database to plan on.'
      : `Linted only: no plan was made. ${what} ${next}`;
    return { files: [], notices: [notice] };
  }
}

/** The report with what cannot be planned, and what is to be known of the plans. Pure. */
export function withRefusals(
  report: FindingsReport,
  { files, notices }: PlannedFiles,
  plan: PlanJudgement['plan'],
): FindingsReport {
  const severity = plan === 'require' ? 'error' : 'warning';
  const refused = fingerprinted(
    files.flatMap((planned) => (planned.kind === 'refused' ? [refusal(planned, severity)] : [])),
    { statementOf: () => undefined, nameOf: (file) => file },
  );
  if (refused.length + notices.length === 0) return report;
  const findings = [...report.findings, ...refused];
  const { files: count = 0, suppressed = 0, inBaseline = 0 } = report.summary ?? {};
  return {
    ...report,
    findings,
    notices: [...(report.notices ?? []), ...notices],
    summary: findingsSummary(findings, { files: count, suppressed, inBaseline }),
  };
}

function refusal(
  { file, failure }: Extract<PlannedFile, { readonly kind: 'refused' }>,
  severity: Finding['severity'],
): Finding {
  const { what, why, next } = failure.explanation;
  const line = /\bline (\d+)/.exec(`${what} ${why}`)?.[1];
  const place = line === undefined ? {} : { line: Number(line) };
  return { rule: 'lint/plan-refused', severity, message: `No plan: ${what} ${why}`, cure: next, file, ...place };
}
