import { sqlColumn } from '../plain-words/sql-name.ts';
import type { Saying } from '../saying.ts';

export const changeType: Saying = {
  name: 'change-type',
  summary: 'Another type of a column',
  forms: [
    '(make|turn|convert|change|alter) [the] [column] {column} [from {type:old}] [to|into|to be|be] [a|an] {type}',
    '(change|alter|set) [the] type of [the] [column] {column} [from {type:old}] (to|into) {type}',
    '(widen|enlarge) [the] [column] {column} to {type}',
  ],
  examples: [
    { says: 'make orders.id bigint', command: "godwit plan 'ALTER TABLE orders ALTER COLUMN id TYPE bigint'" },
    {
      says: 'change the type of orders.total to numeric(12, 2)',
      command: "godwit plan 'ALTER TABLE orders ALTER COLUMN total TYPE numeric(12, 2)'",
    },
  ],
  means({ column = '', type = '' }) {
    const named = sqlColumn(column);
    return { sql: `ALTER TABLE ${named.table} ALTER COLUMN ${named.column} TYPE ${type}` };
  },
};
