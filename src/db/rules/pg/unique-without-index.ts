import { relationOf } from '../../lint/catalog/catalog.ts';
import { addedConstraint } from '../../lint/effects/constraint-effects.ts';
import type { Rule } from '../../rule.ts';

export const uniqueWithoutIndex: Rule = {
  id: 'pg/unique-without-index',
  severity: 'error',
  summary: 'A UNIQUE constraint builds its index while nobody can use the table',
  why: 'ADD CONSTRAINT … UNIQUE holds ACCESS EXCLUSIVE until every row has been read and its index built. Reads and writes wait for as long as the table is large.',
  instead:
    'CREATE UNIQUE INDEX CONCURRENTLY outside a transaction, look whether it is valid, then ALTER TABLE … ADD CONSTRAINT … UNIQUE USING INDEX, which takes an instant. `godwit plan --from FILE` makes the plan.',
  aliases: {
    squawk: ['disallowed-unique-constraint'],
    eugene: ['E7'],
    strong_migrations: ['add_unique_constraint'],
    atlas: ['PG105'],
    MigrationPilot: ['MP027'],
  },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE', build: true }],
  bad: [
    { sql: 'ALTER TABLE items ADD CONSTRAINT items_order UNIQUE (order_id, id);' },
    { sql: 'ALTER TABLE users ADD UNIQUE (email);' },
    { sql: 'ALTER TABLE events ADD UNIQUE (id, happened_on);' },
    { sql: 'ALTER TABLE items ADD COLUMN sku text, ADD CONSTRAINT items_sku UNIQUE (sku);' },
  ],
  good: [
    {
      sql: 'CREATE UNIQUE INDEX CONCURRENTLY items_order ON items (order_id, id);\nALTER TABLE items ADD CONSTRAINT items_order UNIQUE USING INDEX items_order;',
    },
    { sql: 'CREATE TABLE drafts (id bigint);\nALTER TABLE drafts ADD UNIQUE (id);' },
    { sql: 'ALTER TABLE users ADD CONSTRAINT users_mail UNIQUE USING INDEX users_email_key;' },
  ],
  on: ['AT_AddConstraint'],
  check({ node, command, effects }, { catalog }) {
    const constraint = command === undefined ? undefined : addedConstraint(command);
    if (!('AlterTableStmt' in node) || constraint?.contype !== 'CONSTR_UNIQUE' || effects.builds.length === 0)
      return [];
    const { relation } = node.AlterTableStmt;
    const name = constraint.conname === undefined ? 'A UNIQUE constraint' : `UNIQUE constraint ${constraint.conname}`;
    const message = `${name} is added to ${relation?.relname}: its index is built while nobody can use the table.`;
    const isPartitioned = relationOf(catalog, relation)?.kind === 'partitioned';
    return [{ message, ...(isPartitioned ? { instead: insteadByPartition } : {}) }];
  },
};

const insteadByPartition =
  'A partitioned table takes no USING INDEX: CREATE UNIQUE INDEX … ON ONLY the table, CREATE UNIQUE INDEX CONCURRENTLY on each partition, then ALTER INDEX … ATTACH PARTITION for each.';
