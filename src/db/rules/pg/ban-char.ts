import { columnType, typeWords } from '../../lint/column-type.ts';
import { declaredColumns } from '../../lint/questions/declared-columns.ts';
import { toldTogether } from '../../lint/questions/told-together.ts';
import type { Rule } from '../../rule.ts';

export const banChar: Rule = {
  id: 'pg/ban-char',
  severity: 'advice',
  summary: 'A column is char(n), which pads with blanks',
  why: 'A char(n) fills every value up with blanks and passes over them when it compares, but not in LIKE or in other types, so that equal values seem to differ. It saves nothing; char alone is char(1).',
  instead: 'Write text, with CHECK (length(column) = n) where the length is fixed.',
  aliases: { squawk: ['ban-char-field'], MigrationPilot: ['MP041'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, language char(2));' },
    { sql: 'ALTER TABLE notes ADD COLUMN mark character;' },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, marks char(1)[], code bpchar);' },
  ],
  good: [
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, language text CHECK (length(language) = 2));' },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, kind "char");' },
    { sql: 'ALTER TABLE notes ADD COLUMN language varchar(2);' },
  ],
  on: ['CreateStmt', 'AT_AddColumn'],
  check(unit, context) {
    const padded = declaredColumns(unit, context).filter(({ definition }) => {
      const { name, schema } = columnType(definition.typeName);
      return name === 'bpchar' && schema === undefined;
    });
    return toldTogether(padded, ({ names, isOne }) => {
      const [first] = padded;
      const what = isOne ? `is ${typeWords(columnType(first?.definition.typeName))}` : 'are char';
      return `${names} ${what}: every value is filled up with blanks.`;
    });
  },
};
