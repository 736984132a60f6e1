import type { Rule } from '../../rule.ts';

export const nested: Rule = {
  id: 'tx/nested',
  severity: 'warning',
  summary: 'BEGIN or COMMIT stands where a transaction is the tool’s own',
  why: 'A second BEGIN is only a warning, and a COMMIT in the middle ends the transaction that the tool has opened: what comes after it is no longer taken back with the rest, and the tool may note the migration as done or as failed when it is neither.',
  instead:
    'Leave transactions to the tool that runs the file, or turn its transaction off for this file and write both ends yourself.',
  aliases: { squawk: ['transaction-nesting'], atlas: ['TX201'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'BEGIN;\nALTER TABLE users ADD COLUMN nickname text;\nCOMMIT;', inTransaction: true, findings: 2 },
    { sql: 'BEGIN;\nBEGIN;\nALTER TABLE users ADD COLUMN nickname text;\nCOMMIT;' },
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;\nCOMMIT;' },
    {
      sql: 'COMMIT;\nCREATE INDEX CONCURRENTLY users_age ON users (age);\nBEGIN;\nSELECT 1;',
      inTransaction: true,
    },
  ],
  good: [
    { sql: 'BEGIN;\nALTER TABLE users ADD COLUMN nickname text;\nCOMMIT;' },
    {
      sql: 'BEGIN;\nSAVEPOINT before;\nALTER TABLE users ADD COLUMN nickname text;\nRELEASE SAVEPOINT before;\nCOMMIT;',
    },
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;', inTransaction: true },
  ],
  on: ['TransactionStmt'],
  check({ node, statement }, { file }) {
    const kind = 'TransactionStmt' in node ? node.TransactionStmt.kind : undefined;
    const isStart = kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START';
    if (!isStart && kind !== 'TRANS_STMT_COMMIT' && kind !== 'TRANS_STMT_ROLLBACK') return [];
    if (statement.isManaged) {
      const opener = file.tool === 'plain' ? 'whoever runs the file' : file.tool;
      return [
        {
          message: isStart
            ? `A transaction that ${opener} has opened is there already: this only warns.`
            : `This ends the transaction that ${opener} has opened.`,
        },
      ];
    }
    const open = openBefore(file.units.map(({ node: earlier }) => earlier));
    if (isStart === open)
      return [
        {
          message: isStart
            ? 'A transaction is open already: this only warns.'
            : 'No transaction is open here: this only warns.',
        },
      ];
    return [];
  },
};

function openBefore(nodes: readonly object[]): boolean {
  return nodes.reduce((isOpen, node) => {
    const stmt = 'TransactionStmt' in node ? node.TransactionStmt : undefined;
    const kind = typeof stmt === 'object' && stmt !== null && 'kind' in stmt ? stmt.kind : undefined;
    if (kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START') return true;
    return kind === 'TRANS_STMT_COMMIT' || kind === 'TRANS_STMT_ROLLBACK' ? false : isOpen;
  }, false);
}
