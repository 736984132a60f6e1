import { rangeOf } from '../../lint/catalog/apply-drop.ts';
import { fullName } from '../../lint/catalog/catalog.ts';
import { writtenName } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

export const changeTableOpaque: Rule = {
  id: 'pg/change-table-opaque',
  severity: 'warning',
  summary: 'A table is dropped and made anew under its name',
  why: 'What looks like a change of the table is a new, empty one: all rows, indexes, grants and triggers of the old one are gone, and what of it has changed cannot be seen.',
  instead: 'ALTER TABLE, with one statement for each change that is meant.',
  aliases: { strong_migrations: ['change_table', 'create_table'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'DROP TABLE items;\nCREATE TABLE items (id bigint PRIMARY KEY, order_id bigint);' },
    { sql: 'DROP TABLE IF EXISTS notes CASCADE;\nCREATE TABLE notes (id bigint, body text, kind text);' },
  ],
  good: [
    { sql: 'DROP TABLE IF EXISTS drafts;\nCREATE TABLE drafts (id bigint);' },
    { sql: 'CREATE TABLE drafts (id bigint);\nDROP TABLE drafts;\nCREATE TABLE drafts (id bigint, title text);' },
    { sql: 'DROP TABLE items;\nCREATE TABLE lines (id bigint PRIMARY KEY);' },
  ],
  on: ['CreateStmt'],
  check({ node }, { catalog, file }) {
    if (!('CreateStmt' in node)) return [];
    const name = fullName(catalog, node.CreateStmt.relation);
    const isDropped = file.units.some(
      (unit) =>
        'DropStmt' in unit.node &&
        unit.node.DropStmt.removeType === 'OBJECT_TABLE' &&
        unit.effects.locks.some(({ relation }) => relation === name) &&
        (unit.node.DropStmt.objects ?? []).some((object) => fullName(catalog, rangeOf(object)) === name),
    );
    if (!isDropped) return [];
    return [
      {
        message: `${writtenName(node.CreateStmt.relation)} was dropped before in this file: it is made anew without its rows.`,
      },
    ];
  },
};
