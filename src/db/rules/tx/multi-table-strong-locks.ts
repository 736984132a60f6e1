import { earlierInTransaction } from '../../lint/context.ts';
import { tablesHeld } from '../../lint/questions/held-locks.ts';
import { namesInWords } from '../../lint/questions/names-in-words.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

export const multiTableStrongLocks: Rule = {
  id: 'tx/multi-table-strong-locks',
  severity: 'warning',
  summary: 'One transaction collects strong locks on several tables',
  why: 'While it waits for the second table it holds the first. Transactions of the application that use both in the other order then deadlock with it, and the window in which something is locked is as long as all waits together.',
  instead: 'Change one table in a transaction, always in the same order, each with its own lock_timeout.',
  aliases: { eugene: ['E4'] },
  needs: 'static',
  claims: [],
  bad: [
    {
      sql: 'ALTER TABLE users ADD COLUMN nickname text;\nALTER TABLE orders ADD COLUMN code text;',
      inTransaction: true,
    },
    {
      sql: 'ALTER TABLE users ADD COLUMN nickname text;\nALTER TABLE orders ADD COLUMN code text, ADD COLUMN label text;',
      inTransaction: true,
    },
    {
      sql: 'ALTER TABLE notes RENAME TO memos;\nALTER TABLE items ADD COLUMN label text;',
      inTransaction: true,
    },
    {
      sql: 'ALTER TABLE notes ADD COLUMN mark text;\nALTER TABLE orders DROP COLUMN user_id, DROP COLUMN note, DROP CONSTRAINT orders_pkey CASCADE;',
      inTransaction: true,
    },
    {
      sql: 'BEGIN;\nDROP TABLE notes;\nALTER TABLE users DROP COLUMN code;\nALTER TABLE items ADD COLUMN label text;\nCOMMIT;',
    },
  ],
  good: [
    {
      given: 'CREATE SEQUENCE user_numbers;',
      sql: 'ALTER TABLE users ADD COLUMN nickname text;\nDROP SEQUENCE user_numbers;',
      inTransaction: true,
    },
    {
      sql: 'BEGIN;\nALTER TABLE users ADD COLUMN nickname text;\nCOMMIT;\nBEGIN;\nALTER TABLE orders ADD COLUMN code text;\nCOMMIT;',
    },
    {
      sql: 'ALTER TABLE users ADD COLUMN nickname text;\nALTER TABLE users ADD COLUMN title text;',
      inTransaction: true,
    },
    {
      sql: 'ALTER TABLE items ADD CONSTRAINT items_order_fkey FOREIGN KEY (order_id) REFERENCES orders (id) NOT VALID;',
    },
    { sql: 'CREATE TABLE drafts (id bigint);\nCREATE TABLE covers (id bigint);', inTransaction: true },
    {
      given: 'CREATE SCHEMA old;',
      sql: 'ALTER TABLE notes RENAME TO memos;\nALTER TABLE memos SET SCHEMA old;\nALTER TABLE old.memos ADD COLUMN title text;',
      inTransaction: true,
    },
  ],
  on: ['*'],
  check(unit, context) {
    const own = tablesHeld(unit);
    if (own.length === 0) return [];
    const earlier = earlierInTransaction(unit, context).filter(({ statement }) => statement !== unit.statement);
    if (earlier.length === 0) return [];
    const before = new Set(earlier.flatMap((one) => [...tablesHeld(one), ...newNamesOf(one)]));
    const added = own.filter((name) => !before.has(name));
    // Once in a transaction: at the statement that reaches for the second table.
    const isFirst = earlier.every((one) => isCovered(tablesHeld(one), firstHeld(earlier) ?? tablesHeld(one)));
    const isSaid = context.file.units.some(
      (one) => one.statement === unit.statement && tablesHeld(one).some((name) => !before.has(name)),
    );
    if (before.size === 0 || added.length === 0 || !isFirst || isSaid) return [];
    const held = new Set(earlier.flatMap(tablesHeld));
    return [
      {
        message: `${namesInWords([...held])} ${held.size === 1 ? 'is' : 'are'} locked while this waits for ${namesInWords(added)}, in one transaction.`,
      },
    ];
  },
};

/** The tables of the first statement that holds any, by their names of then and those that they get later. */
function firstHeld(earlier: readonly Unit[]): readonly string[] | undefined {
  const first = earlier.find((one) => tablesHeld(one).length > 0);
  return first === undefined ? undefined : [...tablesHeld(first), ...earlier.flatMap(newNamesOf)];
}

/** A table that is renamed or moved goes on to be the same one. */
function newNamesOf({ node, effects }: Unit): readonly string[] {
  const [schema = 'public', name] = effects.locks[0]?.relation.split('.') ?? [];
  if ('AlterObjectSchemaStmt' in node) return [`${node.AlterObjectSchemaStmt.newschema}.${name}`];
  const isTable = 'RenameStmt' in node && node.RenameStmt.renameType === 'OBJECT_TABLE';
  return isTable ? [`${schema}.${node.RenameStmt.newname}`] : [];
}

function isCovered(tables: readonly string[], by: readonly string[]): boolean {
  return tables.every((name) => by.includes(name));
}
