import * as z from 'zod';
import type { Column } from '../../../schema.ts';
import { grantRows, grantsOf } from './relations.ts';
import { type CatalogReader, isUserSchema, orUndefined } from './scope.ts';

const columnRow = z.object({
  relation: z.number(),
  name: z.string(),
  type: z.string(),
  collation: z.string().nullable(),
  is_not_null: z.boolean(),
  expression: z.string().nullable(),
  volatility: z.enum(['constant', 'stable', 'volatile']).nullable(),
  identity: z.enum(['', 'a', 'd']),
  generated: z.enum(['', 's', 'v']),
  comment: z.string().nullable(),
  statistics_target: z.number().nullable(),
  storage: z.string().nullable(),
  compression: z.string().nullable(),
  sequence: z.object({ schema: z.string(), name: z.string() }).nullable(),
  grants: grantRows.nullable(),
});
/** A column as the catalog has it. */
export type ColumnRow = z.infer<typeof columnRow>;

/** Columns of all tables, in their order. */
export async function readColumns(catalog: CatalogReader): Promise<readonly ColumnRow[]> {
  return await catalog.rows(columnsQuery(catalog.version), columnRow);
}

/** A column of the table with that id. */
export function columnOf(row: ColumnRow, tableId: string): Column {
  const isGenerated = row.generated !== '';
  return {
    id: `${tableId}.${row.name}`,
    name: row.name,
    type: row.type,
    collation: orUndefined(row.collation),
    isNotNull: row.is_not_null,
    defaultExpression: isGenerated ? undefined : orUndefined(row.expression),
    defaultVolatility: isGenerated ? undefined : orUndefined(row.volatility),
    identity: row.identity === '' ? undefined : row.identity === 'a' ? 'always' : 'by default',
    generated: isGenerated
      ? { kind: row.generated === 's' ? 'stored' : 'virtual', expression: row.expression ?? '' }
      : undefined,
    sequence: orUndefined(row.sequence),
    comment: orUndefined(row.comment),
    statisticsTarget: orUndefined(row.statistics_target),
    storage: orUndefined(row.storage),
    compression: orUndefined(row.compression),
    grants: row.grants ?? [],
  };
}

/**
 * The volatility of a default is that of the most volatile function in its stored tree: dependencies do not name
 * built-in functions. CURRENT_TIMESTAMP and its kin are nodes of their own, and stable; so are casts through text.
 * PostgreSQL 18 keeps a NOT NULL that is not validated yet as a flag, too; to us it is not there before it holds.
 */
function columnsQuery(version: number): string {
  const notNull =
    version < 180_000
      ? 'a.attnotnull'
      : `(a.attnotnull AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k
      WHERE k.conrelid = a.attrelid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum] AND NOT k.convalidated))`;
  const compression = version < 140_000 ? 'NULL' : "CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END";
  return `
WITH sequences AS (
  SELECT d.refobjid, d.refobjsubid, pg_catalog.json_build_object('schema', sn.nspname, 'name', s.relname) AS name
  FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
  JOIN pg_catalog.pg_namespace sn ON sn.oid = s.relnamespace
  WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
    AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0)
SELECT a.attrelid AS relation, a.attname::text AS name, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
  CASE WHEN a.attcollation <> 0 AND a.attcollation <> t.typcollation
    THEN (SELECT pg_catalog.format('%I.%I', cn.nspname, co.collname) FROM pg_catalog.pg_collation co
      JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace WHERE co.oid = a.attcollation) END AS collation,
  ${notNull} AS is_not_null, pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS expression,
  CASE WHEN d.adbin IS NULL THEN NULL ELSE (
    SELECT CASE pg_catalog.max(CASE f.provolatile WHEN 'v' THEN 2 WHEN 's' THEN 1 ELSE 0 END)
      WHEN 2 THEN 'volatile' WHEN 1 THEN 'stable'
      ELSE CASE WHEN d.adbin::text ~ '{(SQLVALUEFUNCTION|COERCEVIAIO) ' THEN 'stable' ELSE 'constant' END END
    FROM pg_catalog.regexp_matches(d.adbin::text, ':(?:funcid|opfuncid) ([0-9]+)', 'g') m
    JOIN pg_catalog.pg_proc f ON f.oid = m[1]::pg_catalog.oid) END AS volatility,
  a.attidentity::text AS identity, a.attgenerated::text AS generated,
  pg_catalog.col_description(a.attrelid, a.attnum) AS comment,
  CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::int4 END AS statistics_target,
  CASE WHEN a.attstorage <> t.typstorage THEN CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external'
    WHEN 'm' THEN 'main' ELSE 'extended' END END AS storage,
  ${compression} AS compression, s.name AS sequence,
  CASE WHEN a.attacl IS NOT NULL THEN ${grantsOf('a.attacl', 'c.relowner')} END AS grants
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'f')
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN sequences s ON s.refobjid = a.attrelid AND s.refobjsubid = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped AND ${isUserSchema}
ORDER BY a.attrelid, a.attnum`;
}
