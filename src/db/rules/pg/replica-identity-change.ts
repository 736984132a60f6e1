import { isNew } from '../../lint/context.ts';
import type { Rule } from '../../rule.ts';

export const replicaIdentityChange: Rule = {
  id: 'pg/replica-identity-change',
  severity: 'advice',
  summary: 'What logical replication sends of a changed row is changed',
  why: 'REPLICA IDENTITY holds ACCESS EXCLUSIVE for an instant. FULL writes the whole old row to the log with every UPDATE and DELETE; NOTHING makes both fail with 55000 where the table is published; subscribers look for rows by what is sent.',
  instead:
    'Use a unique index on NOT NULL columns where there is one, look at the subscribers first, and set a short lock_timeout.',
  aliases: {},
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE' }],
  bad: [
    { sql: 'ALTER TABLE orders REPLICA IDENTITY FULL;' },
    { sql: 'ALTER TABLE orders REPLICA IDENTITY NOTHING;' },
    { sql: 'ALTER TABLE users REPLICA IDENTITY USING INDEX users_email_key;' },
    { sql: 'ALTER TABLE events REPLICA IDENTITY FULL;' },
  ],
  good: [
    { sql: 'CREATE TABLE drafts (id bigint);\nALTER TABLE drafts REPLICA IDENTITY FULL;' },
    { sql: 'ALTER TABLE orders SET (fillfactor = 90);' },
    { sql: 'CREATE TEMPORARY TABLE drafts (id bigint);\nALTER TABLE drafts REPLICA IDENTITY FULL;' },
  ],
  on: ['AT_ReplicaIdentity'],
  check({ node, command }, context) {
    const def = command?.def;
    if (!('AlterTableStmt' in node) || def === undefined || !('ReplicaIdentityStmt' in def)) return [];
    const { relation } = node.AlterTableStmt;
    if (isNew(context, relation)) return [];
    const table = relation?.relname;
    const { identity_type, name } = def.ReplicaIdentityStmt;
    if (identity_type === 'f')
      return [{ message: `Every UPDATE and DELETE of ${table} writes the whole old row to the log from now on.` }];
    if (identity_type === 'n') {
      const message = `${table} has no replica identity any more: where it is published, every UPDATE and DELETE fails.`;
      return [{ message, severity: 'warning' }];
    }
    const by = identity_type === 'i' ? `index ${name}` : 'its primary key';
    return [{ message: `Subscribers find the rows of ${table} by ${by} from now on.` }];
  },
};
