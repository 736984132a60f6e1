import { hasVolatileDefault } from '../../lint/effects/add-column.ts';
import { newColumn } from '../../lint/questions/new-column.ts';
import type { Rule } from '../../rule.ts';

export const addColumnVolatileDefault: Rule = {
  id: 'pg/add-column-volatile-default',
  severity: 'error',
  summary: 'A column is added with a default that is another one for every row, so that the table is written anew',
  why: 'A default that is the same for all rows is stored once, in no time. One that is volatile (random(), clock_timestamp(), gen_random_uuid(), nextval()) has to be worked out row by row: the server writes the table and all of its indexes anew under ACCESS EXCLUSIVE, and nobody reads or writes it meanwhile. now() and CURRENT_TIMESTAMP are stable and cost nothing.',
  instead:
    'ADD COLUMN without a default, ALTER COLUMN … SET DEFAULT for rows to come, then fill the old rows in batches; NOT NULL last, behind a validated CHECK. `godwit plan --from FILE` makes the plan.',
  aliases: {
    squawk: ['adding-field-with-default'],
    eugene: ['E10'],
    strong_migrations: ['add_column_default', 'add_column_default_callable'],
    atlas: ['PG302'],
    'pg-schema-diff': ['ACQUIRES_ACCESS_EXCLUSIVE_LOCK'],
    MigrationPilot: ['MP003'],
  },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE', rewrite: true }],
  bad: [
    { sql: 'ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid();' },
    { sql: 'ALTER TABLE users ADD COLUMN seen_at timestamptz NOT NULL DEFAULT clock_timestamp();' },
    { sql: 'ALTER TABLE users ADD COLUMN lucky integer DEFAULT pick();' },
    { sql: 'ALTER TABLE users ADD COLUMN note text, ADD COLUMN share double precision DEFAULT random() * 10;' },
    { sql: "ALTER TABLE users ADD COLUMN number bigint DEFAULT nextval('invoice_numbers');" },
  ],
  good: [
    { sql: 'ALTER TABLE users ADD COLUMN seen_at timestamptz NOT NULL DEFAULT now();' },
    { sql: 'ALTER TABLE users ADD COLUMN seen_on date DEFAULT CURRENT_DATE;' },
    {
      sql: "ALTER TABLE users ADD COLUMN tags jsonb NOT NULL DEFAULT '{}', ADD COLUMN ends_on date DEFAULT now() + interval '1 year';",
    },
    { sql: "ALTER TABLE users ADD COLUMN mood order_status DEFAULT 'open';" },
    {
      sql: 'ALTER TABLE users ADD COLUMN token uuid;\nALTER TABLE users ALTER COLUMN token SET DEFAULT gen_random_uuid();',
    },
    { sql: 'CREATE TABLE drafts (id bigint);\nALTER TABLE drafts ADD COLUMN token uuid DEFAULT gen_random_uuid();' },
    { sql: 'ALTER TABLE users ADD COLUMN IF NOT EXISTS age integer DEFAULT pick();' },
  ],
  on: ['AT_AddColumn'],
  check(unit, context) {
    const added = newColumn(unit, context);
    if (added === undefined || !hasVolatileDefault(added.parts, context.catalog)) return [];
    const { column, said, at } = added;
    return [
      {
        at,
        message: `The default of ${column} is worked out for every row of ${said}: the table is written anew while nobody can read or write it.`,
      },
    ];
  },
};
