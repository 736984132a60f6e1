import type { Column, Constraint, Index, Snapshot, Table } from '#db/schema';

/** A snapshot made by hand, for tests that need no server: tables with columns as `name type [NOT NULL] [DEFAULT x]`. */
export function snapshotOf(tables: Readonly<Record<string, readonly string[]>>): Snapshot {
  return {
    server: { version: 180_004, settings: {}, database: 'shop', role: 'owner' },
    schemas: ['public'],
    tables: Object.entries(tables).map(([name, columns]) => tableOf(name, columns)),
    views: [],
    sequences: [],
    types: [],
    functions: [],
    extensions: [],
  };
}

/** A table whose first column is its primary key. */
function tableOf(name: string, texts: readonly string[]): Table {
  const id = `public.${name}`;
  const columns = texts.map((text) => columnOf(id, text));
  const keys = columns.slice(0, 1).map((column) => column.id);
  return {
    schema: 'public',
    name,
    id,
    kind: 'table',
    owner: 'owner',
    comment: undefined,
    columns,
    constraints: keys.length === 0 ? [] : [keyOf(id, name, keys)],
    indexes: keys.length === 0 ? [] : [indexOf(id, name, keys, columns[0]?.name ?? '')],
    triggers: [],
    policies: [],
    grants: [],
    rowSecurity: 'off',
    replicaIdentity: 'default',
    partitionOf: undefined,
    partitionBound: undefined,
    partitionKey: undefined,
    inherits: [],
    storageOptions: [],
    persistence: 'permanent',
    rows: 200_000,
    bytes: 20_000_000,
    publications: [],
  };
}

function columnOf(table: string, text: string): Column {
  const match = /^(\S+) (.+?)( NOT NULL)?(?: DEFAULT (.+))?$/.exec(text);
  const [, name = '', type = '', notNull, defaultExpression] = match ?? [];
  return {
    id: `${table}.${name}`,
    name,
    type,
    collation: undefined,
    isNotNull: notNull !== undefined,
    defaultExpression,
    defaultVolatility: defaultExpression === undefined ? undefined : 'constant',
    identity: undefined,
    generated: undefined,
    sequence: undefined,
    comment: undefined,
    statisticsTarget: undefined,
    storage: undefined,
    compression: undefined,
    grants: [],
  };
}

function keyOf(table: string, name: string, columns: readonly string[]): Constraint {
  return {
    id: `${table}.${name}_pkey`,
    name: `${name}_pkey`,
    kind: 'primary-key',
    definition: 'PRIMARY KEY (id)',
    columns,
    references: undefined,
    index: `${name}_pkey`,
    isValidated: true,
    isDeferrable: false,
    isInherited: false,
    comment: undefined,
  };
}

function indexOf(table: string, name: string, columns: readonly string[], column: string): Index {
  return {
    id: `${table}.${name}_pkey`,
    name: `${name}_pkey`,
    definition: `CREATE UNIQUE INDEX ${name}_pkey ON ${table} USING btree (${column})`,
    method: 'btree',
    isUnique: true,
    columns,
    include: [],
    dependsOn: columns,
    hasExpressions: false,
    predicate: undefined,
    isValid: true,
    constraint: `${name}_pkey`,
    comment: undefined,
    bytes: 0,
  };
}
