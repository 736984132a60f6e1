import { refusesTransaction } from '../../lint/transactions.ts';
import type { Rule } from '../../rule.ts';

export const statementsCannotShare: Rule = {
  id: 'tx/statements-cannot-share',
  severity: 'error',
  summary: 'A statement that cannot run in a transaction shares one',
  why: 'VACUUM, CREATE DATABASE, ALTER SYSTEM, REINDEX of a whole schema and their like refuse to run inside a transaction (SQLSTATE 25001): the migration fails there, every time.',
  instead: 'Give the statement a file of its own, and tell the tool that runs it to open no transaction there.',
  aliases: { atlas: ['TX101'] },
  needs: 'static',
  claims: [{ fails: '25001' }],
  bad: [
    { sql: 'VACUUM users;', inTransaction: true },
    { sql: 'BEGIN;\nVACUUM ANALYZE orders;\nCOMMIT;' },
    { sql: "BEGIN;\nALTER SYSTEM SET work_mem = '8MB';\nCOMMIT;" },
  ],
  good: [
    { sql: 'VACUUM users;' },
    { sql: 'BEGIN;\nANALYZE users;\nCOMMIT;' },
    { sql: 'BEGIN;\nSELECT 1;\nCOMMIT;\nVACUUM users;' },
  ],
  on: [
    'VacuumStmt',
    'CreatedbStmt',
    'DropdbStmt',
    'CreateTableSpaceStmt',
    'DropTableSpaceStmt',
    'AlterSystemStmt',
    'ClusterStmt',
    'ReindexStmt',
  ],
  check({ node, statement }) {
    const isConcurrent =
      'ReindexStmt' in node && node.ReindexStmt.kind !== undefined && /INDEX$|TABLE$/.test(node.ReindexStmt.kind);
    if (!statement.isInTransaction || isConcurrent || !refusesTransaction(node)) return [];
    return [
      {
        message: 'This fails with 25001: it cannot run inside a transaction.',
        effects: { locks: [], rewrites: [], scans: [], builds: [], fails: '25001' },
      },
    ];
  },
};
