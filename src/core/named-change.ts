import type { NestedEdit } from './nested-edit.ts';

type Table = { readonly schema: string; readonly name: string };

/** A change after which a name of the database means something else, or nothing: what texts outside of it may use. */
export type NamedChange =
  | { readonly kind: 'rename-column'; readonly table: Table; readonly column: string; readonly to: string }
  | { readonly kind: 'drop-column'; readonly table: Table; readonly column: string }
  | { readonly kind: 'change-type'; readonly table: Table; readonly column: string }
  | { readonly kind: 'rename-table'; readonly table: Table; readonly to: string }
  | { readonly kind: 'drop-table'; readonly table: Table };

/** A place of a text that uses what changes, in UTF-16 units. */
export type NamePlace = {
  readonly start: number;
  readonly end: number;
  /** Index into the changes that were asked about. */
  readonly change: number;
  /** `all`: the whole row, in which the column is one of many. `conflict`: what an upsert is about. */
  readonly role: 'read' | 'output' | 'write' | 'conflict' | 'table' | 'all' | 'definition';
  /** Why it is not certain; undefined where it is. */
  readonly doubt: string | undefined;
  /** For a version that runs while both names are there: writes both where that can be written, reads the new. */
  readonly first: readonly NestedEdit[];
  /** For the version that knows the new name alone. */
  readonly final: readonly NestedEdit[];
  /** Of a certain one with a new name: why no edit is proposed. */
  readonly unedited?: string;
};

/** What a text in SQL uses of the changes; `message` and `index` where it is none. */
export type NamePlaces =
  | {
      readonly places: readonly NamePlace[];
      /** Changes whose column comes back in the result under its own name, by a `*`. */
      readonly passedOn: readonly number[];
    }
  | { readonly message: string; readonly index: number };

/** Reads a text in SQL. `unrepeatable` are numbers of parameters that may stand in it once only. */
export type ReadNames = (text: string, unrepeatable: ReadonlySet<number>) => Promise<NamePlaces>;
