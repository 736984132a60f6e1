import { isNew, mayMeet } from '../../lint/context.ts';
import { writtenName } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

export const setAccessMethod: Rule = {
  id: 'pg/set-access-method',
  severity: 'error',
  summary: 'A table is written anew in another access method',
  why: 'SET ACCESS METHOD (from PostgreSQL 15) copies the table and builds its indexes under ACCESS EXCLUSIVE: readers and writers wait for as long as that takes.',
  instead: 'Make a table with the other access method beside it, copy in batches and swap the names.',
  aliases: { atlas: ['PG311'] },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE', rewrite: true, from: 15 }],
  bad: [
    { sql: 'ALTER TABLE items SET ACCESS METHOD heap2;', given: heap2(), from: 15 },
    { sql: 'ALTER MATERIALIZED VIEW order_totals SET ACCESS METHOD heap2;', given: heap2(), from: 15 },
  ],
  good: [
    { sql: 'ALTER TABLE items SET ACCESS METHOD heap;', from: 15 },
    { sql: 'ALTER TABLE events SET ACCESS METHOD heap2;', given: heap2(), from: 17 },
    { sql: 'CREATE TABLE drafts (id bigint);\nALTER TABLE drafts SET ACCESS METHOD heap2;', given: heap2(), from: 15 },
  ],
  on: ['AT_SetAccessMethod'],
  check({ node, command, effects }, context) {
    if (!('AlterTableStmt' in node) || effects.rewrites.length === 0) return [];
    const { relation } = node.AlterTableStmt;
    if (isNew(context, relation) || !mayMeet(context, { from: 15 })) return [];
    return [{ message: `${writtenName(relation)} is written anew in ${command?.name} while nobody can use it.` }];
  },
};

/** A second access method, as no server is shipped with one. */
function heap2(): string {
  return 'CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;';
}
