import type * as z from 'zod';
import type { rangeSchema } from '../action.ts';
import type { Session } from '../session.ts';

/** A table and the key by which it is walked; an empty key means blocks of ctid. */
export type Over = Readonly<z.infer<typeof rangeSchema>>;

/** A place in a table: the key's values as the server prints them, or the number of a block. Survives JSON. */
export type Place = readonly string[];

/** Rows after one place (from the first row where there is none) up to and with another. */
export type Range = { readonly after: Place | undefined; readonly to: Place };

/** A statement with what its `$range` became. */
export type Bound = { readonly text: string; readonly parameters: readonly string[] };

/** What a part of a table looks like from samples of it. `borders` are places that cut it into parts of equal size. */
export type Parts = { readonly borders: readonly Place[]; readonly rows: number };

/** A way through a table, from place to place, that ends. */
export interface Walk {
  /** The last place there is now, or undefined for an empty table. */
  last(session: Session): Promise<Place | undefined>;
  /** A place about `rows` rows into the range, and how many rows that is, where it is known. */
  next(
    session: Session,
    range: Range,
    rows: number,
  ): Promise<{ readonly to: Place; readonly rows: number | undefined }>;
  /** Cuts a range, by samples that the server takes; no borders where the range is too small to tell. */
  parts(session: Session, range: Range, count: number): Promise<Parts>;
  /** Puts the predicate for a range in the place of `$range` in a statement in which the table goes by alias `t`. */
  bind(statement: string, range: Range): Bound;
  /** A range in words, e.g. `id after 41 up to 77`. */
  describe(range: Range): string;
}
