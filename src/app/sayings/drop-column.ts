import { sqlColumn, sqlName, sqlTable } from '../plain-words/sql-name.ts';
import type { Saying } from '../saying.ts';

export const dropColumn: Saying = {
  name: 'drop-column',
  summary: 'A column or a table that goes',
  forms: [
    '(drop|remove|delete) [the] [column] {column}',
    '(drop|remove|delete) [the] column {name} (of|from|in) [the] [table] {table}',
    '(drop|remove|delete) [the] table {table:whole}',
  ],
  examples: [
    { says: 'drop users.fax', command: "godwit plan 'ALTER TABLE users DROP COLUMN fax'" },
    { says: 'remove the column fax from users', command: "godwit plan 'ALTER TABLE users DROP COLUMN fax'" },
    { says: 'drop table old_orders', command: "godwit plan 'DROP TABLE old_orders'" },
  ],
  means({ column, table = '', name = '', whole }) {
    if (whole !== undefined) return { sql: `DROP TABLE ${sqlTable(whole)}` };
    const named = column === undefined ? { table: sqlTable(table), column: sqlName(name) } : sqlColumn(column);
    return { sql: `ALTER TABLE ${named.table} DROP COLUMN ${named.column}` };
  },
};
