import * as z from 'zod';
import type { Constraint } from '../../../schema.ts';
import { type CatalogReader, isUserSchema, orUndefined } from './scope.ts';

const constraintRow = z.object({
  relation: z.number(),
  name: z.string(),
  kind: z.enum(['primary-key', 'unique', 'check', 'foreign-key', 'exclusion']),
  definition: z.string(),
  columns: z.array(z.string()),
  referenced_schema: z.string().nullable(),
  referenced_name: z.string().nullable(),
  referenced_columns: z.array(z.string()),
  on_delete: z.string().nullable(),
  on_update: z.string().nullable(),
  index: z.string().nullable(),
  is_validated: z.boolean(),
  is_deferrable: z.boolean(),
  is_inherited: z.boolean(),
  comment: z.string().nullable(),
});
/** A constraint as the catalog has it. */
export type ConstraintRow = z.infer<typeof constraintRow>;

/** Constraints of all tables but NOT NULL, which is a column's flag, and constraint triggers. */
export async function readConstraints(catalog: CatalogReader): Promise<readonly ConstraintRow[]> {
  return await catalog.rows(constraintsQuery, constraintRow);
}

/** A constraint of the table with that id. */
export function constraintOf(row: ConstraintRow, tableId: string): Constraint {
  return {
    id: `${tableId}.${row.name}`,
    name: row.name,
    kind: row.kind,
    definition: row.definition,
    columns: row.columns.map((column) => `${tableId}.${column}`),
    references:
      row.referenced_schema === null || row.referenced_name === null
        ? undefined
        : {
            table: { schema: row.referenced_schema, name: row.referenced_name },
            columns: row.referenced_columns,
            onDelete: row.on_delete ?? 'no action',
            onUpdate: row.on_update ?? 'no action',
          },
    index: orUndefined(row.index),
    isValidated: row.is_validated,
    isDeferrable: row.is_deferrable,
    isInherited: row.is_inherited,
    comment: orUndefined(row.comment),
  };
}

function columnNames(numbers: string, relation: string): string {
  return `ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(${numbers}) WITH ORDINALITY key (number, place)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = ${relation} AND a.attnum = key.number ORDER BY key.place)`;
}

function referentialAction(code: string): string {
  return `CASE ${code} WHEN 'a' THEN 'no action' WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade'
    WHEN 'n' THEN 'set null' WHEN 'd' THEN 'set default' END`;
}

/** A foreign key to a partitioned table has a row of its own for each partition, on the same table: not a constraint of the user's. */
const constraintsQuery = `
SELECT k.conrelid AS relation, k.conname::text AS name,
  CASE k.contype WHEN 'p' THEN 'primary-key' WHEN 'u' THEN 'unique' WHEN 'c' THEN 'check'
    WHEN 'f' THEN 'foreign-key' ELSE 'exclusion' END AS kind,
  pg_catalog.pg_get_constraintdef(k.oid) AS definition,
  ${columnNames('k.conkey', 'k.conrelid')} AS columns,
  rn.nspname::text AS referenced_schema, r.relname::text AS referenced_name,
  ${columnNames('k.confkey', 'k.confrelid')} AS referenced_columns,
  ${referentialAction('k.confdeltype')} AS on_delete, ${referentialAction('k.confupdtype')} AS on_update,
  CASE WHEN k.contype IN ('p', 'u', 'x') THEN i.relname::text END AS index,
  k.convalidated AS is_validated, k.condeferrable AS is_deferrable,
  (k.coninhcount > 0 OR k.conparentid <> 0) AS is_inherited,
  pg_catalog.obj_description(k.oid, 'pg_constraint') AS comment
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_class r ON r.oid = k.confrelid AND k.contype = 'f'
LEFT JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
LEFT JOIN pg_catalog.pg_class i ON i.oid = k.conindid
LEFT JOIN pg_catalog.pg_constraint parent ON parent.oid = k.conparentid
WHERE k.contype IN ('p', 'u', 'c', 'f', 'x') AND ${isUserSchema}
  AND (parent.oid IS NULL OR parent.conrelid <> k.conrelid)
ORDER BY k.conrelid, k.conname`;
