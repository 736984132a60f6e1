import type { Column, Grant, QualifiedName } from './schema.ts';

/** How a driver writes names and rewrites SQL that a user or the server wrote. Pure; names are always quoted. */
export interface NameSpelling {
  /** Longest name in bytes that the server keeps whole. */
  readonly nameBytesMax: number;
  name(name: string): string;
  relation(name: QualifiedName): string;
  literal(text: string): string;
  /**
   * An expression over the columns of one table with columns renamed (from → to), and all columns under the qualifier
   * where one is given (`new`, `t`). Call it only after `readIntent`, which loads the parser.
   */
  rewriteColumns(expression: string, renames: Readonly<Record<string, string>>, qualifier?: string): string;
  /** True for `column::type` and CAST (column AS type), however they are written. */
  isPlainCast(expression: string, column: string, type: string): boolean;
  /** True when a function's code may name a column or table; rather yes than no. */
  mentionsColumn(definition: string, table: QualifiedName, column: string): boolean;
  mentionsTable(definition: string, table: QualifiedName): boolean;
  /** Names of the columns that an expression mentions, each once. */
  columnsIn(expression: string): readonly string[];
  /** Two expressions of a type that are the same value, byte for byte, NULL being the same as NULL. */
  isSame(left: string, right: string): string;
  isDifferent(left: string, right: string): string;
  /** An expression of this type in a form that `IS DISTINCT FROM` compares: as it is, or as text for json, xml, point … */
  comparable(expression: string, type: string): string;
}

/** What ADD COLUMN says; an attribute that is left out is not there. */
export type ColumnText = Pick<Column, 'name' | 'type'> & {
  readonly collation?: string | undefined;
  readonly isNotNull?: boolean;
  readonly defaultExpression?: string | undefined;
  readonly identity?: Column['identity'];
  readonly generated?: Column['generated'];
  /** Sequence options for an identity, e.g. its name. */
  readonly sequence?: QualifiedName | undefined;
};

/** Statements on columns of a table, without `;`. What is dropped may be gone already. */
export interface ColumnSpelling {
  addColumn(table: QualifiedName, column: ColumnText): string;
  dropColumn(table: QualifiedName, column: string): string;
  renameColumn(table: QualifiedName, column: string, to: string): string;
  setDefault(table: QualifiedName, column: string, expression: string): string;
  dropDefault(table: QualifiedName, column: string): string;
  addIdentity(
    table: QualifiedName,
    column: string,
    kind: 'always' | 'by default',
    sequence?: { readonly name: QualifiedName; readonly options: string },
  ): string;
  dropIdentity(table: QualifiedName, column: string): string;
  setNotNull(table: QualifiedName, column: string): string;
  dropNotNull(table: QualifiedName, column: string): string;
  /** Only for changes that cost neither rewrite nor scan; see `isFreeTypeChange`. */
  setType(table: QualifiedName, column: string, to: Pick<Column, 'type' | 'collation'>): string;
  /** True when the server changes this type in the catalog alone, whatever indexes there are. */
  isFreeTypeChange(from: Pick<Column, 'type' | 'collation'>, to: Pick<Column, 'type' | 'collation'>): boolean;
  /** Comment, grants, statistics target, storage and compression of a column, put on a column of that name. */
  decorations(table: QualifiedName, column: Column, name: string): readonly string[];
  /** Takes away what `decorations` put there. */
  undecorate(
    table: QualifiedName,
    column: Column,
    options: { readonly name: string; readonly keepsGrants: boolean },
  ): readonly string[];
  grants(table: QualifiedName, column: string, grants: readonly Grant[]): readonly string[];
}

/** Statements on constraints and indexes. */
export interface IndexSpelling {
  addNotNullCheck(table: QualifiedName, constraint: string, column: string): string;
  validateConstraint(table: QualifiedName, constraint: string): string;
  dropConstraint(table: QualifiedName, constraint: string): string;
  /** `definition` is what stands after ADD CONSTRAINT name. */
  addConstraint(
    table: QualifiedName,
    constraint: string,
    definition: string,
    options?: { readonly notValid: boolean },
  ): string;
  /** Makes a unique index that is there a constraint; deferrable as in the definition of another one. The index takes its name. */
  addConstraintUsingIndex(
    table: QualifiedName,
    constraint: string,
    using: { readonly kind: 'unique' | 'primary-key'; readonly index: string; readonly definition?: string },
  ): string;
  /** CREATE INDEX CONCURRENTLY with the definition of another index, column names replaced (from → to). */
  copyIndex(
    definition: string,
    copy: {
      readonly name: string;
      readonly table: QualifiedName;
      readonly columns: Readonly<Record<string, string>>;
      /** False: in a transaction, on a table that nobody uses yet. */
      readonly isConcurrent?: boolean;
    },
  ): string;
  /**
   * A constraint's or policy's definition with column names replaced (from → to); of a foreign key also the table that it
   * refers to, and that table's columns.
   */
  renameInDefinition(
    definition: string,
    columns: Readonly<Record<string, string>>,
    other?: { readonly table: QualifiedName; readonly columns: Readonly<Record<string, string>> },
  ): string;
  renameConstraint(table: QualifiedName, constraint: string, to: string): string;
  commentOnConstraint(table: QualifiedName, constraint: string, comment: string | undefined): string;
  renameIndex(schema: string, index: string, to: string): string;
  commentOnIndex(schema: string, index: string, comment: string | undefined): string;
}

/** What a column holds in an INSERT that does not name it. */
export type Omitted =
  /** Always the same within a transaction: NULL, a constant or a stable expression, as SQL. */
  | { readonly kind: 'same'; readonly sql: string }
  /** Each time another (nextval, random): only the column itself can say. */
  | { readonly kind: 'volatile' };

/** One side of a synchronised pair of columns. */
export type SyncSide = { readonly column: string; readonly type: string; readonly omitted: Omitted };

/** Two columns of a table kept equal through transformations, by a trigger that fires last. */
export type Sync = {
  readonly table: QualifiedName;
  /** Of trigger and function, unique to the plan, e.g. `godwit_sync_1a2b3c4d_1`. */
  readonly name: string;
  /** The column that the application writes now, and keeps as the truth where nothing was written. */
  readonly from: SyncSide;
  /** Its shadow. */
  readonly to: SyncSide;
  /** `to` from the row; column references as `new."x"`. */
  readonly up: string;
  /** `from` from the row; none: the pair is synchronised in one direction. */
  readonly down: string | undefined;
  /** In one direction only: where this is not true or raises an error about the value, `to` is NULL and nobody is refused. */
  readonly fits?: string | undefined;
  /** Writers of one value wait for each other, so that upserts by either column meet no half-inserted row. */
  readonly lockValues: boolean;
  /** Where names in up and down are looked up. */
  readonly searchPath: readonly string[];
};

/** Whether a value has an older form, as a function: a cast that fails would fail the whole statement. */
export type Fit = {
  /** Of the function, unique to the plan. */
  readonly name: string;
  /** The columns that are read, in the order of the function's parameters. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** True where it has; column references as `t."x"`. What raises an error about a value has none. */
  readonly holds: string;
  readonly searchPath: readonly string[];
};

/** What tells a value that fits from one that does not. */
export interface FitSpelling {
  createFit(fit: Fit): readonly string[];
  dropFit(fit: Pick<Fit, 'name'>): string;
  /** The call, with the columns of a row by this qualifier. */
  fits(fit: Fit, qualifier: string | undefined): string;
  /** The expression in this type; a text that is too long is an error, as it is where a column is written, and is not cut. */
  assigned(expression: string, type: string): string;
}

/** Functions whose plans open sessions keep. */
export interface RecompileSpelling {
  /**
   * Has every session prepare functions anew that are triggers of the table or mention it by one of these names, where the
   * role owns them. For the transaction in which a column gets another type.
   */
  recompile(table: QualifiedName, names: readonly string[]): string;
}

/** What a statement finds out for itself when it is run, for the way back from a state that is not known before. */
export interface ConditionSpelling {
  /** Runs statements if a condition holds. */
  when(condition: string, statements: readonly string[]): string;
  hasNoNull(table: QualifiedName, column: string): string;
  hasConstraint(table: QualifiedName, constraint: string, options: { readonly isValid: boolean }): string;
}

/** A trigger that keeps the newest value of a column by the key of its row, while the values are copied and the column goes. */
export type Capture = {
  readonly table: QualifiedName;
  readonly name: string;
  readonly column: string;
  readonly key: readonly string[];
  /** With columns key_1 … and old_1. */
  readonly undo: QualifiedName;
};

/** Triggers that forget what is kept of a row when the row is deleted: another row may come under its key. */
export type Forgetting = {
  readonly table: QualifiedName;
  readonly name: string;
  /** In the order of key_1 … of the undo table. */
  readonly key: readonly { readonly name: string; readonly type: string }[];
  readonly undo: QualifiedName;
};

/** Keeps what is written while a copy is made, and only as long as its row is there. */
export interface CaptureSpelling {
  createCapture(capture: Capture): readonly string[];
  dropCapture(capture: Pick<Capture, 'table' | 'name'>): readonly string[];
  /** They stay until the way back or until the undo table is purged, and harm nobody when key or undo table are gone. */
  createForgetting(forgetting: Forgetting): readonly string[];
  dropForgetting(forgetting: Pick<Forgetting, 'table' | 'name'>): readonly string[];
  /** Ends them wherever their table is by now. */
  endForgetting(name: string): string;
}

/** Statements on whole tables. */
export interface TableSpelling {
  createTable(table: QualifiedName, columns: readonly ColumnText[]): string;
  renameTable(table: QualifiedName, to: string): string;
  /** Into another schema, with its indexes and the sequences that it owns. */
  moveTable(table: QualifiedName, schema: string): string;
  renameSequence(sequence: QualifiedName, to: string): string;
  /**
   * A view that is written through, of all columns that the table has at that moment. `checksReader`: whoever uses it
   * needs the rights on the table (PostgreSQL 15); else the owner of the view does.
   */
  createView(view: QualifiedName, table: QualifiedName, options: { readonly checksReader: boolean }): string;
  dropView(view: QualifiedName): string;
  tableGrants(relation: QualifiedName, grants: readonly Grant[]): readonly string[];
  /** Drops a table that is empty; else moves it away, its foreign keys dropped, under this name or one with a number. */
  putAside(table: QualifiedName, aside: QualifiedName): string;
}

/** Sequences that give a column its values. */
export interface SequenceSpelling {
  /** The name that the server gives the sequence of a serial column. */
  sequenceName(table: QualifiedName, column: string, isTaken: (name: string) => boolean): QualifiedName;
  createSequence(name: QualifiedName, type: string): string;
  /** Whoever may insert into the table may take values. */
  grantSequence(name: QualifiedName, roles: readonly string[]): readonly string[];
  dropSequence(name: QualifiedName): string;
  /** The column drops the sequence with it. */
  ownSequence(name: QualifiedName, table: QualifiedName, column: string): string;
  setSequenceType(name: QualifiedName, type: string): string;
  /** A sequence has these grants and no others. */
  sequenceGrants(name: QualifiedName, grants: readonly Grant[]): readonly string[];
  commentOnSequence(name: QualifiedName, comment: string): string;
  /** A sequence goes on exactly where another stands. */
  continueSequence(name: QualifiedName, from: QualifiedName): string;
  /** Default that takes the next value. */
  nextValue(name: QualifiedName): string;
  /** The identity of a column goes on where a sequence stands. */
  continueIdentity(table: QualifiedName, column: string, from: QualifiedName): string;
}

/** Statements that keep two columns in step. */
export interface SyncSpelling {
  createSync(sync: Sync): readonly string[];
  dropSync(sync: Pick<Sync, 'table' | 'name'>): readonly string[];
  /** Settings of a transaction whose writes the sync triggers let pass. */
  readonly quiet: Readonly<Record<string, string>>;
}

/** Read-only queries of one row, `ok` and `detail`, for `db/check`. */
export interface CheckSpelling {
  columnsAre(
    table: QualifiedName,
    wanted: readonly { readonly column: string; readonly is: 'absent' | 'present' | 'nullable' | 'not null' }[],
  ): string;
  typeIs(table: QualifiedName, column: string, type: string): string;
  defaultIs(table: QualifiedName, column: string, isThere: boolean): string;
  /** Ok when a sequence stands within bounds, else what is `said` and where it stands. */
  sequenceIsWithin(
    name: QualifiedName,
    within: { readonly least: string; readonly most: string },
    said: string,
  ): string;
  noNulls(table: QualifiedName, column: string): string;
  indexIsValid(schema: string, index: string): string;
  /** Of a query with one text column: ok when it gives no row, else how many, what is `said` of them, and some of them. */
  noneFound(query: string, said: string): string;
  relationIs(name: QualifiedName, is: 'absent' | 'table' | 'view'): string;
  constraintIs(table: QualifiedName, constraint: string, is: 'absent' | 'not valid' | 'valid'): string;
}

/** All that a driver can spell. Pieces of text, nothing else: which of them are wanted is the operations' business. */
export interface Spelling
  extends NameSpelling,
    ConditionSpelling,
    RecompileSpelling,
    CaptureSpelling,
    ColumnSpelling,
    IndexSpelling,
    TableSpelling,
    SyncSpelling,
    FitSpelling,
    SequenceSpelling,
    CheckSpelling {}
