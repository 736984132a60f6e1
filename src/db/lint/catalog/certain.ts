import type { Catalog, Relation } from './catalog.ts';

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

/** Columns that every table has and no statement names. */
const systemColumns: ReadonlySet<string> = new Set(['tableoid', 'cmax', 'xmax', 'cmin', 'xmin', 'ctid']);
