import type { Column, Constraint, Index, Sequence, Table } from '../../schema.ts';
import type { Fit, Sync } from '../../spelling.ts';

/** How a value comes out of a row: from an expression over a qualifier, in which the column has this name. */
export type Converter = (qualifier: string, name: string) => string;

/**
 * Which values the old type takes. The application may write others once the new column stands in its place: they are
 * written, the old column holds NULL beside them, and a rollback does not begin before they are mended.
 */
export type Fitting = {
  readonly fit: Fit;
  /** The column that takes more values, by the name in `fit`. */
  readonly wide: Column;
  readonly narrow: Column;
  /** Whether the value of a row that has the wider column under this name fits; raises where it does not convert at all. */
  readonly holds: Converter;
};

/** An index of the column with its two other names: of its copy on the new column, and its own once it is put aside. */
export type IndexPair = { readonly index: Index; readonly copy: string; readonly aside: string };

/** The same for a unique or check constraint; a unique one is backed by the index of its name. */
export type ConstraintPair = { readonly constraint: Constraint; readonly copy: string; readonly aside: string };

/**
 * One column replaced by another of a different type, step by step: the new one grows beside it, they change places in
 * one transaction, and the old one is dropped. The actions for each stretch are made in grow.ts, swap.ts and shed.ts;
 * forward and back are told apart only by what stands in here.
 */
export type Retype = {
  /** What is there, under the name that it has until the swap. */
  readonly from: Column;
  /** What shall be there, under its final name. */
  readonly to: Column;
  /** Name of the new column until the swap; the final one where both names are to work at once. */
  readonly shadow: string;
  /** Name of the old column after the swap. */
  readonly aside: string;
  /** Keeps the new column in step with the old, until the swap. */
  readonly forward: Sync;
  /** Keeps the old column in step with the new, after the swap; none where there is no way back. */
  readonly backward: Sync | undefined;
  /** Which values have an older form; none where all have, or where there is no way back. */
  readonly fitting: Fitting | undefined;
  /** Which way leads to the older type: that of the shadow, or that after the swap. */
  readonly back: 'up' | 'down';
  /** The new value from a row in which the old column has this name; over alias `t`. */
  up(oldName: string): string;
  /** The old value from a row in which the new column has this name; over alias `t`. */
  down(newName: string): string | undefined;
  /** The default that the new column has while it is a shadow. */
  readonly shadowDefault: string | undefined;
  readonly runningDefault: string | undefined;
  readonly isNotNull: boolean;
  readonly guard: string;
  /** Sequence of a serial, which moves to the new column. */
  readonly sequence: Sequence | undefined;
  /** Sequence of an identity, whose place one of the new column takes; its name while both are there. */
  readonly identity: { readonly sequence: Sequence; readonly aside: string } | undefined;
  readonly indexes: readonly IndexPair[];
  readonly uniques: readonly ConstraintPair[];
  readonly checks: readonly ConstraintPair[];
  readonly primaryKey: ConstraintPair | undefined;
  /** The table with the names of other columns that hold while the new column grows. */
  readonly growing: Table;
  /** Other columns: name in definitions as read → name then, where they differ. */
  readonly columnsGrowing: Readonly<Record<string, string>>;
  readonly columnsSwapped: Readonly<Record<string, string>>;
  readonly columnsFinal: Readonly<Record<string, string>>;
  /** The same right after the swap. */
  readonly swapped: Table;
  /** The same at the end, when all swaps of the plan are done. */
  readonly final: Table;
};

/** The unique indexes that back constraints, as pairs of indexes: their copies are built like any other's. */
export function backingIndexes(retype: Retype, table: Table): readonly IndexPair[] {
  const pairs = [...retype.uniques, ...(retype.primaryKey === undefined ? [] : [retype.primaryKey])];
  return pairs.flatMap(({ constraint, copy, aside }) => {
    const index = table.indexes.find(({ name }) => name === constraint.index);
    return index === undefined ? [] : [{ index, copy, aside }];
  });
}
