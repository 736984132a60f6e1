import { rangeOf } from '../../lint/catalog/apply-drop.ts';
import { keyOf, relationOf } from '../../lint/catalog/catalog.ts';
import { isNew } from '../../lint/context.ts';
import { keepersOf } from '../../lint/effects/drop.ts';
import { namesInWords } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

export const dropTable: Rule = {
  id: 'ds/drop-table',
  severity: 'error',
  summary: 'A table is dropped, and its rows with it',
  why: 'The rows are gone with the commit, and no rollback of the migration brings them back. The table is locked with ACCESS EXCLUSIVE, and so is every table that its foreign keys refer to.',
  instead:
    'Take it out of use first: rename it, wait until nobody misses it and a backup has it, then drop it in a later migration.',
  aliases: {
    squawk: ['ban-drop-table'],
    atlas: ['DS102'],
    'pg-schema-diff': ['DELETES_DATA'],
    MigrationPilot: ['MP026'],
    spirit: ['unsafe'],
  },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE' }],
  bad: [
    { sql: 'DROP TABLE items;' },
    { sql: 'DROP TABLE IF EXISTS items, notes;', findings: 2 },
    { sql: 'DROP TABLE orders CASCADE;' },
    { sql: 'DROP TABLE events_2024;' },
    { sql: 'DROP TABLE users;', claim: { fails: '2BP01' } },
    { sql: 'DROP TABLE orders, users;', findings: 2, claim: { fails: '2BP01' } },
    { given: 'CREATE TABLE pets (owner bigint REFERENCES users (id));', sql: 'DROP TABLE pets;' },
    { sql: 'DROP MATERIALIZED VIEW order_totals;\nDROP TABLE orders;' },
  ],
  good: [
    { sql: 'DROP TABLE IF EXISTS drafts;' },
    { sql: 'CREATE TABLE drafts (id bigint);\nDROP TABLE drafts;' },
    { sql: 'CREATE TEMPORARY TABLE copied (id bigint);\nDROP TABLE copied;' },
    { sql: 'ALTER TABLE items RENAME TO items_unused;' },
  ],
  on: ['DropStmt'],
  check({ node, effects }, context) {
    if (!('DropStmt' in node) || node.DropStmt.removeType !== 'OBJECT_TABLE') return [];
    const { objects = [], missing_ok } = node.DropStmt;
    const needed = effects.fails === '2BP01' ? namesInWords(keepersOf(node.DropStmt, context.catalog).map(keyOf)) : '';
    const fails = needed === '' ? '' : ` It fails with 2BP01, for it is needed by ${needed}.`;
    return objects.flatMap((object) => {
      const table = rangeOf(object);
      const isNothing = missing_ok === true && context.catalog.isWhole && !relationOf(context.catalog, table);
      if (isNew(context, table) || isNothing) return [];
      // IF EXISTS, of a table that the migrations before never made: there may be none.
      const isUnknown = missing_ok === true && context.file.earlier.length > 0 && !relationOf(context.catalog, table);
      const message = `Table ${table.relname} is dropped with all of its rows.${fails}`;
      return [{ message, ...(isUnknown ? { severity: 'warning' } : {}) }];
    });
  },
};
