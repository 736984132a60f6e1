import { alteredTable } from '../../lint/questions/altered-table.ts';
import { isAddedEarlier } from '../../lint/questions/new-column.ts';
import type { Rule } from '../../rule.ts';

export const changeDefaultPartialInserts: Rule = {
  id: 'pg/change-default-partial-inserts',
  severity: 'advice',
  isOptIn: true,
  summary: 'The default of a column is changed, which running code may have read already',
  why: 'Some object-relational mappers read the default when they start and send it, or leave the column out, with every INSERT. Until the last of them is started anew, rows come with the old default as well as with the new one.',
  instead:
    'Have the code write the value itself first, then change the default; or start the code anew and mend the rows that came between.',
  aliases: { strong_migrations: ['change_column_default'], MigrationPilot: ['MP048'] },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE' }],
  bad: [
    { sql: 'ALTER TABLE users ALTER COLUMN age SET DEFAULT 18;' },
    { sql: 'ALTER TABLE users ALTER COLUMN balance DROP DEFAULT;' },
    { sql: "ALTER TABLE events ALTER COLUMN kind SET DEFAULT 'view';" },
  ],
  good: [
    { sql: 'CREATE TABLE drafts (id bigint, n integer);\nALTER TABLE drafts ALTER COLUMN n SET DEFAULT 1;' },
    {
      sql: 'ALTER TABLE users ADD COLUMN token uuid;\nALTER TABLE users ALTER COLUMN token SET DEFAULT gen_random_uuid();',
    },
    { sql: 'ALTER VIEW user_names ALTER COLUMN name SET DEFAULT 1::text;' },
  ],
  on: ['AT_ColumnDefault'],
  check(unit, context) {
    const table = alteredTable(unit, context);
    const column = table?.command.name ?? '';
    if (table === undefined || isAddedEarlier(table, column, context)) return [];
    return [{ message: `Code that is running may still insert into ${table.said} with the old default of ${column}.` }];
  },
};
