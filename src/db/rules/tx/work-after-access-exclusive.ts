import { earlierInTransaction } from '../../lint/context.ts';
import { isLong, tablesShut } from '../../lint/questions/held-locks.ts';
import { namesInWords } from '../../lint/questions/names-in-words.ts';
import type { Rule } from '../../rule.ts';
import { keptByRewrite } from './rewrite-holding-lock.ts';

export const workAfterAccessExclusive: Rule = {
  id: 'tx/work-after-access-exclusive',
  severity: 'error',
  summary: 'A table stays locked while the transaction works on something else',
  why: 'Locks are held to the end of the transaction. What reads, rewrites or indexes another table after an ACCESS EXCLUSIVE lock keeps the first table shut for all that time.',
  instead: 'Commit after the statement with the lock, and do the long work in a migration of its own.',
  aliases: { eugene: ['E4'], MigrationPilot: ['MP008'] },
  needs: 'static',
  claims: [],
  bad: [
    {
      sql: 'ALTER TABLE users ADD COLUMN nickname text;\nCREATE INDEX orders_total ON orders (total);',
      inTransaction: true,
    },
    {
      sql: 'BEGIN;\nDROP TABLE notes;\nALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0);\nCOMMIT;',
    },
    {
      sql: 'ALTER TABLE users ADD COLUMN nickname text;\nALTER TABLE orders ADD CHECK (total >= 0), ADD CHECK (total < 1000000);',
      inTransaction: true,
    },
    {
      sql: 'ALTER TABLE users ADD COLUMN nickname text;\nCREATE INDEX orders_total ON orders (total);\nCREATE INDEX items_order ON items (order_id);',
      inTransaction: true,
    },
  ],
  good: [
    {
      sql: 'ALTER TABLE users ADD COLUMN nickname text;\nCOMMIT;\nCREATE INDEX CONCURRENTLY orders_total ON orders (total);',
    },
    {
      sql: 'ALTER TABLE users ADD COLUMN nickname text;\nALTER TABLE orders ADD COLUMN code text;',
      inTransaction: true,
    },
    {
      sql: 'CREATE TABLE drafts (id bigint);\nALTER TABLE drafts ADD COLUMN title text;\nCREATE INDEX drafts_title ON drafts (title);',
      inTransaction: true,
    },
    { sql: 'CREATE INDEX CONCURRENTLY orders_total ON orders (total);' },
    {
      sql: 'ALTER TABLE orders ADD COLUMN code text;\nALTER TABLE users ALTER COLUMN age TYPE bigint;',
      inTransaction: true,
    },
  ],
  on: ['*'],
  check(unit, context) {
    if (!isLong(unit) || unit.kind === 'AT_ValidateConstraint') return [];
    // Of several commands of a statement the first speaks.
    const isSaid = context.file.units.some(
      (one) => one.statement === unit.statement && isLong(one) && one.kind !== 'AT_ValidateConstraint',
    );
    if (isSaid) return [];
    const own = new Set(tablesShut(unit));
    const held = earlierInTransaction(unit, context).filter(({ statement }) => statement !== unit.statement);
    // Once for each table that is held: at the first work after its lock.
    const lastWork = held.findLastIndex((one) => isLong(one) && one.kind !== 'AT_ValidateConstraint');
    const before =
      lastWork === -1 ? [] : held.filter(({ statement }) => statement.start < (held[lastWork]?.statement.start ?? 0));
    const told = new Set(before.flatMap(tablesShut));
    const tables = [...new Set(held.flatMap(tablesShut))].filter((name) => !own.has(name) && !told.has(name));
    // Of a table that is written anew tx/rewrite-holding-lock says more.
    if (tables.length === 0 || keptByRewrite(unit, context) !== undefined) return [];
    return [
      {
        // Where nobody knows whether the file is one transaction, it depends on who runs it.
        severity: unit.statement.isInTransaction ? 'error' : 'warning',
        message: `${namesInWords(tables)} ${tables.length === 1 ? 'stays' : 'stay'} locked ACCESS EXCLUSIVE while this works: the lock is held to the end of the transaction.`,
        effects: { locks: tables.map((relation) => ({ relation, kind: 'table', mode: 'ACCESS EXCLUSIVE' })) },
      },
    ];
  },
};
