/** What a running server says of itself, read once before a migration is judged. */
export type LiveFacts = {
  /** Sizes and traffic by `schema.name`. */
  readonly tables: ReadonlyMap<
    string,
    {
      readonly rows: number;
      /** With indexes and TOAST. */
      readonly bytes: number;
      readonly indexBytes: number;
      /** Reads and writes a second, averaged since the statistics began. */
      readonly readsPerSecond: number;
      readonly writesPerSecond: number;
      /** Sessions that hold a lock on it now. */
      readonly sessions: number;
    }
  >;
  /** Indexes that are not valid, by `schema.name`, with their table. */
  readonly invalidIndexes: ReadonlyMap<string, string>;
  /** Age of the oldest open transactions in seconds, with what they last did. */
  readonly longTransactions: readonly {
    readonly pid: number;
    readonly seconds: number;
    readonly tables: readonly string[];
  }[];
  /** Bytes that replicas are behind, or slots hold back. */
  readonly replicationLagBytes: number | undefined;
  /** Free bytes where the data is; undefined where the server cannot say. */
  readonly freeDiskBytes: number | undefined;
  /** Integer sequences and how much of them is used, 0 to 1, by `schema.table.column`. */
  readonly capacity: ReadonlyMap<string, number>;
  /** Age of the oldest transaction id of the database, 0 to 1 of what is possible. */
  readonly xidUsed: number;
  /** e.g. 140002 */
  readonly version: number;
};
