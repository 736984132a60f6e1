import { type Failure, fail } from '#core/error';
import { type Column, columnNamed, plainName, type QualifiedName, type Table, tableNamed } from '../schema.ts';
import type { Target } from '../target.ts';
import { didYouMean } from './names.ts';

/**
 * The table that a statement names, as it stands at that point. Throws `unknown-object` with the nearest names, or
 * `not-built` for a view and for kinds of tables whose strategy is not built.
 */
export function tableOf({ snapshot }: Target, name: QualifiedName): Table {
  const table = tableNamed(snapshot, name);
  if (table === undefined) throw noTable(snapshot, name);
  const kind = refusedKind(table, snapshot.tables);
  if (kind === undefined) return table;
  throw fail('not-built', {
    what: `${plainName(name)} is ${kind}.`,
    why: 'Changes of such tables are not built yet.',
    next: 'Make this change by hand, or take it out of the intent.',
  });
}

function noTable(snapshot: Target['snapshot'], name: QualifiedName): Failure {
  const view = snapshot.views.find((other) => plainName(other) === plainName(name));
  if (view !== undefined) {
    return fail('not-built', {
      what: `${plainName(name)} is a ${view.kind === 'view' ? 'view' : 'materialized view'}.`,
      why: 'Changes of views are not built yet.',
      next: 'Replace the view by hand: it holds no data of its own.',
    });
  }
  const elsewhere = snapshot.tables.filter((table) => table.name === name.name).map(plainName);
  const known = elsewhere.length > 0 ? elsewhere : snapshot.tables.map(plainName);
  return fail('unknown-object', {
    what: `There is no table ${plainName(name)}.`,
    why: `The database ${snapshot.server.database} does not hold it at this point of the intent.`,
    next: didYouMean(plainName(name), known),
  });
}

function refusedKind(table: Table, tables: readonly Table[]): string | undefined {
  if (table.kind === 'partitioned') return 'a partitioned table';
  if (table.kind === 'partition') return 'a partition';
  if (table.kind === 'foreign') return 'a foreign table';
  if (table.persistence === 'temporary') return 'a temporary table';
  if (table.inherits.length > 0) return 'a table that inherits from another';
  const isParent = tables.some(({ inherits }) => inherits.some((parent) => plainName(parent) === plainName(table)));
  return isParent ? 'a table from which others inherit' : undefined;
}

/** The column that a statement names. Throws `unknown-object` with the nearest names. */
export function columnOf(table: Table, name: string): Column {
  const column = columnNamed(table, name);
  if (column !== undefined) return column;
  throw fail('unknown-object', {
    what: `Table ${plainName(table)} has no column ${name}.`,
    why: 'The table does not hold it at this point of the intent.',
    next: didYouMean(
      name,
      table.columns.map((other) => other.name),
    ),
  });
}

/** Throws `name-taken` when the table has a column of this name. */
export function checkColumnFree(table: Table, name: string): void {
  if (columnNamed(table, name) === undefined) return;
  throw fail('name-taken', {
    what: `Table ${plainName(table)} already has a column ${name}.`,
    why: 'A table cannot hold two columns of one name.',
    next: 'Choose another name, or rename or drop the other column first, in a plan of its own.',
  });
}

/** The table with one column replaced. */
export function withColumn(table: Table, column: Column): Table {
  return { ...table, columns: table.columns.map((other) => (other.id === column.id ? column : other)) };
}
