import type { QualifiedName } from '../schema.ts';

/** A value as the application holds it; text is what it compares. */
export type Value = string | number | boolean | null;

/** What a row means to the application, by the names of its fields; the same for every version. */
export type Fields = Readonly<Record<string, Value>>;

/** One field of the application's records. */
export type Field = {
  readonly name: string;
  /** A new value. `turn` never repeats within a run, so that values of a unique field do not either. */
  make(random: Random, turn: number): Value;
  readonly isUnique?: boolean;
  /** The application sometimes writes NULL on purpose. */
  readonly isNullable?: boolean;
};

/** A source of random numbers from 0 up to 1. */
export type Random = () => number;

/** The table that the application works on, apart from how a version spells it. */
export type WorkloadShape = {
  /** Name of the integer key column, in every version. */
  readonly key: string;
  readonly fields: readonly Field[];
  /** Rows 1..rows are there at the start. */
  readonly rows: number;
  /** What stands in row `key` at the start. */
  initial(key: number): Fields;
};

/** How one version of the application spells a field. */
export type Spelt = {
  readonly column: string;
  /** To what is sent to the server, and from what comes back. Left out: as it is. */
  readonly write?: (value: Value) => Value;
  readonly read?: (value: unknown) => Value;
  /** What the field is when an INSERT leaves the column out: then the version sometimes does. */
  readonly omitted?: Value;
  /** False: this version never writes NULL, although others do. */
  readonly isNullable?: boolean;
  /** Whether a value read is right where this one was acknowledged, if that is not only the same value. */
  readonly accepts?: (acknowledged: Value, read: Value) => boolean;
};

/** One version of the application: old or new. */
export type AppVersion = {
  readonly name: string;
  readonly table: QualifiedName;
  /** Fields that this version knows. */
  readonly fields: Readonly<Record<string, Spelt>>;
  /** What a field it does not know holds after its INSERT. */
  readonly unknown: Fields;
  /** Unique field on which it upserts; the key where left out. */
  readonly upsertsOn?: string;
};

/** How often each kind of operation is chosen, relative to the others. */
export type Mix = Readonly<Record<OperationKind, number>>;

export const operationKinds = [
  'read',
  'read-prepared',
  'update',
  'update-returning',
  'update-null',
  'insert',
  'insert-omitting',
  'upsert',
  'transaction',
  'delete',
  'reinsert',
] as const;
export type OperationKind = (typeof operationKinds)[number];

export const defaultMix: Mix = {
  read: 20,
  'read-prepared': 15,
  update: 20,
  'update-returning': 8,
  'update-null': 3,
  insert: 8,
  'insert-omitting': 5,
  upsert: 8,
  transaction: 6,
  delete: 3,
  reinsert: 4,
};

/** A seedable generator (mulberry32, public domain, by Tommy Ettinger): the same seed gives the same run. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
