import { typeWords } from '../../lint/column-type.ts';
import { typeChange } from '../../lint/effects/type-change.ts';
import { viewsOnColumn } from '../../lint/effects/type-dependants.ts';
import { typeWork } from '../../lint/effects/type-work.ts';
import { alteredTable } from '../../lint/questions/altered-table.ts';
import type { Rule } from '../../rule.ts';

export const alterTypeCachedPlanBreak: Rule = {
  id: 'pg/alter-type-cached-plan-break',
  severity: 'advice',
  summary: 'A column gets another type, on which prepared statements of open sessions fail',
  why: 'A session that has prepared a query which returns the column gets "cached plan must not change result type" (0A000) at the next execution; many drivers prepare without being asked, and in a transaction it cannot try again.',
  instead:
    'Have the connection pool close its sessions, or run DISCARD ALL in them, right after the change; or bring the new type as a new column.',
  aliases: {},
  needs: 'schema',
  claims: [],
  bad: [
    { sql: 'ALTER TABLE users ALTER COLUMN age TYPE bigint;' },
    { sql: 'ALTER TABLE orders ALTER COLUMN status TYPE text;' },
    { sql: 'ALTER TABLE users ALTER COLUMN code TYPE integer USING code::integer;' },
  ],
  good: [
    { sql: 'ALTER TABLE users ALTER COLUMN code TYPE varchar(50);' },
    { sql: 'ALTER TABLE users ALTER COLUMN code TYPE text;' },
    { sql: 'CREATE TABLE drafts (n integer);\nALTER TABLE drafts ALTER COLUMN n TYPE bigint;' },
    { sql: 'ALTER TABLE items ALTER COLUMN price TYPE numeric(12, 4);' },
  ],
  on: ['AT_AlterColumnType'],
  check(unit, context) {
    const table = alteredTable(unit, context);
    const change = table === undefined ? undefined : typeChange(table.command, table.relation);
    if (table === undefined || change?.from === undefined) return [];
    const { column, from, to } = change;
    const isOther = from.name !== to.name || from.isArray !== to.isArray;
    const isRefused = viewsOnColumn(table.relation, column, context.catalog).length > 0;
    // What is free is the way that is advised, and seldom asked for while its table is read by prepared statements.
    if (!isOther || isRefused || typeWork(change, context.catalog) === 'free') return [];
    return [
      {
        message: `Sessions that have prepared a query of ${table.said}.${column} fail once it is ${typeWords(to)}, until they prepare it anew.`,
      },
    ];
  },
};
