import { newColumn } from '../../lint/questions/new-column.ts';
import type { Rule } from '../../rule.ts';

export const addColumnSerial: Rule = {
  id: 'pg/add-column-serial',
  severity: 'error',
  summary: 'A serial column is added, so that the table is written anew to number its rows',
  why: '`serial` is an integer whose default is nextval() of a new sequence. Every row that is there gets a number of its own: the server writes the table and its indexes anew under ACCESS EXCLUSIVE.',
  instead:
    'CREATE SEQUENCE, ADD COLUMN bigint without a default, ALTER COLUMN … SET DEFAULT nextval(…) for rows to come, then number the old rows in batches. `godwit plan --from FILE` makes the plan.',
  aliases: {
    squawk: ['adding-serial-primary-key-field'],
    eugene: ['E11'],
    strong_migrations: ['add_column_auto_incrementing'],
    MigrationPilot: ['MP015'],
    pgsafe: ['add-column-serial'],
  },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE', rewrite: true }],
  bad: [
    { sql: 'ALTER TABLE users ADD COLUMN number serial;' },
    { sql: 'ALTER TABLE notes ADD COLUMN number bigserial PRIMARY KEY;' },
    { sql: 'ALTER TABLE orders ADD COLUMN a smallint, ADD COLUMN b bigserial;' },
  ],
  good: [
    {
      sql: "CREATE SEQUENCE numbers;\nALTER TABLE users ADD COLUMN number bigint;\nALTER TABLE users ALTER COLUMN number SET DEFAULT nextval('numbers');",
    },
    { sql: 'CREATE TABLE drafts (id bigserial PRIMARY KEY);' },
    { sql: 'CREATE TABLE drafts (title text);\nALTER TABLE drafts ADD COLUMN id bigserial;' },
    { sql: 'ALTER TABLE users ADD COLUMN IF NOT EXISTS age serial;' },
  ],
  on: ['AT_AddColumn'],
  check(unit, context) {
    const added = newColumn(unit, context);
    if (added?.parts.isSerial !== true) return [];
    const { column, said, at } = added;
    return [
      {
        at,
        message: `Every row of ${said} gets a number in ${column}: the table is written anew while nobody can read or write it.`,
      },
    ];
  },
};
