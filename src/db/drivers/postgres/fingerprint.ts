import { hashOf, type Json } from '#core/canonical';
import {
  type Column,
  type Constraint,
  type Grant,
  type Index,
  plainName,
  type QualifiedName,
  type Sequence,
  type Snapshot,
  type Table,
  type Trigger,
  type View,
} from '../../schema.ts';

/** Schema of our own objects. What stands in it, and triggers that call into it, is never part of a fingerprint. */
const ownSchema = 'godwit';

/**
 * SHA-256 over a canonical description of the whole schema, or of the named objects (`public.users`) and what depends
 * on them. Equal for equal schemas on two servers of one major version: OIDs, column positions, owners, sizes, row
 * counts, values of sequences, names of identity sequences and of NOT NULL constraints do not count.
 */
export function fingerprintOf(snapshot: Snapshot, objects?: readonly string[]): string {
  return hashOf(objectHashes(snapshot, objects));
}

/** The hash of each object that a fingerprint covers, by kind and name. A named object that is not there has one, too. */
export function objectHashes(snapshot: Snapshot, objects?: readonly string[]): Readonly<Record<string, string>> {
  const descriptions = new Map<string, Json>();
  const covered = objects === undefined ? snapshot : coveredBy(snapshot, objects);
  for (const table of covered.tables)
    descriptions.set(`table ${plainName(table)}`, describeTable(table, covered.sequences));
  for (const view of covered.views) descriptions.set(`view ${plainName(view)}`, describeView(view));
  for (const sequence of covered.sequences.filter(isNamed))
    descriptions.set(`sequence ${plainName(sequence)}`, describeSequence(sequence));
  for (const type of covered.types) descriptions.set(`type ${plainName(type)}`, type.definition);
  for (const called of covered.functions)
    descriptions.set(`function ${plainName(called)}(${called.arguments})`, called.definition);
  if (objects === undefined) {
    for (const schema of snapshot.schemas) descriptions.set(`schema ${schema}`, true);
    for (const extension of snapshot.extensions) descriptions.set(`extension ${extension.name}`, true);
  }
  for (const { table, constraint } of keysFromOutside(snapshot, covered.tables))
    descriptions.set(`key ${plainName(table)}.${constraint.name}`, describeConstraint(constraint));
  for (const name of missing(snapshot, objects ?? [])) descriptions.set(`missing ${name}`, true);
  return Object.fromEntries([...descriptions].map(([name, description]) => [name, hashOf(description)]));
}

/** Names of the objects that differ between two snapshots, sorted: what a message about drift can say. */
export function changedObjects(before: Snapshot, after: Snapshot, objects?: readonly string[]): readonly string[] {
  const [old, now] = [objectHashes(before, objects), objectHashes(after, objects)];
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...names].filter((name) => old[name] !== now[name]).sort();
}

type Covered = Pick<Snapshot, 'tables' | 'views' | 'sequences' | 'types' | 'functions'>;

/** Named tables with their partitions, the views that read them, their sequences, types and trigger functions. */
function coveredBy(snapshot: Snapshot, objects: readonly string[]): Covered {
  const names = withDependents(snapshot, new Set(objects));
  const tables = snapshot.tables.filter((table) => names.has(plainName(table)));
  const views = snapshot.views.filter((view) => names.has(plainName(view)));
  const triggers = [...tables, ...views].flatMap((relation) => relation.triggers ?? []);
  const called = new Set([...triggers.map((trigger) => plainName(trigger.function)), ...objects]);
  const types = new Set(tables.flatMap((table) => table.columns.map((column) => column.type)));
  return {
    tables,
    views,
    sequences: snapshot.sequences.filter(
      (sequence) =>
        names.has(plainName(sequence)) ||
        (sequence.ownedBy !== undefined && names.has(plainName(sequence.ownedBy.table))),
    ),
    types: snapshot.types.filter(
      (type) => names.has(plainName(type)) || types.has(printed(type)) || types.has(`${printed(type)}[]`),
    ),
    functions: snapshot.functions.filter(
      (one) => called.has(plainName(one)) || (one.dependsOn ?? []).some(({ table }) => names.has(plainName(table))),
    ),
  };
}

function withDependents(snapshot: Snapshot, names: ReadonlySet<string>): ReadonlySet<string> {
  const partitions = snapshot.tables.filter(
    (table) => table.partitionOf !== undefined && names.has(plainName(table.partitionOf)),
  );
  const children = snapshot.tables.filter((table) => table.inherits.some((parent) => names.has(plainName(parent))));
  const views = snapshot.views.filter((view) => view.dependsOn.some(({ table }) => names.has(plainName(table))));
  const more = new Set([...names, ...[...partitions, ...children, ...views].map(plainName)]);
  return more.size === names.size ? more : withDependents(snapshot, more);
}

function keysFromOutside(
  snapshot: Snapshot,
  covered: readonly Table[],
): readonly { readonly table: Table; readonly constraint: Constraint }[] {
  const names = new Set(covered.map(plainName));
  return snapshot.tables
    .filter((table) => !names.has(plainName(table)))
    .flatMap((table) => table.constraints.map((constraint) => ({ table, constraint })))
    .filter(
      ({ constraint }) => constraint.references !== undefined && names.has(plainName(constraint.references.table)),
    );
}

function missing(snapshot: Snapshot, objects: readonly string[]): readonly string[] {
  const { tables, views, sequences, types, functions } = snapshot;
  const there = new Set([...tables, ...views, ...sequences, ...types, ...functions].map(plainName));
  return objects.filter((name) => !there.has(name));
}

/** As format_type prints a type's name: quoted only where it must be. */
function printed(name: QualifiedName): string {
  const quoted = (part: string) => (/^[a-z_][a-z0-9_$]*$/.test(part) ? part : `"${part.replaceAll('"', '""')}"`);
  return `${quoted(name.schema)}.${quoted(name.name)}`;
}

function isNamed(sequence: Sequence): boolean {
  return !sequence.isIdentity;
}

function describeTable(table: Table, sequences: readonly Sequence[]): Json {
  return {
    kind: table.kind,
    comment: table.comment,
    columns: byName(table.columns, (column) => describeColumn(column, identityOf(column, sequences))),
    constraints: byName(table.constraints, describeConstraint),
    indexes: byName(table.indexes, describeIndex),
    triggers: byName(table.triggers.filter(isTheirs), describeTrigger),
    policies: byName(table.policies, (policy) => policy.definition),
    rules: byName(table.rules ?? [], (rule) => rule.definition),
    statistics: byName(table.statistics ?? [], (statistics) => statistics.definition),
    grants: describeGrants(table.grants),
    rowSecurity: table.rowSecurity,
    replicaIdentity: table.replicaIdentity,
    partitionOf: table.partitionOf === undefined ? undefined : plainName(table.partitionOf),
    partitionBound: table.partitionBound,
    partitionKey: table.partitionKey,
    inherits: table.inherits.map(plainName),
    storageOptions: [...table.storageOptions].sort(),
    persistence: table.persistence,
    publications: [...table.publications].sort(),
  };
}

function identityOf({ identity, sequence }: Column, sequences: readonly Sequence[]): Sequence | undefined {
  if (identity === undefined || sequence === undefined) return undefined;
  return sequences.find((one) => plainName(one) === plainName(sequence));
}

function describeColumn(column: Column, identity: Sequence | undefined): Json {
  return {
    type: column.type,
    collation: column.collation,
    isNotNull: column.isNotNull,
    default: column.defaultExpression,
    identity: column.identity,
    generated: column.generated,
    sequence: column.identity !== undefined || column.sequence === undefined ? undefined : plainName(column.sequence),
    ...(identity === undefined ? {} : { identitySequence: described(identity) }),
    comment: column.comment,
    statisticsTarget: column.statisticsTarget,
    storage: column.storage,
    compression: column.compression,
    grants: describeGrants(column.grants),
  };
}

function describeConstraint(constraint: Constraint): Json {
  const { definition, isValidated, isInherited, comment } = constraint;
  return { definition, isValidated, isInherited, comment };
}

function describeIndex(index: Index): Json {
  const { definition, isValid, constraint, comment } = index;
  return { definition, isValid, constraint, comment };
}

function describeTrigger(trigger: Trigger): Json {
  const { definition, enabled, comment } = trigger;
  return { definition, enabled, comment };
}

function isTheirs(trigger: Trigger): boolean {
  return trigger.function.schema !== ownSchema;
}

function describeView(view: View): Json {
  return {
    kind: view.kind,
    definition: view.definition,
    options: [...view.options].sort(),
    comment: view.comment,
    grants: describeGrants(view.grants),
    indexes: byName(view.indexes ?? [], describeIndex),
    triggers: byName((view.triggers ?? []).filter(isTheirs), describeTrigger),
  };
}

function describeSequence(sequence: Sequence): Json {
  const owner =
    sequence.ownedBy === undefined ? undefined : `${plainName(sequence.ownedBy.table)}.${sequence.ownedBy.column}`;
  return { type: sequence.type, definition: sequence.definition, ownedBy: owner, said: described(sequence) };
}

/** Undefined where nothing was said, so that a fingerprint does not depend on whether this is looked at. */
function described({ comment, grants = [] }: Sequence): Json | undefined {
  if (comment === undefined && grants.length === 0) return undefined;
  return { comment, grants: describeGrants(grants) };
}

function describeGrants(grants: readonly Grant[]): Json {
  return grants.map((grant) => `${grant.role} ${grant.privilege}${grant.isGrantable ? ' grantable' : ''}`).sort();
}

function byName<Named extends { readonly name: string }>(all: readonly Named[], describe: (one: Named) => Json): Json {
  return Object.fromEntries(all.map((one) => [one.name, describe(one)]));
}
