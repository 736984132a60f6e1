/**
 * The snapshot of a database: what is there. Plain data, read by a driver's `inspect`, changed only by simulation.
 *
 * Every table, column, constraint and index carries an `id`, its lineage: the qualified name it had when it was read
 * (`public.users.name`), or that name with `+` in front for something an intent creates. A rename changes the name and
 * keeps the id, so a difference of two snapshots never takes a rename for a drop and an add.
 */
export type Snapshot = {
  readonly server: ServerFacts;
  readonly schemas: readonly string[];
  readonly tables: readonly Table[];
  readonly views: readonly View[];
  readonly sequences: readonly Sequence[];
  readonly types: readonly UserType[];
  readonly functions: readonly UserFunction[];
  readonly extensions: readonly { readonly name: string; readonly version: string; readonly schema?: string }[];
};

export type ServerFacts = {
  /** e.g. 180004 */
  readonly version: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly database: string;
  readonly role: string;
};

/** A qualified name, unquoted. */
export type QualifiedName = { readonly schema: string; readonly name: string };

export type Table = QualifiedName & {
  readonly id: string;
  readonly kind: 'table' | 'partitioned' | 'partition' | 'foreign';
  readonly owner: string;
  readonly comment: string | undefined;
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Index[];
  readonly triggers: readonly Trigger[];
  readonly policies: readonly Policy[];
  /** Rewrite rules of the user's. */
  readonly rules?: readonly TableExtra[];
  /** Extended statistics objects. */
  readonly statistics?: readonly TableExtra[];
  readonly grants: readonly Grant[];
  readonly rowSecurity: 'off' | 'on' | 'forced';
  readonly replicaIdentity: string;
  readonly partitionOf: QualifiedName | undefined;
  /** FOR VALUES … of a partition. */
  readonly partitionBound: string | undefined;
  /** PARTITION BY … of a partitioned table. */
  readonly partitionKey: string | undefined;
  readonly inherits: readonly QualifiedName[];
  readonly storageOptions: readonly string[];
  readonly persistence: 'permanent' | 'unlogged' | 'temporary';
  /** Estimate from statistics; exact where the server never analysed the table and it is small. */
  readonly rows: number;
  readonly bytes: number;
  /** Publications that carry this table. */
  readonly publications: readonly string[];
};

export type Column = {
  readonly id: string;
  readonly name: string;
  /** As format_type prints it: `character varying(40)`. */
  readonly type: string;
  readonly collation: string | undefined;
  readonly isNotNull: boolean;
  /** As pg_get_expr prints it. */
  readonly defaultExpression: string | undefined;
  /** Volatility of the default: an immutable or stable one costs no rewrite. */
  readonly defaultVolatility: 'constant' | 'stable' | 'volatile' | undefined;
  readonly identity: 'always' | 'by default' | undefined;
  /** Generation expression with its kind. */
  readonly generated: { readonly kind: 'stored' | 'virtual'; readonly expression: string } | undefined;
  /** Sequence owned by this column (serial or identity). */
  readonly sequence: QualifiedName | undefined;
  readonly comment: string | undefined;
  readonly statisticsTarget: number | undefined;
  readonly storage: string | undefined;
  readonly compression: string | undefined;
  readonly grants: readonly Grant[];
};

export type Grant = {
  readonly role: string;
  readonly privilege: string;
  readonly isGrantable: boolean;
};

export type ConstraintKind = 'primary-key' | 'unique' | 'check' | 'foreign-key' | 'exclusion';

export type Constraint = {
  readonly id: string;
  readonly name: string;
  readonly kind: ConstraintKind;
  /** As pg_get_constraintdef prints it. */
  readonly definition: string;
  /** Ids of the columns of this table that it covers. */
  readonly columns: readonly string[];
  readonly references:
    | {
        readonly table: QualifiedName;
        readonly columns: readonly string[];
        readonly onDelete: string;
        readonly onUpdate: string;
      }
    | undefined;
  /** Name of the backing index of a primary key, unique or exclusion constraint. */
  readonly index: string | undefined;
  readonly isValidated: boolean;
  readonly isDeferrable: boolean;
  readonly isInherited: boolean;
  readonly comment: string | undefined;
};

export type Index = {
  readonly id: string;
  readonly name: string;
  /** As pg_get_indexdef prints it. */
  readonly definition: string;
  readonly method: string;
  readonly isUnique: boolean;
  /** Ids of plain key columns; expressions stand only in the definition. */
  readonly columns: readonly string[];
  readonly include: readonly string[];
  /** Ids of every column that keys, INCLUDE, expressions or predicate mention. */
  readonly dependsOn: readonly string[];
  readonly hasExpressions: boolean;
  readonly predicate: string | undefined;
  readonly isValid: boolean;
  /** Constraint that owns it, if any. */
  readonly constraint: string | undefined;
  readonly comment: string | undefined;
  readonly bytes: number;
};

export type Trigger = {
  readonly name: string;
  /** As pg_get_triggerdef prints it. */
  readonly definition: string;
  readonly function: QualifiedName;
  readonly enabled: 'origin' | 'disabled' | 'replica' | 'always';
  /** Fires per row on update. */
  readonly firesOnUpdate: boolean;
  /** Ids of columns in UPDATE OF or WHEN. */
  readonly dependsOn: readonly string[];
  readonly comment: string | undefined;
};

/** The triggers of a table that are not godwit's own: those call into its schema. */
export function usersTriggers({ triggers }: Pick<Table, 'triggers'>): readonly Trigger[] {
  return triggers.filter((trigger) => trigger.function.schema !== 'godwit');
}

export type Policy = { readonly name: string; readonly definition: string; readonly dependsOn: readonly string[] };

/** A thing on a table that is known by its statement alone. */
export type TableExtra = { readonly name: string; readonly definition: string; readonly dependsOn: readonly string[] };

export type View = QualifiedName & {
  readonly kind: 'view' | 'materialized';
  readonly definition: string;
  readonly owner: string;
  readonly options: readonly string[];
  readonly comment: string | undefined;
  readonly grants: readonly Grant[];
  /** Tables and columns it reads. Column ids where it reads single columns. */
  readonly dependsOn: readonly { readonly table: QualifiedName; readonly columns: readonly string[] }[];
  /** Indexes of a materialized view. */
  readonly indexes?: readonly Index[];
  /** INSTEAD OF triggers of a view. */
  readonly triggers?: readonly Trigger[];
};

export type Sequence = QualifiedName & {
  readonly type: string;
  readonly definition: string;
  readonly ownedBy: { readonly table: QualifiedName; readonly column: string } | undefined;
  readonly isIdentity: boolean;
  readonly comment?: string | undefined;
  readonly grants?: readonly Grant[];
};

export type UserType = QualifiedName & {
  readonly kind: 'enum' | 'domain' | 'composite' | 'range';
  /** Statement that creates it. */
  readonly definition: string;
  readonly labels: readonly string[];
};

export type UserFunction = QualifiedName & {
  readonly kind: 'function' | 'procedure' | 'aggregate' | 'window';
  readonly arguments: string;
  readonly definition: string;
  readonly language: string;
  readonly volatility: 'immutable' | 'stable' | 'volatile';
  readonly owner?: string;
  /** Tables and columns that a body parsed at creation (BEGIN ATOMIC) mentions; other bodies are not known. */
  readonly dependsOn?: View['dependsOn'];
};

/** Table of that name, or undefined. */
export function tableNamed(snapshot: Snapshot, name: QualifiedName): Table | undefined {
  return snapshot.tables.find((table) => table.schema === name.schema && table.name === name.name);
}

/** Table of that id, or undefined. */
export function tableById(snapshot: Snapshot, id: string): Table | undefined {
  return snapshot.tables.find((table) => table.id === id);
}

/** Column of that name, or undefined. */
export function columnNamed(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}

/** Column of that id, or undefined. */
export function columnById(table: Table, id: string): Column | undefined {
  return table.columns.find((column) => column.id === id);
}

/** The primary key of a table, or undefined. */
export function primaryKeyOf(table: Table): Constraint | undefined {
  return table.constraints.find((constraint) => constraint.kind === 'primary-key');
}

/** `schema.name`, for people and ids; never for SQL. */
export function plainName(name: QualifiedName): string {
  return `${name.schema}.${name.name}`;
}
