import type { Snapshot, Table, View } from '../../../schema.ts';
import { plainName } from '../../../schema.ts';
import type { Session } from '../../../session.ts';
import { sqlstateOf } from '../session-failure.ts';
import {
  type PolicyRow,
  policyOf,
  type RuleRow,
  readPolicies,
  readRules,
  readStatistics,
  readTriggers,
  type TriggerRow,
  triggerOf,
} from './attachments.ts';
import { type ColumnRow, columnOf, readColumns } from './columns.ts';
import { type ConstraintRow, constraintOf, readConstraints } from './constraints.ts';
import { readFunctions } from './functions.ts';
import { type IndexRow, indexOf, readIndexes } from './indexes.ts';
import { type RelationRow, readRelations } from './relations.ts';
import { readRowCounts } from './row-counts.ts';
import { type CatalogReader, catalogReader, groupedBy, type InspectScope, orUndefined } from './scope.ts';
import { readSequences } from './sequences.ts';
import { readServerFacts } from './server-facts.ts';
import { readTypes } from './types.ts';
import { dependsOnOf, readViewDependencies, type ViewDependencyRow } from './view-dependencies.ts';

const attemptsMax = 3;

/**
 * Reads what is there, in one read-only transaction with a fixed number of catalog queries. Sees all of the user's
 * schemas, or those in scope; never the server's own, nor `godwit`. Works for any role: catalogs are readable to all.
 * Waits up to five seconds for a table that somebody holds exclusively, then throws lock-timeout.
 */
export async function inspect(session: Session, scope: InspectScope = {}): Promise<Snapshot> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await session.transaction(() => snapshotOf(session, scope), { isReadOnly: true });
    } catch (error) {
      if (attempt === attemptsMax || !isPassing(error)) throw error;
    }
  }
}

/** The printing functions look at the newest catalog: an object dropped meanwhile is an error, and gone the next time. */
function isPassing(error: unknown): boolean {
  const state = sqlstateOf(error);
  return state === 'XX000' || state === '42P01';
}

/** What is printed must not depend on a role's own settings; literals of time and money print by them. */
const printSettings = `SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
SET LOCAL search_path = pg_catalog; SET LOCAL "TimeZone" = 'UTC'; SET LOCAL "DateStyle" = 'ISO, YMD';
SET LOCAL "IntervalStyle" = 'postgres'; SET LOCAL lc_monetary = 'C'; SET LOCAL extra_float_digits = 1;
SET LOCAL bytea_output = 'hex'; SET LOCAL quote_all_identifiers = off; SET LOCAL lock_timeout = '5s'`;

async function snapshotOf(session: Session, scope: InspectScope): Promise<Snapshot> {
  await session.query(printSettings);
  const catalog = catalogReader(session, scope);
  const frame = await readServerFacts(catalog);
  const relations = await readRelations(catalog);
  const parts = await readParts(catalog);
  const types = await readTypes(catalog);
  const functions = await readFunctions(catalog);
  const sequences = await readSequences(catalog);
  const rows = await readRowCounts(session, relations);
  const { tables, views } = assemble(relations, parts, rows);
  return { ...frame, tables: withPartitionSums(tables), views, sequences, types, functions };
}

/** What hangs on relations, by the relation's oid. */
type Parts = {
  readonly columns: ReadonlyMap<number, readonly ColumnRow[]>;
  readonly constraints: ReadonlyMap<number, readonly ConstraintRow[]>;
  readonly indexes: ReadonlyMap<number, readonly IndexRow[]>;
  readonly triggers: ReadonlyMap<number, readonly TriggerRow[]>;
  readonly policies: ReadonlyMap<number, readonly PolicyRow[]>;
  readonly rules: ReadonlyMap<number, readonly RuleRow[]>;
  readonly statistics: ReadonlyMap<number, readonly RuleRow[]>;
  readonly reads: ReadonlyMap<number, readonly ViewDependencyRow[]>;
};

async function readParts(catalog: CatalogReader): Promise<Parts> {
  return {
    columns: groupedBy(await readColumns(catalog), (row) => row.relation),
    constraints: groupedBy(await readConstraints(catalog), (row) => row.relation),
    indexes: groupedBy(await readIndexes(catalog), (row) => row.relation),
    triggers: groupedBy(await readTriggers(catalog), (row) => row.relation),
    policies: groupedBy(await readPolicies(catalog), (row) => row.relation),
    rules: groupedBy(await readRules(catalog), (row) => row.relation),
    statistics: groupedBy(await readStatistics(catalog), (row) => row.relation),
    reads: groupedBy(await readViewDependencies(catalog), (row) => row.view),
  };
}

function assemble(
  relations: readonly RelationRow[],
  parts: Parts,
  rows: ReadonlyMap<number, number>,
): { readonly tables: readonly Table[]; readonly views: readonly View[] } {
  const tables: Table[] = [];
  const views: View[] = [];
  for (const relation of relations) {
    if (relation.kind === 'v' || relation.kind === 'm') views.push(viewOf(relation, parts));
    else tables.push(tableOf(relation, parts, rows.get(relation.oid) ?? 0));
  }
  return { tables, views };
}

const persistences = { p: 'permanent', u: 'unlogged', t: 'temporary' } as const;

function tableOf(row: RelationRow, parts: Parts, rows: number): Table {
  const id = plainName(row);
  const of = <Part>(map: ReadonlyMap<number, readonly Part[]>) => map.get(row.oid) ?? [];
  return {
    schema: row.schema,
    name: row.name,
    id,
    kind: kindOf(row),
    owner: row.owner,
    comment: orUndefined(row.comment),
    columns: of(parts.columns).map((column) => columnOf(column, id)),
    constraints: of(parts.constraints).map((constraint) => constraintOf(constraint, id)),
    indexes: of(parts.indexes).map((index) => indexOf(index, id)),
    triggers: of(parts.triggers).map((trigger) => triggerOf(trigger, id)),
    policies: of(parts.policies).map((policy) => policyOf(policy, id)),
    rules: of(parts.rules).map((rule) => extraOf(rule, id)),
    statistics: of(parts.statistics).map((statistics) => extraOf(statistics, id)),
    grants: row.grants,
    rowSecurity: row.row_security,
    replicaIdentity: row.replica_identity,
    partitionOf: row.is_partition ? row.parents[0] : undefined,
    partitionBound: orUndefined(row.partition_bound),
    partitionKey: orUndefined(row.partition_key),
    inherits: row.is_partition ? [] : row.parents,
    storageOptions: row.options ?? [],
    persistence: persistences[row.persistence],
    rows,
    bytes: row.bytes,
    publications: row.publications,
  };
}

function kindOf(row: RelationRow): Table['kind'] {
  if (row.kind === 'f') return 'foreign';
  if (row.is_partition) return 'partition';
  return row.kind === 'p' ? 'partitioned' : 'table';
}

function extraOf(row: RuleRow, tableId: string) {
  return {
    name: row.name,
    definition: row.definition,
    dependsOn: row.depends_on.map((column) => `${tableId}.${column}`),
  };
}

function viewOf(row: RelationRow, parts: Parts): View {
  const id = plainName(row);
  return {
    schema: row.schema,
    name: row.name,
    kind: row.kind === 'v' ? 'view' : 'materialized',
    definition: row.definition ?? '',
    owner: row.owner,
    options: row.options ?? [],
    comment: orUndefined(row.comment),
    grants: row.grants,
    dependsOn: dependsOnOf(parts.reads.get(row.oid) ?? []),
    indexes: (parts.indexes.get(row.oid) ?? []).map((index) => indexOf(index, id)),
    triggers: (parts.triggers.get(row.oid) ?? []).map((trigger) => triggerOf(trigger, id)),
  };
}

/** A partitioned table has no storage of its own: its rows and bytes are those of its partitions. */
function withPartitionSums(tables: readonly Table[]): readonly Table[] {
  const children = new Map<string, Table[]>();
  for (const table of tables) {
    if (table.partitionOf === undefined) continue;
    const siblings = children.get(plainName(table.partitionOf));
    if (siblings === undefined) children.set(plainName(table.partitionOf), [table]);
    else siblings.push(table);
  }
  const sum = (table: Table): { readonly rows: number; readonly bytes: number } => {
    if (table.partitionKey === undefined) return { rows: table.rows, bytes: table.bytes };
    const parts = (children.get(table.id) ?? []).map(sum);
    return {
      rows: parts.reduce((total, part) => total + part.rows, 0),
      bytes: parts.reduce((total, part) => total + part.bytes, 0),
    };
  };
  return tables.map((table) => ({ ...table, ...sum(table) }));
}
