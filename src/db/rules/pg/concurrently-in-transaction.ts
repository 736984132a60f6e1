import { noEffects } from '../../lint/effects/effects.ts';
import { isConcurrentReindex } from '../../lint/effects/index-effects.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

export const concurrentlyInTransaction: Rule = {
  id: 'pg/concurrently-in-transaction',
  severity: 'error',
  summary: 'CONCURRENTLY is asked for inside a transaction',
  why: 'What is done CONCURRENTLY commits several times on its way, so the server refuses it inside a transaction or a function (SQLSTATE 25001): the migration fails there, every time.',
  instead: 'Give the statement a file of its own, and tell the tool that runs it to open no transaction there.',
  aliases: {
    squawk: ['ban-concurrent-index-creation-in-transaction'],
    strong_migrations: ['add_index'],
    atlas: ['PG103'],
    MigrationPilot: ['MP025'],
    pgsafe: ['concurrently-in-transaction'],
  },
  needs: 'static',
  claims: [{ fails: '25001' }],
  bad: [
    { sql: 'BEGIN;\nCREATE INDEX CONCURRENTLY users_age ON users (age);\nCOMMIT;' },
    { sql: 'CREATE INDEX CONCURRENTLY users_age ON users (age);', inTransaction: true },
    { sql: 'DROP INDEX CONCURRENTLY users_name_index;', inTransaction: true },
    { sql: 'REINDEX TABLE CONCURRENTLY users;', inTransaction: true },
    { sql: 'ALTER TABLE events DETACH PARTITION events_2024 CONCURRENTLY;', inTransaction: true, from: 14 },
  ],
  good: [
    { sql: 'CREATE INDEX CONCURRENTLY users_age ON users (age);' },
    { sql: 'BEGIN;\nCREATE TABLE drafts (id bigint);\nCOMMIT;\nDROP INDEX CONCURRENTLY users_name_index;' },
    {
      sql: 'COMMIT;\nCREATE INDEX CONCURRENTLY users_age ON users (age);\nBEGIN;',
      inTransaction: true,
    },
    { sql: 'REFRESH MATERIALIZED VIEW CONCURRENTLY order_totals;', inTransaction: true },
    { sql: 'ALTER TABLE events DETACH PARTITION events_2024 CONCURRENTLY;', from: 14 },
  ],
  on: ['IndexStmt', 'DropStmt', 'ReindexStmt', 'AT_DetachPartition'],
  check(unit) {
    const { statement } = unit;
    const words = concurrentWords(unit);
    if (words === undefined || (!statement.isInTransaction && statement.within === undefined)) return [];
    const where = statement.within === undefined ? 'a transaction' : 'a function or DO block';
    return [
      {
        message: `${words} fails inside ${where} with 25001.`,
        effects: { ...noEffects, fails: '25001' },
      },
    ];
  },
};

function concurrentWords({ node, command }: Unit): string | undefined {
  if ('IndexStmt' in node) return node.IndexStmt.concurrent === true ? 'CREATE INDEX CONCURRENTLY' : undefined;
  if ('DropStmt' in node) return node.DropStmt.concurrent === true ? 'DROP INDEX CONCURRENTLY' : undefined;
  if ('ReindexStmt' in node)
    return isOneReindex(node.ReindexStmt.kind) && isConcurrentReindex(node.ReindexStmt)
      ? 'REINDEX CONCURRENTLY'
      : undefined;
  const def = command?.def;
  const isDetach = def !== undefined && 'PartitionCmd' in def && def.PartitionCmd.concurrent === true;
  return isDetach ? 'DETACH PARTITION CONCURRENTLY' : undefined;
}

/** REINDEX of a schema or a database refuses a transaction either way, which is told elsewhere. */
function isOneReindex(kind: string | undefined): boolean {
  return kind === 'REINDEX_OBJECT_INDEX' || kind === 'REINDEX_OBJECT_TABLE';
}
