import { columnType } from '../../lint/column-type.ts';
import { withTimeZones } from '../../lint/fix/with-time-zones.ts';
import { declaredColumns } from '../../lint/questions/declared-columns.ts';
import { toldTogether } from '../../lint/questions/told-together.ts';
import type { Rule } from '../../rule.ts';

export const preferTimestamptz: Rule = {
  id: 'pg/prefer-timestamptz',
  severity: 'advice',
  summary: 'A column is a timestamp without a time zone',
  why: 'A timestamp is the face of a clock somewhere: what moment it means depends on who reads it, and an hour of every year is there twice. A timestamptz is the moment itself and takes the same eight bytes.',
  instead: 'Write timestamptz. A later change writes the whole table anew, unless the session has SET timezone to UTC.',
  aliases: { squawk: ['prefer-timestamptz'], MigrationPilot: ['MP040'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, made_at timestamp NOT NULL DEFAULT now());' },
    {
      sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, made_at timestamp(3) without time zone, seen_at timestamp);',
    },
    { sql: 'ALTER TABLE notes ADD COLUMN made_at timestamp;' },
  ],
  good: [
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, made_at timestamptz NOT NULL DEFAULT now());' },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, made_at timestamp(3) with time zone, day date);' },
    { sql: 'ALTER TABLE users ALTER COLUMN created_at SET DEFAULT now();' },
  ],
  on: ['CreateStmt', 'AT_AddColumn'],
  check(unit, context) {
    const zoneless = declaredColumns(unit, context).filter(({ definition }) => {
      const { name, schema } = columnType(definition.typeName);
      return name === 'timestamp' && schema === undefined;
    });
    const { start, end } = unit.statement;
    const fix = zoneless[0]?.isOfNewTable === true ? withTimeZones(context.file.text.slice(start, end)) : undefined;
    return toldTogether(zoneless, ({ names, isOne }) =>
      isOne
        ? `${names} is a timestamp without a time zone: it does not say which moment it means.`
        : `${names} are timestamps without a time zone: they do not say which moment they mean.`,
    ).map((hit) => ({ ...hit, ...(fix === undefined ? {} : { fix }) }));
  },
};
