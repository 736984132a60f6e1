import type { Edit, NewColumn, NewConstraint, NewIndex } from './edit.ts';
import type { Snapshot, Table } from './schema.ts';

/**
 * SQL over the columns of one table, with what its names meant where it was written: column name to lineage id. So it
 * can be said again in the names of any other moment (`expressionIn`, planning/expression.ts).
 */
export type Expression = { readonly sql: string; readonly columns: Readonly<Record<string, string>> };

/** How values of a column come to be. */
export type Transformation = {
  /** New value from the row: USING, or `up` beside a change of type, or beside an added column. */
  readonly up?: Expression;
  /** Old value from the row, for going back. `none`: the user said that there is no way back. */
  readonly down?: Expression | 'none';
  /** Value for rows that hold NULL when NOT NULL is wanted: `up` beside SET NOT NULL. */
  readonly fill?: Expression;
};

export type DataEdit = Extract<Edit, { readonly kind: 'update-rows' | 'delete-rows' | 'insert-rows' }>;

/** A data statement of the intent with what its names meant. `place` counts the statements of the intent from 0. */
export type DataStatement = {
  readonly edit: DataEdit;
  readonly place: number;
  /** Lineage id of the table that is written. */
  readonly table: string;
  readonly columns: Readonly<Record<string, string>>;
  /** The table that an INSERT … SELECT reads, by lineage id. */
  readonly source: { readonly table: string; readonly columns: Readonly<Record<string, string>> } | undefined;
  /** Columns that it reads or writes, as they are where it stands in the intent. */
  readonly touched: readonly TouchedColumn[];
};

/** A column by lineage id, with what a later statement of the intent may still change of it. */
export type TouchedColumn = {
  readonly id: string;
  readonly type: string;
  readonly isNotNull: boolean;
  readonly isWritten: boolean;
};

export type CreateTableEdit = Extract<Edit, { readonly kind: 'create-table' }>;

/**
 * What an intent makes of a snapshot, statement by statement: the catalog as it shall be, and beside it, by lineage id,
 * how the things that the intent creates were stated. The text of a definition (index, constraint, view, policy) stays
 * as it was read or stated; it does not follow renames.
 */
export type Target = {
  readonly before: Snapshot;
  readonly snapshot: Snapshot;
  readonly transformations: Readonly<Record<string, Transformation>>;
  readonly newIndexes: Readonly<
    Record<string, { readonly index: NewIndex; readonly columns: Readonly<Record<string, string>> }>
  >;
  readonly newConstraints: Readonly<
    Record<string, { readonly constraint: NewConstraint; readonly columns: Readonly<Record<string, string>> }>
  >;
  readonly newColumns: Readonly<Record<string, NewColumn>>;
  readonly newTables: Readonly<Record<string, CreateTableEdit>>;
  readonly data: readonly DataStatement[];
};

/** The target of an intent that says nothing. */
export function startTarget(before: Snapshot): Target {
  return {
    before,
    snapshot: before,
    transformations: {},
    newIndexes: {},
    newConstraints: {},
    newColumns: {},
    newTables: {},
    data: [],
  };
}

/** The target with the table of the same id replaced. */
export function withTable(target: Target, table: Table): Target {
  const tables = target.snapshot.tables.map((other) => (other.id === table.id ? table : other));
  return { ...target, snapshot: { ...target.snapshot, tables } };
}

/** The target with more known of how a column's values come to be. */
export function withTransformation(target: Target, columnId: string, more: Transformation): Target {
  const transformation = { ...target.transformations[columnId], ...more };
  return { ...target, transformations: { ...target.transformations, [columnId]: transformation } };
}

/** What the column names of a table mean at this point. */
export function columnIds(table: Table): Readonly<Record<string, string>> {
  return Object.fromEntries(table.columns.map(({ name, id }) => [name, id]));
}

/** An expression in the names that hold at this point. */
export function expressionOver(table: Table, sql: string): Expression {
  return { sql, columns: columnIds(table) };
}
