import { typeChange } from '../../lint/effects/type-change.ts';
import { checksOn, rebuiltIndexes } from '../../lint/effects/type-dependants.ts';
import { typeWork } from '../../lint/effects/type-work.ts';
import { alteredTable } from '../../lint/questions/altered-table.ts';
import type { Rule } from '../../rule.ts';

export const changeColumnDropsNotNullOrCheck: Rule = {
  id: 'pg/change-column-drops-not-null-or-check',
  severity: 'error',
  summary: 'A change of type that costs nothing by itself has CHECKs or indexes on the column looked at anew',
  why: 'The change takes CHECKs on the column away and puts them back, for which every row is read under ACCESS EXCLUSIVE; an index with the column in an expression or a condition, or one that sorts otherwise for the new type, is built anew in the same way. The longer varchar alone would have taken an instant.',
  instead:
    'DROP CONSTRAINT, the change, then ADD CONSTRAINT … NOT VALID, and VALIDATE CONSTRAINT in a later transaction; drop such an index before and build it CONCURRENTLY after.',
  aliases: { strong_migrations: ['change_column_with_not_null', 'change_column_constraint'] },
  needs: 'schema',
  claims: [{ lock: 'ACCESS EXCLUSIVE', scan: true }],
  bad: [
    {
      given: "ALTER TABLE users ADD CONSTRAINT users_code_check CHECK (code <> '');",
      sql: 'ALTER TABLE users ALTER COLUMN code TYPE varchar(50);',
    },
    {
      given: 'CREATE INDEX users_code_lower ON users (lower(code));',
      sql: 'ALTER TABLE users ALTER COLUMN code TYPE text;',
    },
    {
      given: "CREATE INDEX users_coded ON users (id) WHERE code <> '';",
      sql: 'ALTER TABLE users ALTER COLUMN code TYPE text;',
    },
    { sql: "SET timezone = 'UTC';\nALTER TABLE orders ALTER COLUMN placed_at TYPE timestamp;" },
    { sql: 'ALTER TABLE users ALTER COLUMN age TYPE integer;' },
  ],
  good: [
    { sql: 'ALTER TABLE users ALTER COLUMN email TYPE text;' },
    {
      given: "ALTER TABLE users ADD CONSTRAINT users_code_check CHECK (code <> '') NOT VALID;",
      sql: 'ALTER TABLE users ALTER COLUMN code TYPE varchar(50);',
    },
    {
      given: "ALTER TABLE users ADD CONSTRAINT users_code_check CHECK (code <> '');",
      sql: "ALTER TABLE users DROP CONSTRAINT users_code_check;\nALTER TABLE users ALTER COLUMN code TYPE varchar(50);\nALTER TABLE users ADD CONSTRAINT users_code_check CHECK (code <> '') NOT VALID;",
    },
    { sql: "CREATE TABLE drafts (a varchar(5) CHECK (a <> ''));\nALTER TABLE drafts ALTER COLUMN a TYPE text;" },
  ],
  on: ['AT_AlterColumnType'],
  check(unit, context) {
    const table = alteredTable(unit, context);
    const change = table === undefined ? undefined : typeChange(table.command, table.relation);
    if (table === undefined || change === undefined || unit.effects.fails !== undefined) return [];
    if (typeWork(change, context.catalog) !== 'free') return [];
    const checks = checksOn(table.relation, change.column).map(({ name }) => name);
    const rebuilt = change.isCollationChanged ? [] : rebuiltIndexes(table.relation, change, context.catalog);
    const parts = [
      ...(checks.length === 0 ? [] : [`every row of ${table.said} is read for ${checks.join(', ')}`]),
      ...(rebuilt.length === 0 ? [] : [`${rebuilt.join(', ')} is built anew from all rows of ${table.said}`]),
    ];
    if (parts.length === 0) return [];
    return [
      { message: `With the type of ${change.column} ${parts.join(', and ')}, while nobody can read or write it.` },
    ];
  },
};
