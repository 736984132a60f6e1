import { appendFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { assert } from '#core/assert';
import { type ExitCode, exitCodes } from '#core/error';
import { isOver, type Severity } from '#core/finding';
import type { FindingsReport } from '#core/report';
import { formats } from '#report/formats/index';
import { lintPaths } from '../lint/lint-paths.ts';
import type { Surroundings } from '../verb.ts';
import { changedFiles } from './changed-files.ts';
import type { PlannedFile } from './draft-plans.ts';
import { type Commented, commentOn } from './github.ts';
import { narrowToFiles } from './narrow-to-files.ts';
import { marker, pageOfFindings } from './page-of-findings.ts';
import { planAdded, withRefusals } from './plan-judgement.ts';
import { pullRequestOf } from './pull-request-of.ts';

/** What is asked of `pull-request`. */
export type PullRequestInput = {
  readonly paths: readonly string[];
  readonly since?: string | undefined;
  readonly format: string;
  readonly sarif?: string | undefined;
  readonly schema?: string | undefined;
  readonly serverVersion?: number | undefined;
  readonly failOn?: Severity | 'never' | undefined;
  readonly comment: boolean;
  /** Plans what the branch adds: what cannot be planned is told, or fails the job. */
  readonly plan?: 'tell' | 'require' | undefined;
  /** What it is planned on: the schema file and the migrations of before, or the database. */
  readonly planOn: 'schema' | 'database';
};

/** What was found, how it is told, and what became of the comment. */
export type JudgedPullRequest = {
  readonly report: FindingsReport;
  readonly plans: readonly PlannedFile[];
  readonly text: string;
  readonly exit: ExitCode;
  readonly comment: Commented | { readonly kind: 'none'; readonly why: string };
};

/**
 * Lints what a pull request changes in migrations and plans, plans what it adds where that is asked for, and tells it everywhere a reviewer looks: SARIF in a file
 * (for an upload by others), the summary of the job, and one comment. What cannot be commented stands in the summary.
 */
export async function judgePullRequest(
  asked: PullRequestInput,
  surroundings: Surroundings,
): Promise<JudgedPullRequest> {
  const { cwd, env } = surroundings;
  const { report: all } = await lintPaths({ ...asked, format: 'text' }, surroundings);
  assert(all.kind === 'findings', 'lint answers with findings');
  const linted = asked.since === undefined ? all : narrowToFiles(all, await changedFiles(asked.since, surroundings));
  const planned = await planAdded(asked, surroundings);
  const report = withRefusals(linted, planned, asked.plan);
  if (asked.sarif !== undefined) await writeFile(resolve(cwd, asked.sarif), rendered('sarif', report));
  const page = pageOfFindings(report, planned.files);
  const comment = await commented(asked, {
    isEmpty: report.findings.length + planned.files.length === 0,
    page,
    surroundings,
  });
  if (env.GITHUB_STEP_SUMMARY !== undefined) await appendFile(env.GITHUB_STEP_SUMMARY, page.replace(`${marker}\n`, ''));
  const failOn = asked.failOn ?? surroundings.config.lint.failOn;
  const isOverLimit = report.findings.some(({ severity }) => isOver(severity, failOn));
  return {
    report,
    plans: planned.files,
    text: rendered(asked.format, report),
    exit: isOverLimit ? exitCodes.findings : exitCodes.done,
    comment,
  };
}

async function commented(
  asked: PullRequestInput,
  told: { readonly isEmpty: boolean; readonly page: string; readonly surroundings: Surroundings },
): Promise<JudgedPullRequest['comment']> {
  if (!asked.comment) return { kind: 'none', why: 'nobody asked for one' };
  const { env, signal } = told.surroundings;
  const pull = await pullRequestOf(env);
  if ('why' in pull) return { kind: 'none', why: pull.why };
  return commentOn(pull, { text: told.page, isEmpty: told.isEmpty }, signal);
}

function rendered(id: string, report: FindingsReport): string {
  return formats.find((format) => format.id === id)?.render(report) ?? '';
}
