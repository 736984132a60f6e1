import { newColumn } from '../../lint/questions/new-column.ts';
import type { Rule } from '../../rule.ts';

export const addColumnGeneratedStored: Rule = {
  id: 'pg/add-column-generated-stored',
  severity: 'error',
  summary: 'A stored generated column is added, so that the table is written anew',
  why: 'The value of every row is worked out and stored at once: the server writes the table and its indexes anew under ACCESS EXCLUSIVE. A VIRTUAL column, from PostgreSQL 18, is worked out when it is read and costs nothing.',
  instead:
    'A plain column, a trigger that fills it for rows to come, and the old rows in batches; or a view or an index on the expression; or, from PostgreSQL 18, GENERATED … VIRTUAL. `godwit plan --from FILE` makes the plan.',
  aliases: {
    squawk: ['adding-field-with-default'],
    eugene: ['E11'],
    strong_migrations: ['add_column_generated_stored'],
    atlas: ['PG309'],
    MigrationPilot: ['MP062'],
  },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE', rewrite: true }],
  bad: [
    { sql: 'ALTER TABLE users ADD COLUMN next_age integer GENERATED ALWAYS AS (age + 1) STORED;' },
    { sql: 'ALTER TABLE users ADD COLUMN shout text GENERATED ALWAYS AS (upper(name)) STORED NOT NULL;' },
    { sql: 'ALTER TABLE notes ADD a text, ADD b bigint GENERATED ALWAYS AS (id * 2) STORED;' },
  ],
  good: [
    { sql: 'ALTER TABLE users ADD COLUMN next_age integer GENERATED ALWAYS AS (age + 1) VIRTUAL;', from: 18 },
    { sql: 'CREATE TABLE drafts (a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);' },
    { sql: 'ALTER TABLE users ADD COLUMN next_age integer;' },
    {
      sql: 'CREATE TABLE drafts (a integer);\nALTER TABLE drafts ADD COLUMN b integer GENERATED ALWAYS AS (a * 2) STORED;',
    },
  ],
  on: ['AT_AddColumn'],
  check(unit, context) {
    const added = newColumn(unit, context);
    if (added?.parts.generated !== 'stored') return [];
    const { column, said, at } = added;
    return [
      {
        at,
        message: `${column} is worked out and stored for every row of ${said}: the table is written anew while nobody can read or write it.`,
      },
    ];
  },
};
