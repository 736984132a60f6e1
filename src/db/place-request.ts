import type { NamedChange } from '#core/named-change';
import type { QualifiedName, Snapshot } from './schema.ts';

/** What reading a text in SQL may know of the database. */
export type PlaceRequest = {
  readonly changes: readonly NamedChange[];
  readonly catalog: readonly CatalogRelation[];
  readonly searchPath: readonly string[];
  /** Numbers of parameters that may stand in the text once only, as what takes their place counts or does something. */
  readonly unrepeatable: ReadonlySet<number>;
};

/** A table or view with its columns; undefined where they are not known. */
export type CatalogRelation = QualifiedName & {
  readonly columns: readonly string[] | undefined;
  /** Of a partition or a child: what it is made after. */
  readonly after: readonly QualifiedName[];
};

/** The relations of a snapshot, as texts name them. */
export function catalogOf({ tables, views }: Pick<Snapshot, 'tables' | 'views'>): readonly CatalogRelation[] {
  return [
    ...tables.map(({ schema, name, columns, partitionOf, inherits }) => ({
      schema,
      name,
      columns: columns.map((column) => column.name),
      after: [...(partitionOf === undefined ? [] : [partitionOf]), ...inherits],
    })),
    ...views.map(({ schema, name }) => ({ schema, name, columns: undefined, after: [] })),
  ];
}
