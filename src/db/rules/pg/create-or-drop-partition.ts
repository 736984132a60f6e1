import type { CreateStmt, DropStmt } from 'libpg-query';
import { relationsNamed } from '../../lint/catalog/apply-create-table.ts';
import { rangeOf } from '../../lint/catalog/apply-drop.ts';
import { relationOf } from '../../lint/catalog/catalog.ts';
import { isNew, type LintContext } from '../../lint/context.ts';
import type { Effects } from '../../lint/effects/effects.ts';
import { namesInWords, writtenName } from '../../lint/questions/names-in-words.ts';
import type { Hit, Rule } from '../../rule.ts';

export const createOrDropPartition: Rule = {
  id: 'pg/create-or-drop-partition',
  severity: 'advice',
  summary: 'A partition is made or dropped in place, which locks the whole partitioned table',
  why: 'CREATE TABLE … PARTITION OF and DROP TABLE of a partition take ACCESS EXCLUSIVE on the partitioned table: for an instant nobody can use any of it, and until it is granted all wait behind it. A default partition is locked too, and read whole when a new one is made beside it.',
  instead:
    'CREATE TABLE … (LIKE parent INCLUDING ALL) and then ATTACH PARTITION, which lets readers and writers of the parent go on; DETACH PARTITION … CONCURRENTLY (from PostgreSQL 14) and then DROP TABLE. Set lock_timeout.',
  aliases: { MigrationPilot: ['MP072', 'MP093'] },
  needs: 'static',
  claims: [{ lock: 'ACCESS EXCLUSIVE' }],
  bad: [
    { sql: "CREATE TABLE events_2027 PARTITION OF events FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');" },
    {
      sql: "CREATE TABLE logs_2027 PARTITION OF logs FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');",
      claim: { lock: 'ACCESS EXCLUSIVE', scan: true },
    },
    { sql: 'DROP TABLE events_2024;' },
    { sql: 'DROP TABLE IF EXISTS logs_2025;' },
  ],
  good: [
    { sql: 'CREATE TABLE events_2027 (LIKE events INCLUDING ALL);' },
    {
      sql: "CREATE TABLE IF NOT EXISTS events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
    },
    {
      sql: 'CREATE TABLE visits (id bigint, day date) PARTITION BY RANGE (day);\nCREATE TABLE visits_rest PARTITION OF visits DEFAULT;',
    },
    { sql: 'DROP TABLE events_2026;' },
    { sql: 'ALTER TABLE events DETACH PARTITION events_2024 CONCURRENTLY;\nDROP TABLE events_2024;', from: 14 },
  ],
  on: ['CreateStmt', 'DropStmt'],
  check({ node, effects }, context) {
    if ('CreateStmt' in node) return hitsOfCreate(node.CreateStmt, context, effects);
    return 'DropStmt' in node ? hitsOfDrop(node.DropStmt, context) : [];
  },
};

function hitsOfCreate(stmt: CreateStmt, context: LintContext, effects: Effects): readonly Hit[] {
  const [parent] = relationsNamed(stmt.inhRelations);
  if (stmt.partbound === undefined || isNew(context, parent) || effects.locks.length === 0) return [];
  const table = writtenName(parent);
  const lock = `Nobody can use ${table} at the moment at which ${writtenName(stmt.relation)} is made.`;
  if (effects.scans.length === 0) return [{ message: lock }];
  return [
    {
      message: `${lock} The default partition ${namesInWords(effects.scans)} is read whole meanwhile.`,
      severity: 'error',
    },
  ];
}

function hitsOfDrop(stmt: DropStmt, context: LintContext): readonly Hit[] {
  if (stmt.removeType !== 'OBJECT_TABLE') return [];
  return (stmt.objects ?? []).flatMap((object) => {
    const relation = relationOf(context.catalog, rangeOf(object));
    if (relation?.parent === undefined || isNew(context, relation.parent)) return [];
    return [
      {
        message: `Nobody can use ${relation.parent.name} at the moment at which its partition ${relation.name} is dropped.`,
      },
    ];
  });
}
