import * as z from 'zod';
import type { Index } from '../../../schema.ts';
import { type CatalogReader, isUserSchema, orUndefined } from './scope.ts';

const indexRow = z.object({
  relation: z.number(),
  schema: z.string(),
  name: z.string(),
  definition: z.string(),
  method: z.string(),
  is_unique: z.boolean(),
  columns: z.array(z.string()),
  include: z.array(z.string()),
  depends_on: z.array(z.string()),
  has_expressions: z.boolean(),
  predicate: z.string().nullable(),
  is_valid: z.boolean(),
  constraint: z.string().nullable(),
  comment: z.string().nullable(),
  bytes: z.number(),
});
/** An index as the catalog has it. */
export type IndexRow = z.infer<typeof indexRow>;

/** Indexes of all tables and materialized views. */
export async function readIndexes(catalog: CatalogReader): Promise<readonly IndexRow[]> {
  return await catalog.rows(indexesQuery, indexRow);
}

/** An index of the relation with that id. */
export function indexOf(row: IndexRow, relationId: string): Index {
  const ids = (names: readonly string[]) => names.map((name) => `${relationId}.${name}`);
  return {
    id: `${row.schema}.${row.name}`,
    name: row.name,
    definition: row.definition,
    method: row.method,
    isUnique: row.is_unique,
    columns: ids(row.columns),
    include: ids(row.include),
    dependsOn: ids(row.depends_on),
    hasExpressions: row.has_expressions,
    predicate: orUndefined(row.predicate),
    isValid: row.is_valid,
    constraint: orUndefined(row.constraint),
    comment: orUndefined(row.comment),
    bytes: row.bytes,
  };
}

/**
 * An index mentions the columns of its key and those that its dependencies name, for expressions and predicate; with
 * a whole row in these (a variable with attribute number 0) it mentions all. Ready and live count into valid: only then
 * do queries use it and writes keep it.
 */
const indexesQuery = `
SELECT i.indrelid AS relation, n.nspname::text AS schema, ic.relname::text AS name,
  pg_catalog.pg_get_indexdef(i.indexrelid) AS definition, am.amname::text AS method, i.indisunique AS is_unique,
  ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY k (number, place)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
    WHERE k.number <> 0 AND k.place <= i.indnkeyatts ORDER BY k.place) AS columns,
  ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY k (number, place)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
    WHERE k.place > i.indnkeyatts ORDER BY k.place) AS include,
  ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
    WHERE a.attrelid = i.indrelid AND a.attnum > 0 AND NOT a.attisdropped
      AND (a.attnum = ANY (i.indkey::int2[]) OR EXISTS (SELECT FROM pg_catalog.pg_depend d
        WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = i.indexrelid
          AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = i.indrelid
          AND d.refobjsubid = a.attnum)
        OR pg_catalog.concat(i.indexprs::text, i.indpred::text) ~ ':varattno 0 ') ORDER BY a.attnum) AS depends_on,
  i.indexprs IS NOT NULL AS has_expressions, pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate,
  i.indisvalid AND i.indisready AND i.indislive AS is_valid, k.conname::text AS constraint,
  pg_catalog.obj_description(i.indexrelid, 'pg_class') AS comment,
  CASE WHEN ic.relkind = 'i' THEN pg_catalog.pg_relation_size(i.indexrelid) ELSE 0 END::float8 AS bytes
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
JOIN pg_catalog.pg_class c ON c.oid = i.indrelid AND c.relkind IN ('r', 'p', 'm')
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_am am ON am.oid = ic.relam
LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = i.indexrelid AND k.conrelid = i.indrelid
  AND k.contype IN ('p', 'u', 'x')
WHERE ${isUserSchema}
ORDER BY i.indrelid, ic.relname`;
