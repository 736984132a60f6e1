import type { CreateFunctionStmt, Node, RangeVar } from 'libpg-query';
import type { ConstraintKind, QualifiedName } from '../../schema.ts';
import type { ColumnType } from '../column-type.ts';

/**
 * What is known of a database while its migrations are read one after the other: from a schema or a connection, and from
 * the statements before. It is changed in place, as the statements change the database. What is not in it is not known;
 * a rule then takes the object for one that is there, is large and is in use.
 */
export type Catalog = {
  /** By `schema.name`: tables, views, materialized views, foreign tables. */
  readonly relations: Map<string, Relation>;
  /** Which relation an index stands on, by `schema.name` of the index. */
  readonly indexes: Map<string, Relation>;
  /** Where indexes were dropped or renamed, if they were, by `schema.name`; one of the name may have been made since. */
  readonly goneIndexes: Map<string, Moment | 'maybe'>;
  /** Enums, domains and composite types by `schema.name`. */
  readonly types: Map<string, LintType>;
  /** Volatility of the user's functions, by name and by `schema.name`. */
  readonly functions: Map<string, 'immutable' | 'stable' | 'volatile'>;
  /** Bodies of functions by name, for when they are called. */
  readonly bodies: Map<string, FunctionBody>;
  /** Schemas in which a bare name is looked up; the first takes what is made. */
  searchPath: readonly string[];
  /** TimeZone as a SET of the file leaves it; undefined where none says it. */
  timeZone: string | undefined;
  /** True where a schema or a connection said what was there before: then what is not in it is not there. */
  readonly isWhole: boolean;
  /** False once something ran of which nobody can read what it changed: SQL that code builds, what is rolled back. */
  isCertain: boolean;
  /** Where the statement that is being read belongs: a relation made now is born there. */
  moment: Moment;
};

/** Where a statement belongs: a migration is a file, `base` what was there before all of them. */
export type Moment = { readonly migration: number | 'base' };

export type RelationKind = 'table' | 'partitioned' | 'foreign' | 'view' | 'materialized';

export type Relation = {
  schema: string;
  name: string;
  readonly kind: RelationKind;
  readonly columns: Map<string, LintColumn>;
  readonly constraints: Map<string, LintConstraint>;
  readonly indexes: Map<string, LintIndex>;
  /** The function that each calls, by the trigger's name. */
  readonly triggers: Map<string, string>;
  /** As it is written; undefined where none was said. */
  tablespace: string | undefined;
  readonly partitions: Set<Relation>;
  parent: Relation | undefined;
  /** True where it was made, so that all of its columns are known; false where only a statement about it was read. */
  readonly isKnown: boolean;
  /** Is it surely as it stands here? Not where IF NOT EXISTS may have found another one, or a body may have changed it. */
  isCertain: boolean;
  readonly born: Moment;
  persistence: 'permanent' | 'unlogged' | 'temporary';
  replicaIdentity: 'default' | 'full' | 'nothing' | 'index';
  isDefaultPartition: boolean;
  hasRowSecurity: boolean;
  /** Partition key: columns, or undefined where it has an expression. */
  readonly partitionKey: readonly string[] | undefined;
  /** Relations that a view reads. */
  readonly reads: readonly Relation[];
  /** Columns that a view reads, by relation; a view that says `*` reads all. */
  readonly readsColumns: ReadonlyMap<Relation, ReadonlySet<string> | 'all'>;
  /** Relations with a foreign key upon it, and views that read it, since it was made; some of them may be gone. */
  readonly referrers: Set<Relation>;
  readonly readers: Set<Relation>;
  /** From a connection. */
  rows: number | undefined;
  bytes: number | undefined;
};

export type LintColumn = {
  name: string;
  type: ColumnType;
  isNotNull: boolean;
  default: Node | undefined;
  identity: boolean;
  generated: 'stored' | 'virtual' | undefined;
  collation: string | undefined;
};

export type LintConstraint = {
  name: string;
  readonly kind: ConstraintKind | 'not-null';
  readonly columns: readonly string[];
  isValid: boolean;
  readonly isEnforced: boolean;
  /** Are rows checked at COMMIT, as long as nothing else is SET? */
  readonly isDeferred?: boolean;
  readonly expression: Node | undefined;
  readonly references:
    | { readonly relation: Relation | undefined; readonly name: string; readonly columns: readonly string[] }
    | undefined;
  readonly index: string | undefined;
};

export type LintIndex = {
  name: string;
  /** Key columns; undefined stands for an expression. */
  readonly columns: readonly (string | undefined)[];
  readonly include: readonly string[];
  /** Of each key, `+` for ascending and `-` for descending, with `!` where NULL stands at the other end than usual. */
  readonly order?: readonly string[];
  /** Columns that its expressions and its condition name. */
  readonly mentions?: readonly string[];
  readonly isUnique: boolean;
  /** False where a key has an operator class or a collation of its own, so that it serves other queries. */
  readonly isPlain: boolean;
  readonly method: string;
  readonly predicate: Node | undefined;
  isValid: boolean;
  readonly constraint: string | undefined;
};

export type LintType = QualifiedName & {
  readonly kind: 'enum' | 'domain' | 'composite' | 'range';
  readonly labels: Set<string>;
  /** Labels that were added, with the transaction in which it was done. */
  readonly added: Map<string, number>;
  /** Of a domain. */
  readonly base: ColumnType | undefined;
  readonly constraints: Map<string, { readonly isValid: boolean }>;
  isNotNull: boolean;
  /** Of a domain. */
  readonly default?: Node | undefined;
  readonly born: Moment;
};

export type FunctionBody = {
  readonly language: string;
  readonly text: string;
  readonly statement: string;
  /** What makes the function; undefined for a DO block. */
  readonly create?: CreateFunctionStmt;
};

/** A catalog in which nothing is. */
export function emptyCatalog(options: { readonly isWhole: boolean }): Catalog {
  return {
    relations: new Map(),
    indexes: new Map(),
    goneIndexes: new Map(),
    types: new Map(),
    functions: new Map(),
    bodies: new Map(),
    searchPath: ['public'],
    timeZone: undefined,
    isWhole: options.isWhole,
    isCertain: true,
    moment: { migration: 'base' },
  };
}

/** The relation that a name in a statement means, or undefined where none such is known. */
export function relationOf(catalog: Catalog, name: RangeVar | undefined): Relation | undefined {
  if (name?.relname === undefined) return undefined;
  return named(catalog, catalog.relations, name.schemaname, name.relname);
}

/** Looks a name up: in its schema, or among the temporary ones and along the search path. */
export function named<T>(
  catalog: Catalog,
  things: ReadonlyMap<string, T>,
  schema: string | undefined,
  name: string,
): T | undefined {
  if (schema !== undefined) return things.get(`${schema}.${name}`);
  // Temporary relations come before all others.
  for (const place of ['pg_temp', ...catalog.searchPath]) {
    const found = things.get(`${place}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Takes an index out that surely is there no longer. */
export function forgetIndex(catalog: Catalog, key: string): void {
  catalog.indexes.delete(key);
  catalog.goneIndexes.set(key, catalog.moment);
}

/** `schema.name` of what a statement names, known or not. */
export function fullName(catalog: Catalog, name: RangeVar | undefined): string {
  const found = relationOf(catalog, name);
  if (found !== undefined) return keyOf(found);
  return `${name?.schemaname ?? catalog.searchPath[0] ?? 'public'}.${name?.relname ?? ''}`;
}

/** `schema.name`. */
export function keyOf({ schema, name }: QualifiedName): string {
  return `${schema}.${name}`;
}

/** Was it made by the migrations that are read, in this one? Then nobody waits for it and it has no rows worth a word. */
export function isBornNow(catalog: Catalog, relation: Relation | undefined): boolean {
  if (relation === undefined || relation.born.migration === 'base') return false;
  return relation.born.migration === catalog.moment.migration || catalog.isWhole;
}

/** A relation with its partitions, theirs too. */
export function withPartitions(relation: Relation): readonly Relation[] {
  return [relation, ...[...relation.partitions].flatMap(withPartitions)];
}

/** Foreign keys of other tables (or its own) that refer to a relation. */
export function referencesTo(
  catalog: Catalog,
  target: Relation,
): readonly { readonly relation: Relation; readonly constraint: LintConstraint }[] {
  return [...target.referrers]
    .filter((relation) => isThere(catalog, relation))
    .flatMap((relation) =>
      [...relation.constraints.values()]
        .filter(({ references }) => references?.relation === target)
        .map((constraint) => ({ relation, constraint })),
    );
}

/** Views and materialized views that read a relation themselves. */
export function readersOf(catalog: Catalog, relation: Relation): readonly Relation[] {
  return [...relation.readers].filter((view) => isThere(catalog, view));
}

/** A relation that was dropped, or made anew, is no longer the one of its name. */
function isThere(catalog: Catalog, relation: Relation): boolean {
  return catalog.relations.get(keyOf(relation)) === relation;
}

/** Views that read a relation, and the views upon them. */
export function viewsOf(catalog: Catalog, relation: Relation): readonly Relation[] {
  const direct = readersOf(catalog, relation);
  return [...new Set(direct.flatMap((view) => [view, ...viewsOf(catalog, view)]))];
}
