import * as z from 'zod';
import type { Sequence } from '../../../schema.ts';
import { grantRows, grantsOf } from './relations.ts';
import { type CatalogReader, isNotOfExtension, isUserSchema, orUndefined } from './scope.ts';

const sequenceRow = z.object({
  schema: z.string(),
  name: z.string(),
  type: z.string(),
  start: z.string(),
  increment: z.string(),
  minimum: z.string(),
  maximum: z.string(),
  cache: z.string(),
  is_cycle: z.boolean(),
  owner: z.object({ schema: z.string(), name: z.string(), column: z.string() }).nullable(),
  is_identity: z.boolean(),
  comment: z.string().nullable(),
  grants: grantRows,
});

/** Sequences with their options as CREATE SEQUENCE takes them; never their values. */
export async function readSequences(catalog: CatalogReader): Promise<readonly Sequence[]> {
  const rows = await catalog.rows(sequencesQuery, sequenceRow);
  return rows.map((row) => ({
    schema: row.schema,
    name: row.name,
    type: row.type,
    definition: [
      `START WITH ${row.start} INCREMENT BY ${row.increment} MINVALUE ${row.minimum} MAXVALUE ${row.maximum}`,
      `CACHE ${row.cache}${row.is_cycle ? ' CYCLE' : ''}`,
    ].join(' '),
    ownedBy:
      row.owner === null
        ? undefined
        : { table: { schema: row.owner.schema, name: row.owner.name }, column: row.owner.column },
    isIdentity: row.is_identity,
    comment: orUndefined(row.comment),
    grants: row.grants,
  }));
}

const sequencesQuery = `
SELECT n.nspname::text AS schema, c.relname::text AS name, pg_catalog.format_type(s.seqtypid, NULL) AS type,
  s.seqstart::text AS start, s.seqincrement::text AS increment, s.seqmin::text AS minimum, s.seqmax::text AS maximum,
  s.seqcache::text AS cache, s.seqcycle AS is_cycle,
  CASE WHEN d.objid IS NOT NULL THEN pg_catalog.json_build_object(
    'schema', tn.nspname, 'name', t.relname, 'column', a.attname) END AS owner,
  coalesce(d.deptype = 'i', false) AS is_identity,
  pg_catalog.obj_description(c.oid, 'pg_class') AS comment, ${grantsOf('c.relacl', 'c.relowner')} AS grants
FROM pg_catalog.pg_sequence s
JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
  AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
LEFT JOIN pg_catalog.pg_class t ON t.oid = d.refobjid
LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
WHERE ${isUserSchema} AND ${isNotOfExtension('pg_class', 'c.oid')}
ORDER BY n.nspname, c.relname`;
