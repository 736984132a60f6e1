import { sqlColumns } from '../plain-words/sql-columns.ts';
import type { Saying } from '../saying.ts';

export const makeUnique: Saying = {
  name: 'make-unique',
  summary: 'Values that may stand in a column once only',
  forms: [
    'make [the] [columns|column] {columns} unique',
    'add [a] unique constraint (on|to|for) {columns}',
    '(enforce|require) unique {columns}',
  ],
  examples: [
    { says: 'make users.email unique', command: "godwit plan 'ALTER TABLE users ADD UNIQUE (email)'" },
    {
      says: 'add a unique constraint on orders(shop, number)',
      command: "godwit plan 'ALTER TABLE orders ADD UNIQUE (shop, number)'",
    },
  ],
  means({ columns = '' }) {
    const { table, list } = sqlColumns(columns);
    return { sql: `ALTER TABLE ${table} ADD UNIQUE (${list})` };
  },
};
