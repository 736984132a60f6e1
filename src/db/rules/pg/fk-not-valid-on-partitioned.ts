import { relationOf } from '../../lint/catalog/catalog.ts';
import { mayMeet } from '../../lint/context.ts';
import { addedConstraint } from '../../lint/effects/constraint-effects.ts';
import type { Rule } from '../../rule.ts';

export const fkNotValidOnPartitioned: Rule = {
  id: 'pg/fk-not-valid-on-partitioned',
  severity: 'error',
  summary: 'A partitioned table is given a foreign key with NOT VALID, which PostgreSQL refuses until 17',
  why: 'Until PostgreSQL 17 a partitioned table cannot have a foreign key that is not valid: the statement fails with 42809. PostgreSQL 18 takes it.',
  instead:
    'Add the key to each partition with NOT VALID, VALIDATE each in a transaction of its own, and then add it to the partitioned table without NOT VALID: it takes over the keys of the partitions and reads no row.',
  aliases: {},
  needs: 'schema',
  claims: [{ fails: '42809', until: 17 }],
  bad: [
    { sql: 'ALTER TABLE events ADD FOREIGN KEY (id) REFERENCES users (id) NOT VALID;', until: 17 },
    {
      sql: 'ALTER TABLE logs ADD CONSTRAINT logs_user_fkey FOREIGN KEY (id) REFERENCES users (id) NOT VALID;',
      until: 17,
    },
    {
      sql: 'ALTER TABLE parts ADD FOREIGN KEY (user_id) REFERENCES users NOT VALID;',
      given: 'CREATE TABLE parts (user_id bigint, day date) PARTITION BY LIST (day);',
      until: 17,
    },
  ],
  good: [
    { sql: 'ALTER TABLE events ADD FOREIGN KEY (id) REFERENCES users (id) NOT VALID;', from: 18 },
    { sql: 'ALTER TABLE events_2025 ADD FOREIGN KEY (id) REFERENCES users (id) NOT VALID;' },
    { sql: 'ALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES orders (id) NOT VALID;' },
    {
      sql: 'ALTER TABLE notes ADD COLUMN day date;\nALTER TABLE notes ADD FOREIGN KEY (id, day) REFERENCES events (id, happened_on) NOT VALID;',
      given: 'ALTER TABLE events ADD PRIMARY KEY (id, happened_on);',
    },
  ],
  on: ['AT_AddConstraint'],
  check({ node, command }, context) {
    const constraint = command === undefined ? undefined : addedConstraint(command);
    if (!('AlterTableStmt' in node) || constraint?.contype !== 'CONSTR_FOREIGN') return [];
    const { relation } = node.AlterTableStmt;
    const isPartitioned = relationOf(context.catalog, relation)?.kind === 'partitioned';
    if (constraint.skip_validation !== true || !isPartitioned || !mayMeet(context, { until: 17 })) return [];
    const message = `${relation?.relname} is partitioned: until PostgreSQL 17 its foreign key to ${constraint.pktable?.relname} cannot be NOT VALID, and the statement fails.`;
    return [{ message }];
  },
};
