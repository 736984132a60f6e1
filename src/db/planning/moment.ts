import { fail } from '#core/error';
import type { Change, TablePair } from '../diff.ts';
import type { PlanContext } from '../operation.ts';
import { plainName, type Table } from '../schema.ts';
import { linkedChanges } from './linked-changes.ts';
import { ordinalOf } from './names.ts';

type SwapChange = Extract<Change, { readonly kind: 'rename-column' | 'change-type' }>;

/**
 * The table right after the swap of this change in `contract`, or right before it is taken back: it has its final name;
 * columns swapped up to this change have their final names too, those that are swapped later the names from before.
 */
export function tableAt(change: SwapChange, context: PlanContext): Table {
  return otherTableAt(change.table, change, context);
}

/** The same for any table of the plan. */
export function otherTableAt(table: TablePair, change: SwapChange, context: PlanContext): Table {
  const { before, after } = table;
  const done = swapsOf(table, context).filter((other) => swapPlace(other, context) <= swapPlace(change, context));
  const columns = before.columns.map((column) => {
    const swap = done.find((other) => other.before.id === column.id);
    return swap === undefined ? column : { ...column, name: swap.after.name };
  });
  return { ...before, schema: after.schema, name: after.name, columns };
}

/** Column names of the table as it was read → at another moment, where they differ. */
export function namesAt({ columns }: Table, before: Table): Readonly<Record<string, string>> {
  const pairs = before.columns.flatMap(({ id, name }) => {
    const later = columns.find((column) => column.id === id);
    return later === undefined || later.name === name ? [] : [[name, later.name]];
  });
  return Object.fromEntries(pairs);
}

/**
 * Throws `not-built` when the same plan replaces another column of a unique index, or gives a new type to another column
 * of any index or check: each of them would need copies over every mixture of old and new columns.
 */
export function refuseSharedIndex(change: SwapChange, context: PlanContext): void {
  const { table, before } = change;
  const others = swapsOf(table, context).filter((other) => other.before.id !== before.id);
  const retyped = change.kind === 'change-type' ? others.filter(({ kind }) => kind === 'change-type') : [];
  const checks = table.before.constraints.filter(({ kind }) => kind === 'check');
  const shared = [
    ...table.before.indexes.map(({ name, isUnique, dependsOn }) => ({
      name,
      columns: dependsOn,
      rivals: isUnique ? others : retyped,
    })),
    ...checks.map(({ name, columns }) => ({ name, columns, rivals: retyped })),
  ];
  for (const { name, columns, rivals } of shared.filter((one) => one.columns.includes(before.id))) {
    const other = rivals.find((rival) => columns.includes(rival.before.id));
    if (other === undefined) continue;
    throw fail('not-built', {
      what: `${name} of ${plainName(table.before)} covers ${before.name} and ${other.before.name}, and the intent replaces both.`,
      why: 'An index or check over two columns that are replaced at once is not built yet.',
      next: 'Make it two plans, one for each column.',
    });
  }
}

/** When the columns of a change take their places. Those that foreign keys tie together do so with the first of them. */
function swapPlace(change: SwapChange, context: PlanContext): number {
  const [first] = change.kind === 'change-type' && !change.isFree ? linkedChanges(change, context).members : [];
  return ordinalOf(first ?? change, context);
}

function swapsOf(table: TablePair, { changes }: PlanContext): readonly SwapChange[] {
  return changes.filter(
    (other): other is SwapChange =>
      (other.kind === 'rename-column' || other.kind === 'change-type') && other.table.before.id === table.before.id,
  );
}
