import type { RangeVar } from 'libpg-query';
import { type Relation, relationOf } from '../../lint/catalog/catalog.ts';
import { addedConstraint, missesPartitionKey } from '../../lint/effects/constraint-effects.ts';
import { keysWithoutPartitionKey } from '../../lint/effects/create.ts';
import { effects } from '../../lint/effects/effects.ts';
import { leavesOutPartitionKey } from '../../lint/effects/index-effects.ts';
import type { Hit, Rule } from '../../rule.ts';

export const missingPkPartKey: Rule = {
  id: 'pg/missing-pk-part-key',
  severity: 'error',
  summary: 'A key of a partitioned table leaves out a column of the partition key, which the server refuses',
  why: 'A partitioned table has one unique index per partition, so only a key with every column of the partition key can be kept unique. Anything else fails with 0A000, and a table that is partitioned by an expression can have no key at all.',
  instead: 'Put the columns of the partition key into the key, or make the key on each partition.',
  aliases: { MigrationPilot: ['MP049'] },
  needs: 'static',
  claims: [{ fails: '0A000' }],
  bad: [
    { sql: 'CREATE TABLE visits (id bigint PRIMARY KEY, day date) PARTITION BY RANGE (day);' },
    { sql: 'CREATE TABLE visits (id bigint, day date, UNIQUE (id)) PARTITION BY RANGE ((day + 1));' },
    { sql: 'ALTER TABLE events ADD PRIMARY KEY (id);' },
    { sql: 'ALTER TABLE events ADD CONSTRAINT events_id UNIQUE (id);' },
    { sql: 'CREATE UNIQUE INDEX events_id ON events (id);' },
    { sql: 'CREATE UNIQUE INDEX events_id ON ONLY events (id, (happened_on + 1));' },
  ],
  good: [
    { sql: 'CREATE TABLE visits (id bigint, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);' },
    { sql: 'CREATE INDEX events_id ON ONLY events (id);' },
    { sql: 'CREATE UNIQUE INDEX events_key ON ONLY events (id, happened_on);' },
    { sql: 'ALTER TABLE events_2025 ADD PRIMARY KEY (id);' },
    { sql: 'CREATE TABLE visits (id bigint, day date) PARTITION BY RANGE (day);' },
  ],
  on: ['CreateStmt', 'AT_AddConstraint', 'IndexStmt'],
  check({ node, command }, { catalog }) {
    if ('CreateStmt' in node) {
      const { relation } = node.CreateStmt;
      return keysWithoutPartitionKey(node.CreateStmt).map((key) => ({
        ...refused(relation, undefined),
        at: key.location,
      }));
    }
    if ('IndexStmt' in node) {
      const { relation } = node.IndexStmt;
      return leavesOutPartitionKey(node.IndexStmt, catalog) ? [refused(relation, relationOf(catalog, relation))] : [];
    }
    const constraint = command === undefined ? undefined : addedConstraint(command);
    if (!('AlterTableStmt' in node) || constraint === undefined) return [];
    const isKey = constraint.contype === 'CONSTR_PRIMARY' || constraint.contype === 'CONSTR_UNIQUE';
    const relation = relationOf(catalog, node.AlterTableStmt.relation);
    return isKey && missesPartitionKey(constraint, relation) ? [refused(node.AlterTableStmt.relation, relation)] : [];
  },
};

function refused(name: RangeVar | undefined, relation: Relation | undefined): Hit {
  const key = relation?.partitionKey?.join(', ');
  const by = key === undefined ? 'what it is partitioned by' : key;
  return {
    message: `The key of ${name?.relname} leaves out ${by}: the server refuses it.`,
    effects: effects({ fails: '0A000' }),
  };
}
