import type { RangeVar } from 'libpg-query';
import { type Catalog, keyOf, type Moment, type Relation } from './catalog.ts';

/**
 * Is a table surely as the catalog has it? Where the migrations or a schema made it, and since then nothing ran of which
 * nobody can read what it did. What a statement says of it that does not fit then fails.
 */
export function isCertain(catalog: Catalog, relation: Relation | undefined): relation is Relation {
  if (relation === undefined || !catalog.isCertain || !relation.isCertain) return false;
  const isTable = relation.kind === 'table' || relation.kind === 'partitioned';
  return isTable && relation.persistence !== 'temporary' && (relation.born.migration !== 'base' || catalog.isWhole);
}

/** Has a table surely no column of the name? */
export function isSurelyMissing(catalog: Catalog, relation: Relation | undefined, column: string): boolean {
  return isCertain(catalog, relation) && !relation.columns.has(column) && !systemColumns.has(column);
}

/** The schema in which a statement looks for a name, where that is one alone. */
export function schemaSaid({ searchPath }: Catalog, { schemaname }: RangeVar): string | undefined {
  return schemaname ?? (searchPath.length === 1 ? searchPath[0] : undefined);
}

/**
 * Since when there is surely no index of a name: where it was dropped, or `base` where the schema does not have it.
 * Undefined where there may be one: those that the server makes on partitions, with names of its own, are not followed.
 */
export function missingSince(catalog: Catalog, name: RangeVar): Moment | undefined {
  const schema = schemaSaid(catalog, name);
  if (schema === undefined || !catalog.isCertain) return undefined;
  const key = keyOf({ schema, name: name.relname ?? '' });
  if (catalog.relations.has(key) || catalog.indexes.has(key)) return undefined;
  const mayBeOfPartition = /_(idx|key|pkey|excl)\d*$/.test(key);
  if (mayBeOfPartition && [...catalog.relations.values()].some(({ kind }) => kind === 'partitioned')) return undefined;
  const gone = catalog.goneIndexes.get(key) ?? (catalog.isWhole ? { migration: 'base' } : 'maybe');
  return gone === 'maybe' ? undefined : gone;
}

/** Columns that every table has and no statement names. */
const systemColumns: ReadonlySet<string> = new Set(['tableoid', 'cmax', 'xmax', 'cmin', 'xmin', 'ctid']);
