import { isNew } from '../../lint/context.ts';
import { declaredConstraints } from '../../lint/questions/declared-constraints.ts';
import type { Rule } from '../../rule.ts';

export const fkLocksBothTables: Rule = {
  id: 'pg/fk-locks-both-tables',
  severity: 'advice',
  summary: 'A foreign key, though it reads no rows, waits for the writers of the table it refers to',
  why: 'A foreign key puts triggers on both tables and takes SHARE ROW EXCLUSIVE for it, also with NOT VALID and in CREATE TABLE. It is held for an instant, but it waits behind every open transaction that wrote to the other table, and all later writes wait behind it.',
  instead:
    'Run it alone in its transaction, with a short lock_timeout and another try when it runs out, one referenced table at a time.',
  aliases: { MigrationPilot: ['MP069'] },
  needs: 'static',
  claims: [{ lock: 'SHARE ROW EXCLUSIVE' }],
  bad: [
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));' },
    {
      sql: 'CREATE TABLE drafts (\n  id bigint PRIMARY KEY,\n  order_id bigint,\n  user_id bigint REFERENCES users (id),\n  FOREIGN KEY (order_id) REFERENCES orders (id)\n);',
    },
    { sql: 'ALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES orders (id) NOT VALID;' },
    {
      sql: 'CREATE TABLE drafts (id bigint, user_id bigint);\nALTER TABLE drafts ADD FOREIGN KEY (user_id) REFERENCES users (id);',
    },
    { sql: 'ALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES orders (id) NOT ENFORCED;', from: 18 },
  ],
  good: [
    { sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY, draft_id bigint REFERENCES drafts (id));' },
    {
      sql: 'CREATE TABLE drafts (id bigint PRIMARY KEY);\nCREATE TABLE pages (id bigint PRIMARY KEY, draft_id bigint REFERENCES drafts (id));',
    },
    { sql: 'CREATE TABLE IF NOT EXISTS orders (id bigint, user_id bigint REFERENCES users (id));' },
  ],
  on: ['CreateStmt', 'AT_AddConstraint'],
  check(unit, context) {
    const { effects } = unit;
    const isStrong = effects.locks.some(({ mode }) => mode === 'SHARE ROW EXCLUSIVE');
    if (!isStrong || effects.scans.length > 0) return [];
    const keys = declaredConstraints(unit, context).filter(
      ({ constraint: { pktable } }) => pktable !== undefined && !isNew(context, pktable),
    );
    const [first] = keys;
    if (first === undefined) return [];
    const own = first.table?.relname;
    const others = [...new Set(keys.map(({ constraint }) => constraint.pktable?.relname))].filter(
      (name) => name !== own,
    );
    if (others.length === 0) return [];
    const message = `${own} refers to ${others.join(' and ')}: writes of ${others.length > 1 ? 'these tables' : 'that table'} wait while the key is made, and it waits for those that are open.`;
    return [{ message, at: first.at }];
  },
};
