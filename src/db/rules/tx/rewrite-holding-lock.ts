import { earlierInTransaction, type LintContext } from '../../lint/context.ts';
import type { Lock } from '../../lint/effects/effects.ts';
import { stronger } from '../../lint/lock-mode.ts';
import { isLong, tablesHeld, tablesShut, writtenAnew } from '../../lint/questions/held-locks.ts';
import { namesInWords } from '../../lint/questions/names-in-words.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Rule } from '../../rule.ts';

export const rewriteHoldingLock: Rule = {
  id: 'tx/rewrite-holding-lock',
  severity: 'error',
  summary: 'A table is written anew while the transaction keeps another one locked, or stays shut after that',
  why: 'Writing a table anew takes as long as its rows and indexes do, and all locks of the transaction are held until it commits: each table that was locked before waits for the rewrite, and the rewritten table for all that comes after it.',
  instead:
    'A migration of its own for what writes the table anew, or better none: `godwit plan --from FILE` makes a plan without it.',
  aliases: { eugene: ['E10'] },
  needs: 'static',
  claims: [],
  bad: [
    {
      sql: 'ALTER TABLE items ALTER COLUMN quantity TYPE bigint;\nCREATE INDEX orders_total ON orders (total);\nCREATE INDEX users_age ON users (age);',
      inTransaction: true,
    },
    {
      sql: 'ALTER TABLE orders ADD COLUMN code text;\nALTER TABLE users ALTER COLUMN age TYPE bigint, ALTER COLUMN code TYPE integer USING code::integer;',
      inTransaction: true,
    },
    {
      sql: 'ALTER TABLE orders ADD COLUMN code text;\nALTER TABLE users ALTER COLUMN age TYPE bigint;',
      inTransaction: true,
    },
    {
      sql: 'BEGIN;\nCREATE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();\nALTER TABLE items ALTER COLUMN quantity TYPE bigint;\nCOMMIT;',
    },
    {
      sql: 'BEGIN;\nALTER TABLE items ALTER COLUMN quantity TYPE bigint;\nCREATE INDEX orders_total ON orders (total);\nCOMMIT;',
    },
  ],
  good: [
    {
      sql: 'ALTER TABLE orders ADD COLUMN code text;\nCOMMIT;\nALTER TABLE users ALTER COLUMN age TYPE bigint;',
    },
    {
      sql: 'ALTER TABLE users ADD COLUMN nickname text, ALTER COLUMN age TYPE bigint;',
      inTransaction: true,
    },
    {
      sql: 'ALTER TABLE items ALTER COLUMN quantity TYPE bigint;\nALTER TABLE orders ADD COLUMN code text;',
      inTransaction: true,
    },
    { sql: 'ALTER TABLE orders ADD COLUMN code text;\nTRUNCATE notes;', inTransaction: true },
    {
      sql: 'ALTER TABLE orders ADD COLUMN code text;\nCREATE INDEX notes_id ON notes (id);',
      inTransaction: true,
    },
    {
      sql: 'CREATE TABLE drafts (id integer);\nALTER TABLE orders ADD COLUMN code text;\nALTER TABLE drafts ALTER COLUMN id TYPE bigint;',
      inTransaction: true,
    },
  ],
  on: ['*'],
  check(unit, context) {
    const kept = keptByRewrite(unit, context);
    if (kept === undefined) return [];
    // Of several commands of a statement the first speaks.
    const own = context.file.units.filter(({ statement }) => statement === unit.statement);
    if (own.some((one) => keptByRewrite(one, context) !== undefined)) return [];
    const { locks, rewritten } = kept;
    const tables = [...new Set(locks.map(({ relation }) => relation))];
    const stay = (names: readonly string[]) => (names.length === 1 ? 'stays' : 'stay');
    const was = rewritten.length === 1 ? 'was' : 'were';
    const message =
      writtenAnew(unit).length > 0
        ? `${namesInWords(tables)} ${stay(tables)} locked while ${namesInWords(writtenAnew(unit))} is written anew: the lock is held to the end of the transaction.`
        : `${namesInWords(rewritten)} ${was} written anew before in this transaction, and ${stay(rewritten)} shut while this works too.`;
    return [{ message, effects: { locks } }];
  },
};

type Kept = { readonly locks: readonly Lock[]; readonly rewritten: readonly string[] };

/**
 * Locks on other tables that the transaction keeps while a unit writes one anew, or those of rewritten tables while it
 * works on others; undefined where it is neither.
 */
export function keptByRewrite(unit: Unit, context: LintContext): Kept | undefined {
  if (!isLong(unit) || unit.kind === 'TruncateStmt' || unit.kind === 'AT_ValidateConstraint') return undefined;
  const own = new Set([...tablesHeld(unit), ...unit.effects.rewrites]);
  const earlier = earlierInTransaction(unit, context).filter(({ statement }) => statement !== unit.statement);
  const rewritten = [...new Set(earlier.flatMap(writtenAnew))].filter(
    (table) => !own.has(table) && !isToldBefore(table, earlier),
  );
  const isRewrite = writtenAnew(unit).length > 0;
  const held = new Set(
    isRewrite ? earlier.flatMap(tablesHeld) : rewritten.length > 0 ? earlier.flatMap(tablesShut) : [],
  );
  const modes = new Map<string, Lock>();
  for (const lock of earlier.flatMap(({ effects }) => effects.locks)) {
    if (lock.kind !== 'table' || !held.has(lock.relation) || own.has(lock.relation)) continue;
    modes.set(lock.relation, { ...lock, mode: stronger(lock.mode, modes.get(lock.relation)?.mode ?? lock.mode) });
  }
  return modes.size === 0 ? undefined : { locks: [...modes.values()], rewritten };
}

/** Has other work after the rewrite of a table said already that it stays shut? */
function isToldBefore(table: string, earlier: readonly Unit[]): boolean {
  const rewrite = earlier.find((unit) => writtenAnew(unit).includes(table));
  return earlier.some(
    (unit) =>
      unit.statement.start > (rewrite?.statement.start ?? 0) &&
      isLong(unit) &&
      unit.kind !== 'AT_ValidateConstraint' &&
      ![...tablesHeld(unit), ...unit.effects.rewrites].includes(table),
  );
}
