import { sqlColumn, sqlName, sqlTable } from '../plain-words/sql-name.ts';
import type { Saying } from '../saying.ts';

export const renameColumn: Saying = {
  name: 'rename-column',
  summary: 'Rename a column while both names are in use',
  forms: [
    '(rename|call) [the] [column] {column} [column] (to|as|into) {name:fresh}',
    '(rename|call) [the] column {name} (of|in|on|from) [the] [table] {table} [table] (to|as|into) {name:fresh}',
    'change [the] name of [the] [column] {column} to {name:fresh}',
  ],
  examples: [
    {
      says: 'rename users.name to full_name',
      command: "godwit plan 'ALTER TABLE users RENAME COLUMN name TO full_name'",
    },
    {
      says: 'rename the column name of users to full_name',
      command: "godwit plan 'ALTER TABLE users RENAME COLUMN name TO full_name'",
    },
  ],
  means({ column, table, name, fresh = '' }) {
    const old =
      column === undefined ? { table: sqlTable(table ?? ''), column: sqlName(name ?? '') } : sqlColumn(column);
    return { sql: `ALTER TABLE ${old.table} RENAME COLUMN ${old.column} TO ${sqlName(fresh)}` };
  },
};
