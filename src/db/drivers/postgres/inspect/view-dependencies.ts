import * as z from 'zod';
import type { View } from '../../../schema.ts';
import { type CatalogReader, isUserSchema } from './scope.ts';

const dependencyRow = z.object({
  view: z.number(),
  schema: z.string(),
  name: z.string(),
  columns: z.array(z.string()),
});
/** One relation that a view reads. */
export type ViewDependencyRow = z.infer<typeof dependencyRow>;

/** What every view reads, by single columns where the catalog says so. */
export async function readViewDependencies(catalog: CatalogReader): Promise<readonly ViewDependencyRow[]> {
  return await catalog.rows(dependenciesQuery, dependencyRow);
}

/** Dependencies with the columns by their ids. */
export function dependsOnOf(rows: readonly Omit<ViewDependencyRow, 'view'>[]): View['dependsOn'] {
  return rows.map(({ schema, name, columns }) => ({
    table: { schema, name },
    columns: columns.map((column) => `${schema}.${name}.${column}`),
  }));
}

const dependenciesQuery = `
SELECT r.ev_class AS view, tn.nspname::text AS schema, t.relname::text AS name,
  coalesce(pg_catalog.array_agg(DISTINCT a.attname::text) FILTER (WHERE a.attname IS NOT NULL), '{}') AS columns
FROM pg_catalog.pg_rewrite r
JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = r.oid
  AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid <> r.ev_class
JOIN pg_catalog.pg_class t ON t.oid = d.refobjid AND t.relkind IN ('r', 'p', 'f', 'v', 'm')
JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
WHERE r.rulename = '_RETURN' AND ${isUserSchema}
GROUP BY r.ev_class, tn.nspname, t.relname
ORDER BY r.ev_class, tn.nspname, t.relname`;
