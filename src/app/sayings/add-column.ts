import { sqlColumn, sqlName, sqlTable } from '../plain-words/sql-name.ts';
import type { Saying } from '../saying.ts';

export const addColumn: Saying = {
  name: 'add-column',
  summary: 'A new column',
  forms: [
    '(add|create) [a|an|the] [new] column {name} [of type|as] [a|an] {type} [{required}] [default {word:value}] (to|on|in) [the] [table] {table} [{required:also}]',
    '(add|create) [a|an] [new] {type} column {name} (to|on|in) [the] [table] {table}',
    '(add|create) [the] [column] {column} [of type|as] [a|an] {type} [{required}] [default {word:value}]',
  ],
  examples: [
    { says: 'add column phone text to users', command: "godwit plan 'ALTER TABLE users ADD COLUMN phone text'" },
    {
      says: 'add a boolean column active to users',
      command: "godwit plan 'ALTER TABLE users ADD COLUMN active boolean'",
    },
    {
      says: 'add users.score integer not null default 0',
      command: "godwit plan 'ALTER TABLE users ADD COLUMN score integer NOT NULL DEFAULT 0'",
    },
  ],
  means({ column, table = '', name = '', type = '', required, also, value }) {
    const named = column === undefined ? { table: sqlTable(table), column: sqlName(name) } : sqlColumn(column);
    const must = required || also ? ' NOT NULL' : '';
    const initial = value ? ` DEFAULT ${value}` : '';
    return { sql: `ALTER TABLE ${named.table} ADD COLUMN ${named.column} ${type}${must}${initial}` };
  },
};
