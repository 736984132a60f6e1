import { sqlName, sqlTable } from '../plain-words/sql-name.ts';
import type { Saying } from '../saying.ts';

export const renameTable: Saying = {
  name: 'rename-table',
  summary: 'Rename a table',
  forms: ['(rename|call) [the] table {table} (to|as|into) {name:fresh}'],
  examples: [{ says: 'rename table users to people', command: "godwit plan 'ALTER TABLE users RENAME TO people'" }],
  means({ table = '', fresh = '' }) {
    return { sql: `ALTER TABLE ${sqlTable(table)} RENAME TO ${sqlName(fresh)}` };
  },
};
