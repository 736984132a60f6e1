import { fail } from '#core/error';
import type { EditKind, NewColumn, NewConstraint, NewIndex } from './edit.ts';
import { type Column, type Constraint, type Index, plainName, type Table, tableById } from './schema.ts';
import type { CreateTableEdit, DataEdit, DataStatement, Expression, Target } from './target.ts';

/** Both views of a table that stays: as it is, and as it shall be. */
export type TablePair = { readonly before: Table; readonly after: Table };

type InTable = { readonly table: TablePair };
type BothColumns = InTable & { readonly before: Column; readonly after: Column };
type Names = Readonly<Record<string, string>>;
type DataChange<K extends DataEdit['kind']> = InTable & {
  readonly edit: Extract<DataEdit, { readonly kind: K }>;
} & Pick<DataStatement, 'place' | 'columns'>;

/**
 * One difference between the first and the last snapshot, with the transformations that the intent gave. `before` and
 * `after` of a table that the intent creates are the same. A column that changes its type is one change, with its new
 * name, default and nullability in `after`; only a new NOT NULL is a change of its own beside it.
 */
export type Change =
  | (InTable & {
      readonly kind: 'add-column';
      readonly column: Column;
      readonly stated: NewColumn;
      /** Value for rows that are there. */
      readonly up: Expression | undefined;
    })
  | (InTable & {
      readonly kind: 'drop-column';
      readonly column: Column;
      readonly down: Expression | 'none' | undefined;
    })
  | (BothColumns & { readonly kind: 'rename-column' })
  | (BothColumns & {
      readonly kind: 'change-type';
      readonly up: Expression | undefined;
      readonly down: Expression | 'none' | undefined;
      /** The catalog alone changes; then `after` differs from `before` in nothing but its type. */
      readonly isFree: boolean;
    })
  | (BothColumns & { readonly kind: 'set-not-null'; readonly fill: Expression | undefined })
  | (BothColumns & { readonly kind: 'drop-not-null'; readonly down: Expression | undefined })
  | (BothColumns & { readonly kind: 'set-default' })
  | (BothColumns & { readonly kind: 'drop-default' })
  | (InTable & {
      readonly kind: 'create-index';
      readonly index: Index;
      readonly stated: NewIndex;
      readonly columns: Names;
    })
  | (InTable & { readonly kind: 'drop-index'; readonly index: Index })
  | (InTable & {
      readonly kind: 'add-constraint';
      readonly constraint: Constraint;
      readonly stated: NewConstraint;
      /** What column names in the stated definition mean: name to lineage id. */
      readonly columns: Names;
    })
  | (InTable & { readonly kind: 'drop-constraint'; readonly constraint: Constraint })
  | (InTable & { readonly kind: 'rename-table' })
  /** With all columns, constraints and indexes that later statements of the intent gave it. */
  | { readonly kind: 'create-table'; readonly table: Table; readonly stated: CreateTableEdit }
  | { readonly kind: 'drop-table'; readonly table: Table }
  | ({ readonly kind: 'update-rows' } & DataChange<'update-rows'>)
  | ({ readonly kind: 'delete-rows' } & DataChange<'delete-rows'>)
  | ({ readonly kind: 'insert-rows' } & DataChange<'insert-rows'> & {
        readonly source: { readonly table: TablePair; readonly columns: Names };
      });

/** The change that an operation of this kind plans. */
export type ChangeOf<K extends EditKind> = Extract<Change, { readonly kind: K }>;

/**
 * The difference of two snapshots by lineage id, so that a rename is never a drop and an add, and statements that undo
 * each other leave nothing. Throws `unsafe-change` when a name is freed and taken again within one intent.
 */
export function diff(target: Target, isFree: IsFree): readonly Change[] {
  refuseTakenNames(target);
  const changes: Change[] = [];
  for (const table of target.snapshot.tables) {
    const before = tableById(target.before, table.id);
    const stated = target.newTables[table.id];
    if (before !== undefined) changes.push(...tableChanges({ before, after: table }, target, isFree));
    else if (stated !== undefined) changes.push({ kind: 'create-table', table, stated });
  }
  for (const table of target.before.tables) {
    if (tableById(target.snapshot, table.id) === undefined) changes.push({ kind: 'drop-table', table });
  }
  return [...changes, ...dataChanges(target)];
}

function tableChanges(table: TablePair, target: Target, isFree: IsFree): readonly Change[] {
  const { before, after } = table;
  const changes: Change[] = [];
  if (before.name !== after.name) changes.push({ kind: 'rename-table', table });
  for (const column of after.columns) {
    const old = before.columns.find(({ id }) => id === column.id);
    const stated = target.newColumns[column.id];
    const { up, fill } = target.transformations[column.id] ?? {};
    if (old !== undefined) changes.push(...columnChanges({ table, before: old, after: column }, target, isFree));
    else if (stated !== undefined) changes.push({ kind: 'add-column', table, column, stated, up: up ?? fill });
  }
  for (const column of gone(before.columns, after.columns)) {
    changes.push({ kind: 'drop-column', table, column, down: target.transformations[column.id]?.down });
  }
  return [...changes, ...indexChanges(table, target), ...constraintChanges(table, target)];
}

function columnChanges(pair: BothColumns, target: Target, isFree: IsFree): readonly Change[] {
  const { table, before, after } = pair;
  const { up, down, fill } = target.transformations[after.id] ?? {};
  const { type, collation } = after;
  const isRetyped = before.type !== type || before.collation !== collation || up !== undefined;
  const lesser = lesserChanges(pair, down === 'none' ? undefined : down);
  const tighter: readonly Change[] =
    !before.isNotNull && after.isNotNull ? [{ kind: 'set-not-null', ...pair, fill }] : [];
  if (!isRetyped) return [...lesser, ...tighter];
  const loosened = lesser.filter(({ kind }) => kind === 'drop-not-null');
  const isNotNull = before.isNotNull && after.isNotNull;
  if (!isFree(before, after, table.before, up)) {
    const retype = {
      kind: 'change-type' as const,
      table,
      before: { ...before, isNotNull },
      after,
      up,
      down,
      isFree: false,
    };
    return [...loosened, retype, ...tighter];
  }
  const widened = { ...before, type, collation };
  const free = { kind: 'change-type' as const, table, before, after: widened, up, down, isFree: true };
  return [free, ...lesserChanges({ ...pair, before: widened }, undefined), ...tighter];
}

/** Says whether the server changes a column's type in the catalog alone, with all that stands on the column. */
export type IsFree = (before: Column, after: Column, table: Table, up: Expression | undefined) => boolean;

/** Changes of a column that keeps its type. */
function lesserChanges(pair: BothColumns, down: Expression | undefined): readonly Change[] {
  const { before, after } = pair;
  const changes: Change[] = [];
  if (before.name !== after.name) changes.push({ kind: 'rename-column', ...pair });
  if (before.isNotNull && !after.isNotNull) changes.push({ kind: 'drop-not-null', ...pair, down });
  if (before.defaultExpression !== after.defaultExpression) {
    changes.push({ kind: after.defaultExpression === undefined ? 'drop-default' : 'set-default', ...pair });
  }
  return changes;
}

function indexChanges(table: TablePair, target: Target): readonly Change[] {
  const changes: Change[] = [];
  for (const index of gone(table.after.indexes, table.before.indexes)) {
    const stated = target.newIndexes[index.id];
    if (stated !== undefined) {
      changes.push({ kind: 'create-index', table, index, stated: stated.index, columns: stated.columns });
    }
  }
  for (const index of gone(table.before.indexes, table.after.indexes)) {
    const goesAlone = index.constraint === undefined && isStillWhole(index.dependsOn, table);
    if (goesAlone) changes.push({ kind: 'drop-index', table, index });
  }
  return changes;
}

function constraintChanges(table: TablePair, target: Target): readonly Change[] {
  const changes: Change[] = [];
  for (const constraint of gone(table.after.constraints, table.before.constraints)) {
    const stated = target.newConstraints[constraint.id];
    if (stated !== undefined) {
      changes.push({ kind: 'add-constraint', table, constraint, stated: stated.constraint, columns: stated.columns });
    }
  }
  for (const constraint of gone(table.before.constraints, table.after.constraints)) {
    if (isStillWhole(constraint.columns, table)) changes.push({ kind: 'drop-constraint', table, constraint });
  }
  return changes;
}

function dataChanges(target: Target): readonly Change[] {
  return target.data.flatMap(({ edit, place, table: id, columns, source }): readonly Change[] => {
    const table = pairOf(target, id);
    if (table === undefined) return [];
    const common = { table, place, columns };
    if (edit.kind === 'update-rows') return [{ ...common, kind: 'update-rows', edit }];
    if (edit.kind === 'delete-rows') return [{ ...common, kind: 'delete-rows', edit }];
    const from = source === undefined ? undefined : pairOf(target, source.table);
    if (source === undefined || from === undefined) return [];
    return [{ ...common, kind: 'insert-rows', edit, source: { table: from, columns: source.columns } }];
  });
}

/** A table of the target as it was and as it shall be; twice the same for one that the intent creates. */
export function pairOf(target: Target, id: string): TablePair | undefined {
  const after = tableById(target.snapshot, id) ?? tableById(target.before, id);
  return after === undefined ? undefined : { before: tableById(target.before, id) ?? after, after };
}

function gone<T extends { readonly id: string }>(from: readonly T[], to: readonly T[]): readonly T[] {
  return from.filter(({ id }) => !to.some((other) => other.id === id));
}

/** What goes with a dropped column is part of that change. */
function isStillWhole(columns: readonly string[], { after }: TablePair): boolean {
  return columns.every((id) => after.columns.some((column) => column.id === id));
}

function refuseTakenNames({ before, snapshot }: Target): void {
  for (const table of snapshot.tables) {
    const other = before.tables.find((old) => old.id !== table.id && plainName(old) === plainName(table));
    if (other !== undefined) throw nameFreedAndTaken(`table ${plainName(table)}`);
    const old = tableById(before, table.id);
    for (const column of old === undefined ? [] : table.columns) {
      const holder = old?.columns.find(({ id, name }) => id !== column.id && name === column.name);
      if (holder !== undefined) throw nameFreedAndTaken(`column ${plainName(table)}.${column.name}`);
    }
  }
}

function nameFreedAndTaken(what: string) {
  return fail('unsafe-change', {
    what: `The intent frees the name of ${what} and gives it to something else.`,
    why: 'While both application versions run, they would read different things under one name.',
    next: 'Make it two plans: the first frees the name, the second takes it once no application uses the old meaning.',
  });
}
