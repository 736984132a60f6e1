import * as z from 'zod';
import { majorSchema } from '#db/lint/majors';
import { lintOutput } from '../outputs.ts';
import type { Verb } from '../verb.ts';

const input = z.strictObject({
  paths: z
    .array(z.string())
    .default([])
    .describe(
      'SQL files, folders of migrations, plans, patterns, or - for standard input (default: the folder of migrations)',
    ),
  format: z
    .enum(['text', 'markdown', 'json', 'sarif', 'github', 'junit', 'gitlab'])
    .default('text')
    .describe('How it is written'),
  schema: z.string().optional().describe('SQL of the schema as it is before the migrations, e.g. from pg_dump'),
  serverVersion: majorSchema
    .optional()
    .describe('Major version of the server, 12 to 18 (default: that of --db, else all of them)'),
  failOn: z
    .enum(['error', 'warning', 'advice', 'never'])
    .optional()
    .describe('Least severity that ends with exit code 2 (default: error)'),
  baseline: z.string().optional().describe('File with old findings, which are not held against anybody'),
  updateBaseline: z.boolean().optional().describe('Write all findings of now into the baseline'),
  fix: z
    .boolean()
    .optional()
    .describe('Write the safe form into the files, or of - to standard output, where one statement suffices'),
});
type Input = z.infer<typeof input>;

/** Hazards in SQL files, folders of migrations and plans. */
export const lint: Verb<Input> = {
  name: 'lint',
  summary: 'Hazards in SQL files, migration folders and plans: what locks, rewrites, fails, loses data',
  description:
    'Reads migrations in the order in which their tool runs them (Prisma, Drizzle, Flyway, Liquibase, dbmate, golang-migrate, goose, sql-migrate, Atlas, sqitch, graphile-migrate, Supabase, Knex, Rails, node-pg-migrate, Diesel, sqlx, refinery, or plain files) and judges each statement against what is there when it runs: tables that the same migration makes are nobody’s hazard. With --schema or --db more is known. A plan of ours is judged as the statements that its runner sends. Every claim about locks, rewrites and scans was proved on real servers. A comment `-- godwit: ignore RULE: reason` silences a finding. Exit code 2 where something is at or over --fail-on.',
  examples: [
    { command: 'godwit lint migrations/', says: 'a folder, in the order of its tool' },
    { command: 'godwit lint migrations/ --format sarif', says: 'for code scanning in CI' },
    { command: 'godwit lint migrations/<id>', says: 'a plan that `godwit plan` made, step by step' },
    {
      command: 'godwit lint change.sql --schema schema.sql --server-version 15',
      says: 'one file against a known schema',
    },
    {
      command: 'godwit lint migrations/ --baseline lint-baseline.json --update-baseline',
      says: 'take what is there as given',
    },
  ],
  isReadOnly: true,
  argument: 'paths',
  input,
  output: lintOutput,
  async execute(asked, surroundings) {
    // The rules are many files: other verbs do not wait for them to be loaded.
    const { lintPaths } = await import('../lint/lint-paths.ts');
    return lintPaths(asked, surroundings);
  },
};
