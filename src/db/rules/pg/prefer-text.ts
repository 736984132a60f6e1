import { columnType, typeWords } from '../../lint/column-type.ts';
import { declaredColumns } from '../../lint/questions/declared-columns.ts';
import { toldTogether } from '../../lint/questions/told-together.ts';
import type { Rule } from '../../rule.ts';

export const preferText: Rule = {
  id: 'pg/prefer-text',
  severity: 'advice',
  summary: 'A column has a length in its type',
  why: 'A varchar(n) is stored as text is and is no faster. A shorter length later writes the whole table anew or fails on its rows, and a value that is too long fails with an error that names no column.',
  instead:
    'Write text, and where a limit is meant CHECK (length(column) <= n), which can be changed without a rewrite.',
  aliases: { squawk: ['prefer-text-field'], MigrationPilot: ['MP037'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, title varchar(100));' },
    { sql: 'ALTER TABLE notes ADD COLUMN title character varying(40);' },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, tags varchar(20)[], title varchar(80));' },
  ],
  good: [
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, title text CHECK (length(title) <= 100));' },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, title varchar);' },
    { sql: 'ALTER TABLE users ALTER COLUMN email TYPE varchar(200);' },
  ],
  on: ['CreateStmt', 'AT_AddColumn'],
  check(unit, context) {
    const limited = declaredColumns(unit, context).filter(({ definition }) => {
      const { name, schema, modifiers } = columnType(definition.typeName);
      return name === 'varchar' && schema === undefined && modifiers.length > 0;
    });
    return toldTogether(limited, ({ names, isOne }) => {
      const [first] = limited;
      const what = isOne ? `is ${typeWords(columnType(first?.definition.typeName))}` : 'are varchar with a limit';
      return `${names} ${what}: a shorter limit later is a rewrite of the table.`;
    });
  },
};
