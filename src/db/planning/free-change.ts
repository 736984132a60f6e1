import type { Column, Table } from '../schema.ts';
import type { Spelling } from '../spelling.ts';
import type { Expression } from '../target.ts';

/**
 * True when the type changes in the catalog alone, with all that stands on the column. The server keeps an index only
 * where neither its expressions nor its predicate mention the column, and it checks CHECK and foreign key constraints
 * anew under its lock (measured: free-change.test.ts).
 */
export function isFreeChange(
  {
    from,
    to,
    table,
    up,
  }: { readonly from: Column; readonly to: Column; readonly table: Table; readonly up: Expression | undefined },
  spelling: Pick<Spelling, 'isFreeTypeChange' | 'isPlainCast'>,
): boolean {
  const name = Object.entries(up?.columns ?? {}).find(([, id]) => id === from.id)?.[0] ?? '';
  if (up !== undefined && !spelling.isPlainCast(up.sql, name, to.type)) return false;
  if (from.identity !== undefined || from.generated !== undefined || !spelling.isFreeTypeChange(from, to)) return false;
  const constraints = table.constraints.filter(({ columns }) => columns.includes(from.id));
  if (constraints.some(({ kind }) => kind === 'check' || kind === 'exclusion' || kind === 'foreign-key')) return false;
  return table.indexes
    .filter(({ dependsOn }) => dependsOn.includes(from.id))
    .every((index) => !index.hasExpressions && index.predicate === undefined && index.method === 'btree');
}
