import { namesIn } from '../plain-words/slots.ts';
import { sqlColumns } from '../plain-words/sql-columns.ts';
import { sqlTable } from '../plain-words/sql-name.ts';
import type { Saying } from '../saying.ts';

export const addIndex: Saying = {
  name: 'add-index',
  summary: 'An index, or one less',
  forms: [
    '(add|create|build|put) [an|a|the] [{unique}] index (on|for|to|over) {columns}',
    '(add|create|build|put) [an|a|the] [{unique}] index (on|for) {names} (of|in) [the] [table] {table}',
    'index {columns}',
    '(drop|remove|delete) [the] index {table:gone}',
  ],
  examples: [
    { says: 'add an index on orders.customer_id', command: "godwit plan 'CREATE INDEX ON orders (customer_id)'" },
    { says: 'create a unique index on users(email)', command: "godwit plan 'CREATE UNIQUE INDEX ON users (email)'" },
    { says: 'drop the index orders_old_idx', command: "godwit plan 'DROP INDEX orders_old_idx'" },
  ],
  means({ columns, table = '', names = '', unique, gone }) {
    if (gone !== undefined) return { sql: `DROP INDEX ${sqlTable(gone)}` };
    const on = sqlColumns(columns ?? `${table}(${namesIn(names).join(',')})`);
    return { sql: `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ON ${on.table} (${on.list})` };
  },
};
