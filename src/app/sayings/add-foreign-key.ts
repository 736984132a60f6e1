import { sqlColumns } from '../plain-words/sql-columns.ts';
import type { Saying } from '../saying.ts';

export const addForeignKey: Saying = {
  name: 'add-foreign-key',
  summary: 'A foreign key',
  forms: [
    '(add|create) [a] foreign key (from|on) {columns} (to|referencing|references) {columns:to}',
    '(make|let) {columns} (reference|references|point to|refer to) {columns:to}',
  ],
  examples: [
    {
      says: 'add a foreign key from orders.customer_id to customers.id',
      command: "godwit plan 'ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id)'",
    },
  ],
  means({ columns = '', to = '' }) {
    const [from, other] = [sqlColumns(columns), sqlColumns(to)];
    return {
      sql: `ALTER TABLE ${from.table} ADD FOREIGN KEY (${from.list}) REFERENCES ${other.table} (${other.list})`,
    };
  },
};
