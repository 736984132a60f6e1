import { isNew } from '../../lint/context.ts';
import { indexedTable, isConcurrentReindex } from '../../lint/effects/index-effects.ts';
import { insertConcurrently } from '../../lint/fix/insert-concurrently.ts';
import { writtenName } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

export const reindexNotConcurrent: Rule = {
  id: 'pg/reindex-not-concurrent',
  severity: 'error',
  summary: 'Indexes are built anew while writes of the table wait',
  why: 'REINDEX holds SHARE on the table and ACCESS EXCLUSIVE on each index while it is built: writers wait, and so do queries that would look at the index, for as long as the table is large.',
  instead: 'REINDEX … CONCURRENTLY (from PostgreSQL 12), outside a transaction.',
  aliases: { squawk: ['require-concurrent-reindex'], MigrationPilot: ['MP021'] },
  needs: 'static',
  claims: [{ lock: 'SHARE', scan: true, build: true }],
  bad: [
    { sql: 'REINDEX INDEX users_name_index;' },
    { sql: 'REINDEX TABLE users;' },
    { sql: 'REINDEX (VERBOSE) TABLE orders;' },
    { sql: 'REINDEX TABLE order_totals;' },
    { sql: 'REINDEX (CONCURRENTLY false) INDEX users_name_index;', from: 14 },
  ],
  good: [
    { sql: 'REINDEX INDEX CONCURRENTLY users_name_index;' },
    { sql: 'REINDEX TABLE CONCURRENTLY users;' },
    { sql: 'REINDEX (CONCURRENTLY) INDEX orders_user_index;', from: 14 },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY);\nREINDEX TABLE drafts;' },
  ],
  on: ['ReindexStmt'],
  check(unit, context) {
    const { node } = unit;
    if (!('ReindexStmt' in node) || isConcurrentReindex(node.ReindexStmt)) return [];
    const { kind, relation, name } = node.ReindexStmt;
    // The indexes of system catalogs cannot be built CONCURRENTLY.
    if (kind === 'REINDEX_OBJECT_SYSTEM') return [];
    const isIndex = kind === 'REINDEX_OBJECT_INDEX';
    if (isNew(context, isIndex ? indexedTable(relation, context.catalog) : relation)) return [];
    const what = relation === undefined ? (name ?? 'the database') : writtenName(relation);
    const fix = insertConcurrently(unit, context);
    return [
      {
        message: `${isIndex ? `Index ${what} is` : `All indexes of ${what} are`} built anew while writers wait, and readers too who want the index.`,
        ...(fix === undefined ? {} : { fix }),
      },
    ];
  },
};
