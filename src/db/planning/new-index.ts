import type { NewIndex } from '../edit.ts';
import type { Index, Table } from '../schema.ts';

/** An index of an intent as the catalog would hold it. Its definition is in the names of the statement. */
export function indexFrom(table: Table, stated: NewIndex & { readonly name: string }, id: string): Index {
  const idOf = (name: string): readonly string[] =>
    table.columns.flatMap((column) => (column.name === name ? [column.id] : []));
  return {
    id,
    name: stated.name,
    definition: definitionOf(table, stated),
    method: stated.method,
    isUnique: stated.isUnique,
    columns: stated.keys.flatMap(({ column }) => (column === undefined ? [] : idOf(column))),
    include: stated.include.flatMap(idOf),
    dependsOn: stated.columnsRead.flatMap(idOf),
    hasExpressions: stated.keys.some(({ column }) => column === undefined),
    predicate: stated.predicate,
    isValid: true,
    constraint: undefined,
    comment: undefined,
    bytes: 0,
  };
}

/** CREATE INDEX as the server would print it, but for white space: parsed again before it is used. */
function definitionOf(table: Table, stated: NewIndex & { readonly name: string }): string {
  const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
  const parts = [
    `CREATE ${stated.isUnique ? 'UNIQUE ' : ''}INDEX ${quote(stated.name)} ON ${quote(table.schema)}.${quote(table.name)} USING ${stated.method}`,
    `(${stated.keys.map(({ text }) => text).join(', ')})`,
    stated.include.length === 0 ? undefined : `INCLUDE (${stated.include.map(quote).join(', ')})`,
    stated.nullsNotDistinct ? 'NULLS NOT DISTINCT' : undefined,
    stated.with === undefined ? undefined : `WITH (${stated.with})`,
    stated.tablespace === undefined ? undefined : `TABLESPACE ${quote(stated.tablespace)}`,
    stated.predicate === undefined ? undefined : `WHERE ${stated.predicate}`,
  ];
  return parts.filter((part) => part !== undefined).join(' ');
}
