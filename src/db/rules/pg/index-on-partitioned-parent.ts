import { relationOf, withPartitions } from '../../lint/catalog/catalog.ts';
import { isNew } from '../../lint/context.ts';
import { isPartitioned } from '../../lint/effects/index-effects.ts';
import { namesInWords, writtenName } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

export const indexOnPartitionedParent: Rule = {
  id: 'pg/index-on-partitioned-parent',
  severity: 'error',
  summary: 'An index is built on a partitioned table and all of its partitions at once',
  why: 'CREATE INDEX on a partitioned table holds SHARE on it and on every partition until the last partition has its index; writes of all of them wait. CONCURRENTLY is refused there (SQLSTATE 0A000).',
  instead:
    'CREATE INDEX … ON ONLY the parent, which is invalid at first; CREATE INDEX CONCURRENTLY on each partition; then ALTER INDEX … ATTACH PARTITION for each, after which the parent index is valid.',
  aliases: { MigrationPilot: ['MP092', 'MP110'] },
  needs: 'schema',
  claims: [{ lock: 'SHARE', build: true }],
  bad: [
    { sql: 'CREATE INDEX events_kind ON events (kind);' },
    { sql: 'CREATE INDEX ON events (id, happened_on);' },
    { sql: 'CREATE INDEX CONCURRENTLY events_kind ON events (kind);', claim: { fails: '0A000' } },
  ],
  good: [
    { sql: 'CREATE INDEX events_kind ON ONLY events (kind);' },
    { sql: 'CREATE INDEX CONCURRENTLY events_2025_kind ON events_2025 (kind);' },
    {
      sql: 'ALTER INDEX events_kind ATTACH PARTITION events_2025_kind;',
      given: 'CREATE INDEX events_kind ON ONLY events (kind); CREATE INDEX events_2025_kind ON events_2025 (kind);',
    },
    {
      sql: "CREATE TABLE visits (id bigint, day date) PARTITION BY RANGE (day);\nCREATE TABLE visits_2026 PARTITION OF visits FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');\nCREATE INDEX visits_day ON visits (day);",
    },
  ],
  on: ['IndexStmt'],
  check({ node, effects }, context) {
    if (!('IndexStmt' in node)) return [];
    const { relation, concurrent } = node.IndexStmt;
    const parent = relationOf(context.catalog, relation);
    if (parent === undefined || !isPartitioned(parent)) return [];
    const name = writtenName(relation);
    if (concurrent === true) {
      return [{ message: `${name} is partitioned: CREATE INDEX CONCURRENTLY fails there with 0A000.` }];
    }
    if (isNew(context, parent) || effects.builds.length === 0) return [];
    const stored = withPartitions(parent).filter((one) => !isPartitioned(one));
    return [
      {
        message: `Writes of ${name} and of ${stored.length === 1 ? 'its partition' : `all ${stored.length} partitions`} (${namesInWords(effects.builds)}) wait until the index is built on every one.`,
      },
    ];
  },
};
