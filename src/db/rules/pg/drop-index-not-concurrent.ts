import { rangeOf } from '../../lint/catalog/apply-drop.ts';
import { isNew } from '../../lint/context.ts';
import { indexedTable, isPartitioned } from '../../lint/effects/index-effects.ts';
import { insertConcurrently } from '../../lint/fix/insert-concurrently.ts';
import { namesInWords, writtenName } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

export const dropIndexNotConcurrent: Rule = {
  id: 'pg/drop-index-not-concurrent',
  severity: 'warning',
  summary: 'An index is dropped while nobody can use its table',
  why: 'DROP INDEX takes ACCESS EXCLUSIVE on the table as well as on the index. It waits behind every query that is running there, and every query that comes later waits behind it.',
  instead:
    'DROP INDEX CONCURRENTLY, one index a statement and outside a transaction. Look at pg_stat_user_indexes.idx_scan first: queries may need it.',
  aliases: {
    squawk: ['require-concurrent-index-deletion'],
    strong_migrations: ['remove_index'],
    atlas: ['PG102'],
    'pg-schema-diff': ['INDEX_DROPPED', 'ACQUIRES_ACCESS_EXCLUSIVE_LOCK'],
    MigrationPilot: ['MP009'],
  },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE' }],
  bad: [
    { sql: 'DROP INDEX users_name_index;' },
    { sql: 'DROP INDEX IF EXISTS public.users_name_index;' },
    { sql: 'DROP INDEX orders_user_index, orders_placed_index;' },
    { sql: 'DROP INDEX events_kind;', given: 'CREATE INDEX events_kind ON events (kind);' },
  ],
  good: [
    { sql: 'DROP INDEX CONCURRENTLY users_name_index;' },
    { sql: 'DROP INDEX IF EXISTS never_was;' },
    {
      sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, title text);\nCREATE INDEX drafts_title ON drafts (title);\nDROP INDEX drafts_title;',
    },
  ],
  on: ['DropStmt'],
  check(unit, context) {
    const { node, effects } = unit;
    if (!('DropStmt' in node) || node.DropStmt.removeType !== 'OBJECT_INDEX') return [];
    if (node.DropStmt.concurrent === true || effects.locks.length === 0) return [];
    const names = (node.DropStmt.objects ?? []).map(rangeOf);
    const tables = names.map((name) => indexedTable(name, context.catalog));
    if (tables.every((table) => table !== undefined && isNew(context, table))) return [];
    const locked = effects.locks.flatMap(({ kind, relation }) => (kind === 'table' ? [relation] : []));
    const where = locked.length === 0 ? 'its table' : namesInWords(locked);
    const isWhole = tables.some(isPartitioned);
    const fix = isWhole || names.length > 1 ? undefined : insertConcurrently(unit, context);
    return [
      {
        message: `Nobody reads or writes ${where} while ${namesInWords(names.map(writtenName))} is dropped, nor while that waits for the queries before it.`,
        ...(fix === undefined ? {} : { fix }),
        ...(isWhole ? { instead: ofPartitioned } : {}),
      },
    ];
  },
};

const ofPartitioned =
  'The server refuses DROP INDEX CONCURRENTLY on the index of a partitioned table: set lock_timeout to a second or two, try again where it runs out, and drop it when no long query runs.';
