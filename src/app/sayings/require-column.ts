import { sqlColumn } from '../plain-words/sql-name.ts';
import type { Saying } from '../saying.ts';

export const requireColumn: Saying = {
  name: 'require-column',
  summary: 'A column that may not be null any more, or may be again',
  forms: [
    '(make|set) [the] [column] {column} (not null|required|mandatory|non-null|not nullable)',
    '(require|forbid nulls in|disallow nulls in) [the] [column] {column}',
    '(make|set) [the] [column] {column:loose} (nullable|optional|null)',
    '(allow nulls in|allow null in) [the] [column] {column:loose}',
  ],
  examples: [
    { says: 'make users.email required', command: "godwit plan 'ALTER TABLE users ALTER COLUMN email SET NOT NULL'" },
    { says: 'make users.phone optional', command: "godwit plan 'ALTER TABLE users ALTER COLUMN phone DROP NOT NULL'" },
  ],
  means({ column, loose }) {
    const named = sqlColumn(column ?? loose ?? '');
    return {
      sql: `ALTER TABLE ${named.table} ALTER COLUMN ${named.column} ${loose === undefined ? 'SET' : 'DROP'} NOT NULL`,
    };
  },
};
