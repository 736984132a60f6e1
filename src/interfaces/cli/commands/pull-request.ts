import * as z from 'zod';
import type { JudgedPullRequest } from '#app/pull-request/judge-pull-request';
import type { Command } from '../command.ts';

const input = z.strictObject({
  paths: z
    .array(z.string())
    .default([])
    .describe('What is linted, as in `godwit lint` (default: the folder of migrations)'),
  since: z
    .string()
    .min(1)
    .optional()
    .describe('Only files that the branch changed since it left this commit, e.g. origin/main'),
  format: z
    .enum(['github', 'text', 'markdown', 'json'])
    .default('github')
    .describe('How it is written to standard output: github makes annotations'),
  sarif: z
    .string()
    .min(1)
    .optional()
    .describe('Write SARIF into this file, e.g. for github/codeql-action/upload-sarif'),
  schema: z.string().min(1).optional().describe('SQL of the schema as it is before the migrations, e.g. from pg_dump'),
  serverVersion: z.coerce.number().int().min(12).max(18).optional().describe('Major version of the server, 12 to 18'),
  failOn: z
    .enum(['error', 'warning', 'advice', 'never'])
    .optional()
    .describe('Least severity that ends with exit code 2 (default: error)'),
  plan: z
    .enum(['tell', 'require'])
    .optional()
    .describe(
      'Plan what the branch adds and put the plans into the comment; require fails where one cannot be planned, e.g. tell',
    ),
  planOn: z
    .enum(['schema', 'database'])
    .default('schema')
    .describe(
      'What it is planned on: --schema FILE and the migrations of before, on an embedded server; or the database, which is only read',
    ),
  comment: z
    .boolean()
    .default(false)
    .describe('Make or change the one comment of godwit in the pull request, with GITHUB_TOKEN'),
});

/** What a pull request changes in migrations and plans, told to its reviewers. */
export const pullRequest: Command<z.infer<typeof input>> = {
  name: 'pull-request',
  summary: 'Lint, and plan, what a pull request changes in migrations, and tell its reviewers',
  description:
    'Lints as `godwit lint` does, keeps to the files that the branch changed, plans those that it adds (--plan), and writes annotations, SARIF into a file, the summary of the job (GITHUB_STEP_SUMMARY) and, with --comment, one comment that the next run changes. Where the token may not comment, as in a pull request from a fork, the summary has it all. It is what action.yml runs; it uploads nothing.',
  examples: [
    { command: 'godwit pull-request --since origin/main', says: 'on a branch, what a reviewer would be told' },
    {
      command: 'godwit pull-request migrations/ --since origin/main --sarif godwit.sarif --fail-on never',
      says: 'for code scanning',
    },
    {
      command: 'godwit pull-request --since origin/main --plan tell --schema schema.sql',
      says: 'with the plans of what the branch adds',
    },
  ],
  argument: 'paths',
  input,
  async execute(asked, context) {
    const { judgePullRequest } = await import('#app/pull-request/judge-pull-request');
    const judged = await judgePullRequest(asked, await context.surroundings());
    const { report, plans, text, exit, comment } = judged;
    context.terminal.stderr.write(`${commentText(comment)}\n`);
    const planned = plans.map(({ file, kind }) => ({ file, kind }));
    return { json: { findings: report.findings.length, plans: planned, comment: comment.kind, exit }, text, exit };
  },
};

function commentText(comment: JudgedPullRequest['comment']): string {
  switch (comment.kind) {
    case 'created':
      return 'Commented on the pull request.';
    case 'updated':
      return 'Changed the comment on the pull request.';
    case 'nothing-to-say':
      return 'Nothing was found, so no comment was made.';
    case 'none':
      return `No comment: ${comment.why}.`;
    case 'not-allowed':
      return `The token may not comment here (${comment.why}); the summary of the job has it all.`;
    case 'failed':
      return `No comment could be made: ${comment.why}; the summary of the job has it all.`;
  }
}
