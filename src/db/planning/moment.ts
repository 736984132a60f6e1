import { fail } from '#core/error';
import type { Change, TablePair } from '../diff.ts';
import type { PlanContext } from '../operation.ts';
import { type Column, type Index, plainName, type Table } from '../schema.ts';
import { ordinalOf } from './names.ts';

type SwapChange = Extract<Change, { readonly kind: 'rename-column' | 'change-type' }>;

/**
 * The table right after the swap of this change in `contract`, or right before it is taken back: it has its final name;
 * columns swapped up to this change have their final names too, those that are swapped later the names from before.
 */
export function tableAt(change: SwapChange, context: PlanContext): Table {
  const { before, after } = change.table;
  const done = swapsOf(change.table, context).filter(
    (other) => ordinalOf(other, context) <= ordinalOf(change, context),
  );
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

/** Throws `not-built` when another column of a unique index is swapped by the same plan. */
export function refuseSharedIndex(change: SwapChange, context: PlanContext): void {
  const others = swapsOf(change.table, context).filter((other) => other.before.id !== change.before.id);
  for (const index of change.table.before.indexes.filter((one) => one.isUnique && covers(one, change.before))) {
    const other = others.find(({ before }) => covers(index, before));
    if (other === undefined) continue;
    throw fail('not-built', {
      what: `The unique index ${index.name} of ${plainName(change.table.before)} covers ${change.before.name} and ${other.before.name}, and the intent replaces both.`,
      why: 'Uniqueness over two columns that are written under two names at once is not built yet.',
      next: 'Make it two plans, one for each column.',
    });
  }
}

function covers(index: Index, column: Column): boolean {
  return index.dependsOn.includes(column.id);
}

function swapsOf(table: TablePair, { changes }: PlanContext): readonly SwapChange[] {
  return changes.filter(
    (other): other is SwapChange =>
      (other.kind === 'rename-column' || other.kind === 'change-type') && other.table.before.id === table.before.id,
  );
}
