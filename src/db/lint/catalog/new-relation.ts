import type { RangeVar } from 'libpg-query';
import { type Catalog, forgetIndex, keyOf, type Relation, type RelationKind, relationOf } from './catalog.ts';

/** Puts a relation into the catalog, in place of one of the same name, and returns it. */
export function addRelation(
  catalog: Catalog,
  name: RangeVar | undefined,
  parts: { readonly kind: RelationKind } & Partial<Relation>,
): Relation {
  const relation: Relation = {
    schema: schemaOf(catalog, name),
    name: name?.relname ?? '',
    columns: new Map(),
    constraints: new Map(),
    indexes: new Map(),
    triggers: new Map(),
    tablespace: undefined,
    partitions: new Set(),
    referrers: new Set(),
    readers: new Set(),
    parent: undefined,
    isKnown: true,
    isCertain: parts.isKnown ?? true,
    born: catalog.moment,
    persistence: persistenceOf(name),
    replicaIdentity: 'default',
    isDefaultPartition: false,
    hasRowSecurity: false,
    partitionKey: undefined,
    reads: [],
    readsColumns: new Map(),
    rows: undefined,
    bytes: undefined,
    ...parts,
  };
  catalog.relations.set(keyOf(relation), relation);
  for (const read of relation.reads) read.readers.add(relation);
  return relation;
}

/** The relation of a name; one of which nothing is known is taken for a table that was there before. */
export function relationOrUnknown(catalog: Catalog, name: RangeVar | undefined): Relation {
  const found = relationOf(catalog, name);
  if (found !== undefined) return found;
  return addRelation(catalog, name, { kind: 'table', isKnown: false, born: { migration: 'base' } });
}

/** Takes a relation, its indexes, and the foreign keys upon it out. */
export function removeRelation(catalog: Catalog, relation: Relation): void {
  for (const part of relation.partitions) removeRelation(catalog, part);
  relation.parent?.partitions.delete(relation);
  for (const { name } of relation.indexes.values()) forgetIndex(catalog, keyOf({ schema: relation.schema, name }));
  for (const { constraints } of relation.referrers) {
    for (const { name, references } of constraints.values()) {
      if (references?.relation === relation) constraints.delete(name);
    }
  }
  catalog.relations.delete(keyOf(relation));
}

function schemaOf(catalog: Catalog, name: RangeVar | undefined): string {
  if (name?.schemaname !== undefined) return name.schemaname;
  return name?.relpersistence === 't' ? 'pg_temp' : (catalog.searchPath[0] ?? 'public');
}

function persistenceOf(name: RangeVar | undefined): Relation['persistence'] {
  if (name?.relpersistence === 't') return 'temporary';
  return name?.relpersistence === 'u' ? 'unlogged' : 'permanent';
}
