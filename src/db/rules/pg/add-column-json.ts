import { columnType } from '../../lint/column-type.ts';
import { newColumn } from '../../lint/questions/new-column.ts';
import type { Rule } from '../../rule.ts';

export const addColumnJson: Rule = {
  id: 'pg/add-column-json',
  severity: 'advice',
  summary: 'A column of type json is added, which has no equality',
  why: 'Values of json cannot be compared: SELECT DISTINCT, GROUP BY and UNION of queries that read the column fail with 42883 from then on, and it has no index of its own. jsonb can do both.',
  instead: 'Take jsonb; json only where the text has to stay as it was written, its spaces and the order of its keys.',
  aliases: { eugene: ['E3'], strong_migrations: ['add_column_json'], pgsafe: ['prefer-jsonb'] },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE' }],
  bad: [
    { sql: 'ALTER TABLE users ADD COLUMN extra json;' },
    { sql: "ALTER TABLE users ADD COLUMN a text, ADD COLUMN extra json NOT NULL DEFAULT '{}';" },
    { sql: 'ALTER TABLE users ADD COLUMN extra json[];' },
  ],
  good: [
    { sql: 'ALTER TABLE users ADD COLUMN extra jsonb;' },
    { sql: 'ALTER TABLE users ADD COLUMN json text;' },
    { sql: 'ALTER TABLE users ADD COLUMN IF NOT EXISTS settings json;' },
    { sql: 'CREATE TABLE drafts (id bigint);\nALTER TABLE drafts ADD COLUMN extra jsonb;' },
  ],
  on: ['AT_AddColumn'],
  check(unit, context) {
    const added = newColumn(unit, context);
    const type = columnType(added?.parts.definition.typeName);
    if (added === undefined || type.name !== 'json' || type.schema !== undefined) return [];
    const { column, said, at } = added;
    return [
      { at, message: `${column} is json: queries of ${said} with DISTINCT, GROUP BY or UNION cannot compare it.` },
    ];
  },
};
