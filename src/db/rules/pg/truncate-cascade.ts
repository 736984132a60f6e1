import { relationsNamed } from '../../lint/catalog/apply-create-table.ts';
import { keyOf, relationOf } from '../../lint/catalog/catalog.ts';
import { isNew } from '../../lint/context.ts';
import { referringTo } from '../../lint/effects/maintenance.ts';
import { namesInWords, writtenName } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

export const truncateCascade: Rule = {
  id: 'pg/truncate-cascade',
  severity: 'error',
  summary: 'TRUNCATE … CASCADE also empties tables that it does not name',
  why: 'CASCADE empties every table with a foreign key to the named ones, and those that refer to these, under ACCESS EXCLUSIVE on all of them. ON DELETE rules are not asked.',
  instead: 'Name every table that is to be emptied, without CASCADE: the server then refuses where one was forgotten.',
  aliases: { squawk: ['ban-truncate-cascade'], MigrationPilot: ['MP036'] },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE', rewrite: true }],
  bad: [
    { sql: 'TRUNCATE users CASCADE;' },
    { sql: 'TRUNCATE items CASCADE;' },
    {
      sql: 'TRUNCATE users CASCADE;',
      given:
        'CREATE TABLE parcels (id bigint PRIMARY KEY, order_id bigint REFERENCES orders); INSERT INTO parcels SELECT id, id FROM orders;',
    },
  ],
  good: [
    { sql: 'TRUNCATE users, orders;' },
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY);\nTRUNCATE drafts CASCADE;' },
    { sql: 'DELETE FROM items WHERE id < 10;' },
  ],
  on: ['TruncateStmt'],
  check({ node }, context) {
    if (!('TruncateStmt' in node) || node.TruncateStmt.behavior !== 'DROP_CASCADE') return [];
    const named = relationsNamed(node.TruncateStmt.relations);
    const old = named.filter((name) => !isNew(context, name));
    const known = named.flatMap((name) => relationOf(context.catalog, name) ?? []);
    const others = referringTo(known, context.catalog)
      .filter((relation) => !isNew(context, relation))
      .map(keyOf);
    if (old.length === 0 && others.length === 0) return [];
    const also = others.length === 0 ? 'of every table that refers to it' : `of ${namesInWords(others)}`;
    return [
      { message: `All rows of ${namesInWords(named.map(writtenName))} are gone, and with them all rows ${also}.` },
    ];
  },
};
