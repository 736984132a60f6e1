import { fullName } from '../../lint/catalog/catalog.ts';
import type { LintContext } from '../../lint/context.ts';
import { writtenTable } from '../../lint/effects/row-effects.ts';
import { isLong } from '../../lint/questions/held-locks.ts';
import { unboundWrites } from '../../lint/questions/unbound-writes.ts';
import type { Unit } from '../../lint/unit.ts';
import type { Hit, Rule } from '../../rule.ts';

/** A column of integers is moved to bigint in phases that take weeks; what is left is as much as half of what was used. */
const numbersUsedMax = 0.7;

/** Autovacuum begins to freeze at a tenth (autovacuum_freeze_max_age); at half it is far behind. */
const xidUsedMax = 0.5;

const filling = { capacity: new Map([['public.items.id', 0.83] as const, ['public.orders.id', 0.2] as const]) };

export const xidOrIntCapacity: Rule = {
  id: 'live/xid-or-int-capacity',
  severity: 'warning',
  summary: 'Numbers run out: those of a column that a migration touches, or the transaction ids of the database',
  why: 'An INSERT fails once the sequence passes what its column can hold (22003), and the server refuses all writes once its transaction ids are used up. Both take long to put right.',
  instead:
    'Move the column to bigint while there is time: `godwit plan --from FILE` makes the plan. For transaction ids, end old transactions and VACUUM FREEZE the oldest tables before any long migration.',
  aliases: { MigrationPilot: ['MP068'], spirit: ['auto_inc_capacity'] },
  needs: 'live',
  claims: [],
  bad: [
    { sql: 'ALTER TABLE items ADD COLUMN note text;', live: filling },
    { sql: 'ALTER TABLE items ADD COLUMN note text;\nALTER TABLE items ADD COLUMN code text;', live: filling },
    {
      sql: 'INSERT INTO items (id, order_id, quantity, price) SELECT id + 1000000, order_id, quantity, price FROM items;',
      live: filling,
    },
    { sql: 'UPDATE users SET code = name;', live: { xidUsed: 0.62 } },
  ],
  good: [
    { sql: 'ALTER TABLE orders ADD COLUMN code text;', live: filling },
    { sql: 'ALTER TABLE items ALTER COLUMN id TYPE bigint;', live: filling },
    { sql: 'ALTER TABLE users ADD COLUMN nickname text;', live: { xidUsed: 0.62 } },
    { sql: 'UPDATE users SET code = name;', live: { xidUsed: 0.1 } },
    { sql: 'ALTER TABLE items ADD COLUMN note text;' },
  ],
  on: [],
  check: () => [],
  checkFile(units, context) {
    const { live } = context;
    if (live === undefined) return [];
    return [...columnHits(units, context), ...transactionHits(units, live.xidUsed, context)];
  },
};

/** One for each column, at the first statement that is about its table. */
function columnHits(units: readonly Unit[], context: LintContext): readonly (Hit & { readonly unit: Unit })[] {
  return [...(context.live?.capacity ?? [])].flatMap(([name, used]) => {
    if (used < numbersUsedMax) return [];
    const [table, column] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.') + 1)];
    const about = units.filter((unit) => tableOf(unit, context) === table);
    const isMended = about.some(
      ({ kind, command }) => kind === 'AT_AlterColumnType' && command?.name?.toLowerCase() === column,
    );
    const [first] = about;
    if (first === undefined || isMended) return [];
    const message = `${name.replace(/^public\./, '')} has used ${percent(used)} of the numbers that its type can hold.`;
    return [{ unit: first, message, tables: [table] }];
  });
}

function transactionHits(
  units: readonly Unit[],
  used: number,
  context: LintContext,
): readonly (Hit & { readonly unit: Unit })[] {
  const isHeavy = (unit: Unit) => isLong(unit) || unboundWrites(unit, context).length > 0;
  const first = used < xidUsedMax ? undefined : units.find(isHeavy);
  if (first === undefined) return [];
  const message = `The oldest transaction id is ${percent(used)} of the way to where the server stops, and this keeps VACUUM from its work for as long as it runs.`;
  return [{ unit: first, message }];
}

function tableOf({ node }: Unit, { catalog }: LintContext): string | undefined {
  if ('AlterTableStmt' in node) return fullName(catalog, node.AlterTableStmt.relation);
  if ('IndexStmt' in node) return fullName(catalog, node.IndexStmt.relation);
  const isGrowing = 'InsertStmt' in node || 'CopyStmt' in node || 'MergeStmt' in node;
  const written = isGrowing ? writtenTable(node) : undefined;
  return written === undefined ? undefined : fullName(catalog, written);
}

function percent(part: number): string {
  return `${Math.floor(part * 100)} %`;
}
