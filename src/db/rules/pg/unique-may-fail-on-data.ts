import type { RangeVar } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { readIndex } from '../../lint/catalog/apply-index.ts';
import { fullName, type Relation, relationOf } from '../../lint/catalog/catalog.ts';
import { isNew } from '../../lint/context.ts';
import { addedConstraint } from '../../lint/effects/constraint-effects.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

const size = {
  rows: 120_000,
  bytes: 9_000_000,
  indexBytes: 3_000_000,
  readsPerSecond: 1,
  writesPerSecond: 1,
  sessions: 0,
};
const filled = { tables: new Map([['public.items', size] as const, ['public.notes', size] as const]) };
const notRun = 'whether it fails is up to the rows';

export const uniqueMayFailOnData: Rule = {
  id: 'pg/unique-may-fail-on-data',
  severity: 'warning',
  summary: 'A unique index is built on rows of which two may be the same',
  why: 'Two rows that are the same stop the build with 23505 after much of the table was read. Built CONCURRENTLY it leaves an invalid index behind, which costs every write and serves no query.',
  instead:
    'Look first: SELECT the columns … GROUP BY them HAVING count(*) > 1. Mend what it finds, and look again just before the migration.',
  aliases: { atlas: ['MF101', 'MF102'] },
  needs: 'live',
  claims: [],
  bad: [
    { sql: 'CREATE UNIQUE INDEX CONCURRENTLY items_order ON items (order_id);', live: filled },
    { sql: 'ALTER TABLE items ADD UNIQUE (order_id, quantity);', live: filled, notRun },
    { sql: 'ALTER TABLE notes ADD PRIMARY KEY (id);', live: filled },
  ],
  good: [
    { sql: 'CREATE UNIQUE INDEX CONCURRENTLY items_order ON items (order_id);' },
    { sql: 'CREATE UNIQUE INDEX CONCURRENTLY items_order ON items (order_id, id);', live: filled },
    { sql: 'CREATE INDEX CONCURRENTLY items_order ON items (order_id);', live: filled },
    { sql: 'CREATE TABLE drafts (id bigint);\nCREATE UNIQUE INDEX drafts_id ON drafts (id);', live: filled },
  ],
  on: ['IndexStmt', 'AT_AddConstraint'],
  check(unit, context) {
    const { live, catalog } = context;
    const key = uniqueKey(unit);
    if (live === undefined || key === undefined || isNew(context, key.table)) return [];
    const rows = live.tables.get(fullName(catalog, key.table))?.rows ?? 0;
    if (rows <= 0 || isUniqueAlready(relationOf(catalog, key.table), key.columns)) return [];
    const what = key.columns.map((column) => column ?? 'an expression').join(', ');
    const table = fullName(catalog, key.table);
    const message = `${key.table?.relname} has about ${Math.round(rows)} rows: the build fails if two of them have the same ${what}.`;
    return [{ message, tables: [table] }];
  },
};

/** The table and columns of a unique index that a unit builds; undefined where it builds none. */
function uniqueKey({
  node,
  command,
}: Unit): { readonly table: RangeVar | undefined; readonly columns: readonly (string | undefined)[] } | undefined {
  if ('IndexStmt' in node) {
    const { columns, isUnique } = readIndex(node.IndexStmt);
    return isUnique ? { table: node.IndexStmt.relation, columns } : undefined;
  }
  const constraint = command === undefined ? undefined : addedConstraint(command);
  if (!('AlterTableStmt' in node) || constraint === undefined || constraint.indexname !== undefined) return undefined;
  if (constraint.contype !== 'CONSTR_UNIQUE' && constraint.contype !== 'CONSTR_PRIMARY') return undefined;
  return { table: node.AlterTableStmt.relation, columns: stringsOf(constraint.keys) };
}

/** Is a part of the columns unique by a valid index that leaves no row out? */
function isUniqueAlready(relation: Relation | undefined, columns: readonly (string | undefined)[]): boolean {
  return [...(relation?.indexes.values() ?? [])].some(
    (index) =>
      index.isUnique &&
      index.isValid &&
      index.predicate === undefined &&
      index.columns.every((column) => column !== undefined && columns.includes(column)),
  );
}
