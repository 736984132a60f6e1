import type { Rule } from '../../rule.ts';

export const uncommitted: Rule = {
  id: 'tx/uncommitted',
  severity: 'error',
  summary: 'A transaction is begun and never ended',
  why: 'Without COMMIT the session ends with everything taken back, or, where it stays open, with every lock held: the table is shut until somebody finds the session.',
  instead: 'End the file with COMMIT, or leave BEGIN out where the tool opens the transaction.',
  aliases: { squawk: ['ban-uncommitted-transaction'], MigrationPilot: ['MP053'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'BEGIN;\nALTER TABLE users ADD COLUMN nickname text;' },
    { sql: 'BEGIN;\nSELECT 1;\nCOMMIT;\nSTART TRANSACTION;\nALTER TABLE users ADD COLUMN nickname text;' },
  ],
  good: [
    { sql: 'BEGIN;\nALTER TABLE users ADD COLUMN nickname text;\nCOMMIT;' },
    { sql: 'BEGIN;\nALTER TABLE users ADD COLUMN nickname text;\nROLLBACK;' },
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;' },
    {
      sql: 'COMMIT;\nCREATE INDEX CONCURRENTLY users_age ON users (age);\nBEGIN;\nALTER TABLE users ADD COLUMN nickname text;',
    },
    {
      sql: 'COMMIT;\nCREATE INDEX CONCURRENTLY users_age ON users (age);\nBEGIN;\nALTER TABLE users ADD COLUMN nickname text;',
      inTransaction: true,
    },
  ],
  on: [],
  onFileWith: ['TransactionStmt'],
  check: () => [],
  checkFile(units) {
    const boundaries = units.flatMap((unit) => {
      const kind = 'TransactionStmt' in unit.node ? unit.node.TransactionStmt.kind : undefined;
      if (kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START') {
        return unit.statement.isManaged ? [] : [{ unit, isStart: true }];
      }
      return kind === 'TRANS_STMT_COMMIT' || kind === 'TRANS_STMT_ROLLBACK' || kind === 'TRANS_STMT_PREPARE'
        ? [{ unit, isStart: false }]
        : [];
    });
    const last = boundaries.at(-1);
    // A file that starts with the end of a transaction gives one back to the tool that has opened it.
    if (last === undefined || !last.isStart || boundaries[0]?.isStart === false) return [];
    return [
      {
        unit: last.unit,
        message:
          'This transaction has no COMMIT: nothing of it stays, and its locks are held for as long as the session lives.',
      },
    ];
  },
};
