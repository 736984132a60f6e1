import { isMissingValue } from '../../lint/effects/add-column.ts';
import { newColumn } from '../../lint/questions/new-column.ts';
import type { Rule } from '../../rule.ts';

export const addColumnNotNullNoDefault: Rule = {
  id: 'pg/add-column-not-null-no-default',
  severity: 'error',
  summary: 'A NOT NULL column without a default is added, which fails where the table has rows',
  why: 'The rows that are there have no value for the column, so the statement fails with 23502 on any table that is not empty. It passes on an empty one, and so on the machine of whoever wrote it.',
  instead:
    'Give it a constant DEFAULT, which costs nothing; or ADD COLUMN without NOT NULL, fill the old rows in batches, and SET NOT NULL behind a validated CHECK. `godwit plan --from FILE` makes the plan.',
  aliases: {
    squawk: ['adding-required-field'],
    atlas: ['MF103'],
    MigrationPilot: ['MP084'],
  },
  needs: 'static',
  claims: [{ fails: '23502' }],
  bad: [
    { sql: 'ALTER TABLE users ADD COLUMN nickname text NOT NULL;' },
    { sql: 'ALTER TABLE users ADD COLUMN nickname text NOT NULL DEFAULT NULL;' },
    { sql: 'ALTER TABLE notes ADD COLUMN number integer PRIMARY KEY;' },
    { sql: 'ALTER TABLE users ADD COLUMN a text, ADD COLUMN b integer CONSTRAINT b_needed NOT NULL;' },
    { given: 'CREATE DOMAIN needed AS text NOT NULL;', sql: 'ALTER TABLE users ADD COLUMN title needed;' },
  ],
  good: [
    { sql: "ALTER TABLE users ADD COLUMN nickname text NOT NULL DEFAULT '';" },
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;' },
    { sql: 'ALTER TABLE users ADD COLUMN IF NOT EXISTS age integer NOT NULL;' },
    { sql: 'ALTER TABLE notes ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY NOT NULL;' },
    { sql: 'ALTER TABLE notes ADD COLUMN number serial NOT NULL;' },
    { sql: 'ALTER TABLE notes ADD COLUMN shout text NOT NULL GENERATED ALWAYS AS (upper(body)) STORED;' },
    {
      given: 'CREATE DOMAIN amount AS integer DEFAULT 0;',
      sql: 'ALTER TABLE users ADD COLUMN paid amount NOT NULL;',
    },
    { sql: 'CREATE TABLE drafts (id bigint);\nALTER TABLE drafts ADD COLUMN title text NOT NULL;' },
  ],
  on: ['AT_AddColumn'],
  check(unit, context) {
    const added = newColumn(unit, context);
    if (added === undefined || !isMissingValue(added.parts, context.catalog)) return [];
    const { column, said, at } = added;
    return [
      {
        at,
        message: `${column} may not be NULL and has no default: where ${said} has rows, this fails.`,
      },
    ];
  },
};
