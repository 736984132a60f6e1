import * as z from 'zod';
import type { UserType } from '../../../schema.ts';
import { quoteLiteral, quoteName, quoteQualified } from '../quote.ts';
import { type CatalogReader, isNotOfExtension, isUserSchema } from './scope.ts';

const typeRow = z.object({
  schema: z.string(),
  name: z.string(),
  kind: z.enum(['enum', 'domain', 'composite', 'range']),
  labels: z.array(z.string()),
  base: z.string().nullable(),
  collation: z.string().nullable(),
  default: z.string().nullable(),
  is_not_null: z.boolean(),
  checks: z.array(z.object({ name: z.string(), definition: z.string() })),
  attributes: z.array(z.object({ name: z.string(), type: z.string(), collation: z.string().nullable() })),
  range: z
    .object({
      subtype: z.string(),
      operatorClass: z.string(),
      collation: z.string().nullable(),
      canonical: z.string().nullable(),
      difference: z.string().nullable(),
      multirange: z.string().nullable(),
    })
    .nullable(),
});
type TypeRow = z.infer<typeof typeRow>;

/** Enums, domains, composite and range types, each with the statement that creates it. */
export async function readTypes(catalog: CatalogReader): Promise<readonly UserType[]> {
  const rows = await catalog.rows(typesQuery(catalog.version), typeRow);
  return rows.map((row) => ({
    schema: row.schema,
    name: row.name,
    kind: row.kind,
    definition: definitionOf(row),
    labels: row.labels,
  }));
}

function definitionOf(row: TypeRow): string {
  const name = quoteQualified(row);
  switch (row.kind) {
    case 'enum':
      return `CREATE TYPE ${name} AS ENUM (${row.labels.map(quoteLiteral).join(', ')})`;
    case 'domain':
      return domainDefinition(row, name);
    case 'composite':
      return `CREATE TYPE ${name} AS (${row.attributes.map(attribute).join(', ')})`;
    case 'range':
      return rangeDefinition(row, name);
  }
}

function domainDefinition(row: TypeRow, name: string): string {
  const checks = row.checks.map((check) => `CONSTRAINT ${quoteName(check.name)} ${check.definition}`);
  return [
    `CREATE DOMAIN ${name} AS ${row.base}`,
    ...(row.collation === null ? [] : [`COLLATE ${row.collation}`]),
    ...(row.default === null ? [] : [`DEFAULT ${row.default}`]),
    ...(row.is_not_null ? ['NOT NULL'] : []),
    ...checks,
  ].join(' ');
}

function attribute(part: TypeRow['attributes'][number]): string {
  return `${quoteName(part.name)} ${part.type}${part.collation === null ? '' : ` COLLATE ${part.collation}`}`;
}

function rangeDefinition(row: TypeRow, name: string): string {
  const range = row.range;
  const parts = [
    `SUBTYPE = ${range?.subtype}`,
    `SUBTYPE_OPCLASS = ${range?.operatorClass}`,
    ...(range?.collation ? [`COLLATION = ${range.collation}`] : []),
    ...(range?.canonical ? [`CANONICAL = ${range.canonical}`] : []),
    ...(range?.difference ? [`SUBTYPE_DIFF = ${range.difference}`] : []),
    ...(range?.multirange ? [`MULTIRANGE_TYPE_NAME = ${range.multirange}`] : []),
  ];
  return `CREATE TYPE ${name} AS RANGE (${parts.join(', ')})`;
}

function collationName(id: string): string {
  return `(SELECT pg_catalog.format('%I.%I', cn.nspname, co.collname) FROM pg_catalog.pg_collation co
    JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace WHERE co.oid = ${id})`;
}

function functionName(id: string): string {
  return `(SELECT pg_catalog.format('%I.%I', fn.nspname, f.proname) FROM pg_catalog.pg_proc f
    JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace WHERE f.oid = ${id})`;
}

function typesQuery(version: number): string {
  const multirange =
    version < 140_000
      ? 'NULL'
      : `(SELECT pg_catalog.format('%I.%I', mn.nspname, mt.typname) FROM pg_catalog.pg_type mt
        JOIN pg_catalog.pg_namespace mn ON mn.oid = mt.typnamespace WHERE mt.oid = r.rngmultitypid)`;
  return `
SELECT n.nspname::text AS schema, t.typname::text AS name,
  CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'c' THEN 'composite' ELSE 'range' END AS kind,
  ARRAY(SELECT e.enumlabel::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) AS labels,
  CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) END AS base,
  CASE WHEN t.typtype = 'd' AND t.typcollation <> 0 AND t.typcollation <> (
      SELECT b.typcollation FROM pg_catalog.pg_type b WHERE b.oid = t.typbasetype)
    THEN ${collationName('t.typcollation')} END AS collation,
  pg_catalog.pg_get_expr(t.typdefaultbin, 0) AS default, t.typnotnull AS is_not_null,
  (SELECT coalesce(pg_catalog.json_agg(pg_catalog.json_build_object('name', k.conname,
      'definition', pg_catalog.pg_get_constraintdef(k.oid)) ORDER BY k.conname), '[]')
    FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c') AS checks,
  (SELECT coalesce(pg_catalog.json_agg(pg_catalog.json_build_object('name', a.attname,
      'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
      'collation', CASE WHEN a.attcollation <> 0 AND a.attcollation <> at.typcollation
        THEN ${collationName('a.attcollation')} END) ORDER BY a.attnum), '[]')
    FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type at ON at.oid = a.atttypid
    WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) AS attributes,
  (SELECT pg_catalog.json_build_object('subtype', pg_catalog.format_type(r.rngsubtype, NULL),
      'operatorClass', pg_catalog.format('%I.%I', pn.nspname, oc.opcname),
      'collation', CASE WHEN r.rngcollation <> 0 THEN ${collationName('r.rngcollation')} END,
      'canonical', ${functionName('r.rngcanonical')}, 'difference', ${functionName('r.rngsubdiff')},
      'multirange', ${multirange})
    FROM pg_catalog.pg_range r JOIN pg_catalog.pg_opclass oc ON oc.oid = r.rngsubopc
    JOIN pg_catalog.pg_namespace pn ON pn.oid = oc.opcnamespace WHERE r.rngtypid = t.oid) AS range
FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
WHERE t.typtype IN ('e', 'd', 'c', 'r') AND (c.oid IS NULL OR c.relkind = 'c')
  AND ${isUserSchema} AND ${isNotOfExtension('pg_type', 't.oid')}
ORDER BY n.nspname, t.typname`;
}
