import { fullName } from '../../lint/catalog/catalog.ts';
import { namesInWords, writtenName } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';

export const attachPartitionNoCheck: Rule = {
  id: 'pg/attach-partition-no-check',
  severity: 'error',
  summary: 'A table is read while it is attached as a partition and nobody can use it',
  why: 'ATTACH PARTITION holds ACCESS EXCLUSIVE on the new part and reads all of its rows, unless a valid CHECK says already that they fit. A default partition beside it is locked and read too. Indexes that the part lacks are built meanwhile.',
  instead:
    'First ALTER TABLE the part ADD CONSTRAINT … CHECK (the bound) NOT VALID and VALIDATE CONSTRAINT it; likewise, for a default partition, a CHECK that excludes the bound. Build missing indexes CONCURRENTLY. Then attach, and drop the CHECK.',
  aliases: { MigrationPilot: ['MP094'], pgsafe: ['attach-partition'] },
  needs: 'schema',
  claims: [{ lock: 'ACCESS EXCLUSIVE', scan: true }],
  bad: [
    { sql: "ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');" },
    { sql: 'ALTER TABLE events ATTACH PARTITION events_2026 DEFAULT;' },
    {
      sql: "ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
      given:
        "ALTER TABLE events_2026 ADD CONSTRAINT bound CHECK (happened_on >= '2026-01-01' AND happened_on < '2027-01-01') NOT VALID;",
    },
    {
      sql: "ALTER TABLE logs ATTACH PARTITION logs_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
      given:
        "CREATE TABLE logs_2026 (LIKE logs); ALTER TABLE logs_2026 ADD CHECK (written_on >= '2026-01-01' AND written_on < '2027-01-01');",
    },
    {
      sql: "ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
      given:
        "CREATE INDEX events_kind ON events (kind); ALTER TABLE events_2026 ADD CHECK (happened_on >= '2026-01-01' AND happened_on < '2027-01-01');",
      claim: { lock: 'ACCESS EXCLUSIVE', build: true },
    },
  ],
  good: [
    {
      sql: "ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
      given:
        "ALTER TABLE events_2026 ADD CONSTRAINT bound CHECK (happened_on >= '2026-01-01' AND happened_on < '2027-01-01');",
    },
    {
      sql: "CREATE TABLE events_2027 (LIKE events INCLUDING ALL);\nALTER TABLE events ATTACH PARTITION events_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');",
    },
    {
      sql: "ALTER TABLE logs ATTACH PARTITION logs_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
      given:
        "CREATE TABLE logs_2026 (LIKE logs); ALTER TABLE logs_2026 ADD CHECK (written_on >= '2026-01-01' AND written_on < '2027-01-01'); ALTER TABLE logs_default ADD CHECK (written_on < '2026-01-01' OR written_on >= '2027-01-01');",
    },
  ],
  on: ['AT_AttachPartition'],
  check({ node, command, effects }, { catalog }) {
    const def = command?.def;
    if (!('AlterTableStmt' in node) || def === undefined || !('PartitionCmd' in def)) return [];
    const part = fullName(catalog, def.PartitionCmd.name);
    const parent = writtenName(node.AlterTableStmt.relation);
    const others = effects.scans.filter((table) => table !== part);
    const parts = [
      ...(effects.scans.includes(part) ? [`all of ${writtenName(def.PartitionCmd.name)} is read`] : []),
      ...(others.length > 0 ? [`the default partition ${namesInWords(others)} is read`] : []),
      ...(effects.builds.length > 0 ? [`indexes are built on ${namesInWords(effects.builds)}`] : []),
    ];
    if (parts.length === 0) return [];
    return [{ message: `To attach it to ${parent}, ${parts.join(', and ')} while nobody can use it.` }];
  },
};
