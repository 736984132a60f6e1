import type { Finding } from '#core/finding';

/**
 * How a tool sends a part of a file to the server:
 * - `one`: between BEGIN and COMMIT of the tool, however few statements there are. BEGIN in the text is nested.
 * - `query`: all at once, as one query of several statements. The server makes one transaction of it, until a BEGIN or
 *   COMMIT in the text takes over (PostgreSQL manual, 55.2.2.1 Multiple Statements in a Simple Query).
 * - `where-possible`: as `one`; what cannot stand in a transaction is sent alone, which ends the transaction before it.
 * - `each-statement`: every statement commits by itself, unless the text says BEGIN.
 * - `unknown`: the tool is not known, or lets its user choose in a place that is not in the folder.
 *
 * A part of one statement that is sent as a query is said to be `each-statement`: nothing shares its transaction.
 */
export type TransactionMode = 'one' | 'query' | 'where-possible' | 'each-statement' | 'unknown';

/** A stretch of a file that is run as a whole. What stands between the parts of a file is never run. */
export type MigrationPart = {
  /** Indexes into the text of the file, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly direction: 'up' | 'down';
  readonly transaction: TransactionMode;
};

/** One file of a history. */
export type MigrationFile = {
  /** As it stands in the listing. */
  readonly path: string;
  readonly text: string;
  readonly parts: readonly MigrationPart[];
  /** Run again whenever its text changes, after all the others. */
  readonly isRepeatable?: boolean;
};

/** Files of a folder, by paths with slashes, and their texts where they are texts. */
export type Listing = {
  readonly paths: readonly string[];
  readonly has: (path: string) => boolean;
  /** Undefined where it is not there or is not text. */
  readonly read: (path: string) => string | undefined;
};

/** What a tool would run from a folder. */
export type HistoryReading = {
  /** In the order in which they run forward; a file of the way back stands behind the one whose way back it is. */
  readonly files: readonly MigrationFile[];
  /** Files that the tool knows but does not run, such as its plan or its settings: nobody need wonder about them. */
  readonly others: readonly string[];
  /** What is wrong with the history itself: a script that the plan names and that is missing. */
  readonly findings: readonly Finding[];
};

/** A tool whose folders can be read as a history in order. Its functions are pure. */
export interface History {
  readonly id: string;
  readonly summary: string;
  /** What the claims about order and transactions rest on. */
  readonly why: string;
  /** `run`: one transaction goes around all files that are pending, not around each. */
  readonly transactionSpans: 'file' | 'run';
  /** Folders of the listing in which a history of this tool stands; `.` is the top. */
  find(listing: Listing): readonly string[];
  read(listing: Listing, folder: string): HistoryReading;
}

/** A history that is for another database than PostgreSQL says so with this and is not read. */
export function otherDatabase(file: string, database: string): Finding {
  return {
    rule: 'lint/other-database',
    severity: 'warning',
    message: `This says that the migrations here are for ${database}; they were not read.`,
    cure: 'Only SQL of PostgreSQL is linted.',
    file,
  };
}

/** Something about the history itself, at a file of it. The message names other files without their folders. */
export function historyFinding(
  file: string,
  { message, cure, line }: { readonly message: string; readonly cure: string; readonly line?: number },
): Finding {
  return { rule: 'lint/history', severity: 'warning', message, cure, file, ...(line === undefined ? {} : { line }) };
}
