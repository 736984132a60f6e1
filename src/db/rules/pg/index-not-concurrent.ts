import { relationOf } from '../../lint/catalog/catalog.ts';
import { isNew } from '../../lint/context.ts';
import { isPartitioned } from '../../lint/effects/index-effects.ts';
import { insertConcurrently } from '../../lint/fix/insert-concurrently.ts';
import { writtenName } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

export const indexNotConcurrent: Rule = {
  id: 'pg/index-not-concurrent',
  severity: 'error',
  summary: 'An index is built while all writes of the table wait',
  why: 'CREATE INDEX holds SHARE on the table until every row has been read and sorted. Reads go on; every INSERT, UPDATE and DELETE waits for as long as the table is large.',
  instead:
    'CREATE INDEX CONCURRENTLY, alone and outside a transaction, with lock_timeout off; then look whether pg_index.indisvalid is true, and where it failed DROP INDEX CONCURRENTLY and build it again.',
  aliases: {
    squawk: ['require-concurrent-index-creation'],
    eugene: ['E6'],
    strong_migrations: ['add_index'],
    atlas: ['PG101'],
    'pg-schema-diff': ['INDEX_BUILD', 'ACQUIRES_SHARE_LOCK'],
    MigrationPilot: ['MP001'],
    pgsafe: ['add-index-non-concurrent'],
  },
  needs: 'static',
  claims: [{ lock: 'SHARE', build: true }],
  bad: [
    { sql: 'CREATE INDEX users_age ON users (age);' },
    { sql: 'CREATE UNIQUE INDEX users_code ON users (code, id);' },
    { sql: 'CREATE INDEX IF NOT EXISTS order_totals_total ON order_totals (total);' },
    { sql: 'CREATE INDEX ON events_2025 USING gin (payload);' },
    { sql: 'BEGIN;\nCREATE INDEX users_lower ON users (lower(name));\nCOMMIT;' },
  ],
  good: [
    { sql: 'CREATE INDEX CONCURRENTLY users_age ON users (age);' },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, title text);\nCREATE INDEX drafts_title ON drafts (title);' },
    { sql: 'CREATE INDEX IF NOT EXISTS users_name_index ON users (name);' },
    { sql: 'CREATE INDEX events_kind ON ONLY events (kind);' },
    { sql: 'CREATE TEMP TABLE picked AS SELECT id FROM users;\nCREATE INDEX picked_id ON picked (id);' },
  ],
  on: ['IndexStmt'],
  check(unit, context) {
    const { node, effects } = unit;
    if (!('IndexStmt' in node) || node.IndexStmt.concurrent === true) return [];
    const { relation, idxname } = node.IndexStmt;
    const isOther = isPartitioned(relationOf(context.catalog, relation));
    if (isNew(context, relation) || isOther || effects.builds.length === 0) return [];
    const name = idxname === undefined ? 'An index' : `Index ${idxname}`;
    const fix = insertConcurrently(unit, context);
    return [
      {
        message: `${name} is built on ${writtenName(relation)} while its writers wait, for as long as the table is large.`,
        ...(fix === undefined ? {} : { fix }),
      },
    ];
  },
};
