import type { AlterTableStmt } from 'libpg-query';
import type { Catalog, Relation } from '../catalog/catalog.ts';

/** Majors of servers that a migration may meet; effects are the worst of them. */
export type Majors = { readonly from: number; readonly to: number };

/** What a command is looked at with. */
export type CommandPlace = {
  readonly catalog: Catalog;
  readonly majors: Majors;
  readonly stmt: AlterTableStmt;
  readonly relation: Relation | undefined;
  /** The table and its partitions, by `schema.name`. */
  readonly tables: readonly string[];
};
