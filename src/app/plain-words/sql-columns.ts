import { namesIn } from './slots.ts';
import { sqlColumn, sqlName, sqlTable } from './sql-name.ts';

/** `table(column, column)` or `table.column` as the table and the list of columns, both as SQL. Pure. */
export function sqlColumns(said: string): { readonly table: string; readonly list: string } {
  const [, table, names] = /^(.*?)\s*\(\s*(.*?)\s*\)$/.exec(said) ?? [];
  if (table === undefined || names === undefined) {
    const { table: own, column } = sqlColumn(said);
    return { table: own, list: column };
  }
  return { table: sqlTable(table), list: namesIn(names).map(sqlName).join(', ') };
}
