import { withPartitions } from '../../lint/catalog/catalog.ts';
import { newColumn } from '../../lint/questions/new-column.ts';
import type { Rule } from '../../rule.ts';

export const addColumnMultiPartition: Rule = {
  id: 'pg/add-column-multi-partition',
  severity: 'advice',
  summary: 'A column is added to a partitioned table, which locks every partition',
  why: 'The parent and all of its partitions are locked with ACCESS EXCLUSIVE one after the other, and held until the end: one long query on any partition keeps the whole table waiting.',
  instead:
    'SET lock_timeout to a second or two and try again until it passes; know how many partitions there are, and do nothing else in the transaction.',
  aliases: { MigrationPilot: ['MP110'] },
  needs: 'schema',
  claims: [{ lock: 'ACCESS EXCLUSIVE' }],
  bad: [
    { sql: 'ALTER TABLE events ADD COLUMN source text;' },
    { sql: 'ALTER TABLE logs ADD COLUMN level integer NOT NULL DEFAULT 0;' },
    { sql: 'ALTER TABLE events ADD COLUMN IF NOT EXISTS source text;' },
  ],
  good: [
    { sql: 'ALTER TABLE users ADD COLUMN source text;' },
    {
      sql: 'CREATE TABLE visits (day date) PARTITION BY RANGE (day);\nALTER TABLE visits ADD COLUMN source text;',
    },
    {
      given: 'CREATE TABLE visits (day date) PARTITION BY RANGE (day);',
      sql: 'ALTER TABLE visits ADD COLUMN source text;',
    },
  ],
  on: ['AT_AddColumn'],
  check(unit, context) {
    const added = newColumn(unit, context);
    if (added?.relation?.kind !== 'partitioned') return [];
    const parts = withPartitions(added.relation).length - 1;
    if (parts === 0) return [];
    const { said, at } = added;
    const which = parts === 1 ? 'its partition' : `all of its ${parts} partitions`;
    return [
      { at, message: `${said} and ${which} are locked together: the column waits for every query on any of them.` },
    ];
  },
};
