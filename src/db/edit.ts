import type { ConstraintKind, QualifiedName } from './schema.ts';

/**
 * One thing an intent asks for, read from a statement by the driver, in terms of the names that hold at that point of
 * the intent. Expressions are SQL text as the server would print it.
 */
export type Edit =
  | {
      readonly kind: 'add-column';
      readonly table: QualifiedName;
      readonly column: NewColumn;
      readonly ifNotExists: boolean;
    }
  | {
      readonly kind: 'drop-column';
      readonly table: QualifiedName;
      readonly column: string;
      readonly ifExists: boolean;
      readonly cascade: boolean;
    }
  | { readonly kind: 'rename-column'; readonly table: QualifiedName; readonly column: string; readonly to: string }
  | {
      readonly kind: 'change-type';
      readonly table: QualifiedName;
      readonly column: string;
      readonly type: string;
      readonly collation: string | undefined;
      readonly using: string | undefined;
    }
  | { readonly kind: 'set-not-null'; readonly table: QualifiedName; readonly column: string }
  | { readonly kind: 'drop-not-null'; readonly table: QualifiedName; readonly column: string }
  | {
      readonly kind: 'set-default';
      readonly table: QualifiedName;
      readonly column: string;
      readonly expression: string;
      readonly volatility: 'constant' | 'stable' | 'volatile';
    }
  | { readonly kind: 'drop-default'; readonly table: QualifiedName; readonly column: string }
  | {
      readonly kind: 'create-index';
      readonly table: QualifiedName;
      readonly index: NewIndex;
      readonly ifNotExists: boolean;
    }
  | { readonly kind: 'drop-index'; readonly index: QualifiedName; readonly ifExists: boolean }
  | { readonly kind: 'add-constraint'; readonly table: QualifiedName; readonly constraint: NewConstraint }
  | {
      readonly kind: 'drop-constraint';
      readonly table: QualifiedName;
      readonly constraint: string;
      readonly ifExists: boolean;
    }
  | { readonly kind: 'rename-table'; readonly table: QualifiedName; readonly to: string }
  | {
      readonly kind: 'create-table';
      readonly table: QualifiedName;
      readonly statement: string;
      readonly columns: readonly NewColumn[];
      readonly constraints: readonly NewConstraint[];
      readonly ifNotExists: boolean;
    }
  | {
      readonly kind: 'drop-table';
      readonly table: QualifiedName;
      readonly ifExists: boolean;
      readonly cascade: boolean;
    }
  | {
      readonly kind: 'update-rows';
      readonly table: QualifiedName;
      readonly alias: string | undefined;
      readonly assignments: readonly { readonly column: string; readonly expression: string }[];
      readonly where: string | undefined;
      readonly columnsRead: readonly string[];
      readonly isIdempotent: boolean;
      readonly statement: string;
    }
  | {
      readonly kind: 'delete-rows';
      readonly table: QualifiedName;
      readonly alias: string | undefined;
      readonly where: string | undefined;
      readonly columnsRead: readonly string[];
      readonly statement: string;
    }
  | {
      readonly kind: 'insert-rows';
      readonly table: QualifiedName;
      readonly columns: readonly string[];
      readonly source: QualifiedName;
      readonly sourceAlias: string | undefined;
      readonly select: readonly string[];
      readonly where: string | undefined;
      readonly columnsRead: readonly string[];
      readonly statement: string;
    };

export type EditKind = Edit['kind'];

/** A column that an intent adds. */
export type NewColumn = {
  readonly name: string;
  readonly type: string;
  readonly collation: string | undefined;
  readonly isNotNull: boolean;
  readonly defaultExpression: string | undefined;
  readonly defaultVolatility: 'constant' | 'stable' | 'volatile' | undefined;
  readonly identity: 'always' | 'by default' | undefined;
  readonly generated: { readonly kind: 'stored' | 'virtual'; readonly expression: string } | undefined;
  /** smallserial, serial, bigserial: an owned sequence with a nextval default. */
  readonly isSerial: boolean;
};

/** An index that an intent creates. `columnsRead` are all column names that keys, INCLUDE and predicate mention. */
export type NewIndex = {
  readonly name: string | undefined;
  readonly isUnique: boolean;
  readonly method: string;
  /** Key list as SQL text: plain columns or expressions with opclass, collation and order. */
  readonly keys: readonly {
    readonly column: string | undefined;
    /** Without opclass, collation and order. */
    readonly expression: string | undefined;
    readonly text: string;
  }[];
  readonly include: readonly string[];
  readonly nullsNotDistinct: boolean;
  readonly with: string | undefined;
  readonly tablespace: string | undefined;
  readonly predicate: string | undefined;
  readonly columnsRead: readonly string[];
};

/** A constraint that an intent adds. `definition` is what stands after ADD CONSTRAINT name. */
export type NewConstraint = {
  readonly name: string | undefined;
  readonly kind: ConstraintKind;
  readonly definition: string;
  readonly columns: readonly string[];
  readonly include: readonly string[];
  readonly references:
    | {
        readonly table: QualifiedName;
        readonly columns: readonly string[];
        readonly onDelete: string;
        readonly onUpdate: string;
      }
    | undefined;
  readonly usingIndex: string | undefined;
  readonly nullsNotDistinct: boolean;
  /** Storage options and tablespace of the index of a key. */
  readonly with: string | undefined;
  readonly tablespace: string | undefined;
  readonly isNotValid: boolean;
  readonly isDeferrable: boolean;
};

/** What an intent says in full: edits in order, each with its place in the text and its own transformations. */
export type StatedEdit = {
  readonly edit: Edit;
  /** The statement's own text, for messages. */
  readonly text: string;
  readonly line: number;
  /** From `-- godwit: up <expr> [down <expr>]` comments before the statement, or `--up/--down`. */
  readonly up: string | undefined;
  readonly down: string | undefined;
};
