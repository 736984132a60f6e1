import { relationOf } from '../../lint/catalog/catalog.ts';
import { mayMeet } from '../../lint/context.ts';
import { addedConstraint } from '../../lint/effects/constraint-effects.ts';
import type { Rule } from '../../rule.ts';

export const fkWithoutNotValid: Rule = {
  id: 'pg/fk-without-not-valid',
  severity: 'error',
  summary: 'A foreign key is added that makes the server compare both tables while their writers wait',
  why: 'ADD FOREIGN KEY holds SHARE ROW EXCLUSIVE on the table and on the one it refers to until every row was looked up. Reads go on; writes of both tables wait for as long as they are large.',
  instead:
    'ADD CONSTRAINT … FOREIGN KEY … NOT VALID, with a short lock_timeout, and in a later transaction ALTER TABLE … VALIDATE CONSTRAINT, for which nobody waits. `godwit plan --from FILE` makes the plan.',
  aliases: {
    squawk: ['adding-foreign-key-constraint'],
    strong_migrations: ['add_foreign_key'],
    atlas: ['PG306'],
    MigrationPilot: ['MP005'],
  },
  needs: 'static',
  claims: [{ lock: 'SHARE ROW EXCLUSIVE', scan: true }],
  bad: [
    {
      sql: 'ALTER TABLE items ADD CONSTRAINT items_order_fkey FOREIGN KEY (order_id) REFERENCES orders (id);',
    },
    { sql: 'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users;' },
    { sql: 'ALTER TABLE events ADD FOREIGN KEY (id) REFERENCES users (id);', until: 17 },
    { sql: 'ALTER TABLE events ADD FOREIGN KEY (id) REFERENCES users (id);', from: 18 },
  ],
  good: [
    {
      sql: 'ALTER TABLE items ADD CONSTRAINT items_order_fkey FOREIGN KEY (order_id) REFERENCES orders (id) NOT VALID;',
    },
    {
      sql: 'CREATE TABLE drafts (id bigint, user_id bigint);\nALTER TABLE drafts ADD FOREIGN KEY (user_id) REFERENCES users (id);',
    },
    { sql: 'ALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES orders (id) NOT ENFORCED;', from: 18 },
    { sql: 'CREATE TABLE drafts (id bigint, user_id bigint REFERENCES users (id));' },
  ],
  on: ['AT_AddConstraint'],
  check({ node, command, effects }, context) {
    const constraint = command === undefined ? undefined : addedConstraint(command);
    if (!('AlterTableStmt' in node) || constraint?.contype !== 'CONSTR_FOREIGN' || effects.scans.length === 0)
      return [];
    const { relation } = node.AlterTableStmt;
    const name = constraint.conname === undefined ? 'A foreign key' : `Foreign key ${constraint.conname}`;
    const other = constraint.pktable?.relname;
    const both =
      other === relation?.relname ? `writes of ${other} wait` : `writes of ${relation?.relname} and of ${other} wait`;
    const message = `${name} is added: ${both} until every row was looked up.`;
    const isPartitioned = relationOf(context.catalog, relation)?.kind === 'partitioned';
    return [{ message, ...(isPartitioned && mayMeet(context, { until: 17 }) ? { instead: insteadByPartition } : {}) }];
  },
};

const insteadByPartition =
  'Until PostgreSQL 17 a partitioned table takes no NOT VALID: add the key to each partition with NOT VALID, VALIDATE each in a transaction of its own, and then add it to the partitioned table, which takes over the keys that are there and reads no row.';
