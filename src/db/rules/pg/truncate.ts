import { relationsNamed } from '../../lint/catalog/apply-create-table.ts';
import { isNew } from '../../lint/context.ts';
import { namesInWords, writtenName } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

export const truncate: Rule = {
  id: 'pg/truncate',
  severity: 'error',
  summary: 'All rows of a table are thrown away',
  why: 'TRUNCATE takes ACCESS EXCLUSIVE, which readers and writers wait for, and empties the table at once. No trigger for rows runs, and after the commit nothing brings the rows back.',
  instead:
    'DELETE in batches what is not wanted any more, or keep the table under another name until nobody misses it.',
  aliases: {},
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE', rewrite: true }],
  bad: [{ sql: 'TRUNCATE items;' }, { sql: 'TRUNCATE TABLE orders, users;' }, { sql: 'TRUNCATE events_2024;' }],
  good: [
    { sql: 'CREATE TABLE drafts (id bigint);\nTRUNCATE drafts;' },
    { sql: 'CREATE TEMP TABLE picked (id bigint);\nTRUNCATE picked;' },
    { sql: 'DELETE FROM items WHERE id < 10;' },
  ],
  on: ['TruncateStmt'],
  check({ node, effects }, context) {
    if (!('TruncateStmt' in node) || node.TruncateStmt.behavior === 'DROP_CASCADE') return [];
    const old = relationsNamed(node.TruncateStmt.relations).filter((name) => !isNew(context, name));
    if (old.length === 0) return [];
    const names = namesInWords(old.map(writtenName));
    const fails =
      effects.fails === undefined ? '' : ` It fails with ${effects.fails}, for other tables refer to ${names}.`;
    return [{ message: `All rows of ${names} are gone, and nobody can use it meanwhile.${fails}` }];
  },
};
