import { fail } from '#core/error';
import type { Change } from '../diff.ts';
import type { PlanContext } from '../operation.ts';
import type { Table } from '../schema.ts';
import type { Expression } from '../target.ts';

/** Where an expression is said: in the names of which view of its table, and under which qualifier. */
export type Place = {
  readonly table: Table;
  readonly qualifier?: string;
  /** Other names for single columns, by lineage id: a shadow, a column put aside. */
  readonly instead?: Readonly<Record<string, string>>;
};

/**
 * An expression of the intent in the names that hold at a place. A column that this view of the table does not have goes
 * by its final name: the intent adds it.
 */
export function expressionIn({ sql, columns }: Expression, place: Place, { after, spelling }: PlanContext): string {
  const renames = Object.entries(columns).flatMap(([name, id]) => {
    const now =
      place.instead?.[id] ?? nameOf(place.table, id) ?? after.tables.map((table) => nameOf(table, id)).find(Boolean);
    return now === undefined || now === name ? [] : [[name, now] as const];
  });
  return spelling.rewriteColumns(sql, Object.fromEntries(renames), place.qualifier);
}

function nameOf(table: Table, id: string): string | undefined {
  return table.columns.find((column) => column.id === id)?.name;
}

/** Ids of the columns that an expression reads. */
export function columnsRead({ sql, columns }: Expression, { spelling }: PlanContext): readonly string[] {
  return spelling.columnsIn(sql).flatMap((name) => columns[name] ?? []);
}

/**
 * Throws `unsafe-change` when an expression reads another column that the same intent renames, retypes or drops: it is
 * carried out in triggers that would outlive the names and types it was written for.
 */
export function refuseReplaced(expression: Expression, ownId: string, context: PlanContext): void {
  const read = columnsRead(expression, context).filter((id) => id !== ownId);
  const other = context.changes.find((change) => read.includes(replacedBy(change) ?? ''));
  if (other === undefined) return;
  throw fail('unsafe-change', {
    what: `The expression ${expression.sql} reads a column that the same intent renames, retypes or drops.`,
    why: 'It is at work in a trigger while both application versions run, and would change its meaning halfway.',
    next: 'Make it two plans, one for each of the columns.',
  });
}

function replacedBy(change: Change): string | undefined {
  if (change.kind === 'rename-column' || change.kind === 'change-type') return change.before.id;
  return change.kind === 'drop-column' ? change.column.id : undefined;
}
