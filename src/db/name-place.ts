import type { NestedEdit } from '#core/nested-edit';
import type { NamedChange } from './named-change.ts';
import type { QualifiedName } from './schema.ts';

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

/** A place of a text that uses what changes. */
export type NamePlace = {
  readonly start: number;
  readonly end: number;
  /** Index into the changes of the request. */
  readonly change: number;
  /** `all`: the whole row, in which the column is one of many. `conflict`: what an upsert is about. */
  readonly role: 'read' | 'output' | 'write' | 'conflict' | 'table' | 'all' | 'definition';
  /** Why it is not certain; undefined where it is. */
  readonly doubt: string | undefined;
  /** For a version that runs while both names are there: writes both where that can be written, reads the new. */
  readonly first: readonly NestedEdit[];
  /** For the version that knows the new name alone. */
  readonly final: readonly NestedEdit[];
};

/** What a text uses of the changes; `message` and `index` where it is no SQL. */
export type NamePlaces =
  | {
      readonly places: readonly NamePlace[];
      /** Changes whose column comes back in the result under its own name, by a `*`. */
      readonly passedOn: readonly number[];
    }
  | { readonly message: string; readonly index: number };
