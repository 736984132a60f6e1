import type { TablePair } from '../diff.ts';
import type { PlanContext } from '../operation.ts';
import type { Table } from '../schema.ts';

type Names = Readonly<Record<string, string>>;

/**
 * What the columns of a statement are called in a view of their table, where that differs; one that this view does not
 * have yet goes by its final name. `columns` says what the names meant: name to lineage id.
 */
export function statedNames(columns: Names, view: Table, { after }: TablePair): Names {
  const names = Object.entries(columns).flatMap(([name, id]) => {
    const column = [view, after].flatMap((table) => table.columns).find((one) => one.id === id);
    return column === undefined || column.name === name ? [] : [[name, column.name]];
  });
  return Object.fromEntries(names);
}

/** The column of the plan's tables that another one of them replaces at contract: what stands on it comes after. */
export function isReplaced(id: string, { changes }: PlanContext): boolean {
  return changes.some((change) => change.kind === 'change-type' && !change.isFree && change.before.id === id);
}

/** True when these columns are there before the plan begins, and stay what they are. */
export function areThereBefore(ids: readonly string[], { before }: TablePair, context: PlanContext): boolean {
  return ids.every((id) => before.columns.some((column) => column.id === id) && !isReplaced(id, context));
}
