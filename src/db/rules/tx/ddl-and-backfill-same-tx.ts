import { earlierInTransaction } from '../../lint/context.ts';
import { heldLocks, tablesHeld } from '../../lint/questions/held-locks.ts';
import { namesInWords } from '../../lint/questions/names-in-words.ts';
import { unboundWrites, writingKinds } from '../../lint/questions/unbound-writes.ts';
import type { Rule } from '../../rule.ts';

export const ddlAndBackfillSameTx: Rule = {
  id: 'tx/ddl-and-backfill-same-tx',
  severity: 'error',
  summary: 'A change of a table and a backfill share a transaction',
  why: 'The lock of the ALTER TABLE is held to the end of the transaction, so the table is shut while every row is updated: all reads and writes wait for the whole backfill.',
  instead:
    'Three migrations: the change of the table, the backfill in batches that commit one by one, then the constraint. `godwit plan --from FILE` makes the plan.',
  aliases: { eugene: ['E4'], strong_migrations: ['execute'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;\nUPDATE users SET nickname = name;', inTransaction: true },
    {
      sql: "BEGIN;\nALTER TABLE orders ADD COLUMN code text;\nUPDATE orders SET code = 'x' WHERE code IS NULL;\nCOMMIT;",
    },
    {
      sql: 'BEGIN;\nALTER TABLE users ADD COLUMN nickname text;\nINSERT INTO notes (id, body) SELECT id, name FROM users;\nCOMMIT;',
    },
    { sql: 'DO $$ BEGIN\n  ALTER TABLE users ADD COLUMN nickname text;\n  UPDATE users SET nickname = name;\nEND $$;' },
  ],
  good: [
    { sql: 'BEGIN;\nALTER TABLE users ADD COLUMN nickname text;\nCOMMIT;\nUPDATE users SET nickname = name;' },
    {
      sql: "BEGIN;\nALTER TABLE users ADD COLUMN nickname text;\nUPDATE users SET nickname = 'x' WHERE id = 1;\nCOMMIT;",
    },
    {
      sql: 'BEGIN;\nCREATE TABLE drafts (id bigint, title text);\nINSERT INTO drafts SELECT id, name FROM users;\nCOMMIT;',
    },
    {
      sql: "BEGIN;\nALTER TABLE users ADD COLUMN nickname text;\nINSERT INTO notes (id, body) VALUES (1, 'x');\nCOMMIT;",
    },
  ],
  on: writingKinds,
  check(unit, context) {
    if (unboundWrites(unit, context).length === 0) return [];
    const earlier = earlierInTransaction(unit, context);
    const held = [...new Set(earlier.flatMap(tablesHeld))];
    if (held.length === 0) return [];
    return [
      {
        // Where nobody knows whether the file is one transaction, it depends on who runs it.
        severity: unit.statement.isInTransaction ? 'error' : 'warning',
        message: `${namesInWords(held)} ${held.length === 1 ? 'stays' : 'stay'} locked from the change before it until this statement has written its rows and the transaction ends.`,
        effects: {
          locks: heldLocks(earlier),
        },
      },
    ];
  },
};
