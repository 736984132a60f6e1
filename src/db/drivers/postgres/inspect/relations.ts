import * as z from 'zod';
import { type CatalogReader, isNotOfExtension, isUserSchema } from './scope.ts';

export const grantRows = z.array(z.object({ role: z.string(), privilege: z.string(), isGrantable: z.boolean() }));
const nameRow = z.object({ schema: z.string(), name: z.string() });

const relationRow = z.object({
  oid: z.number(),
  schema: z.string(),
  name: z.string(),
  kind: z.enum(['r', 'p', 'f', 'v', 'm']),
  is_partition: z.boolean(),
  owner: z.string(),
  comment: z.string().nullable(),
  row_security: z.enum(['off', 'on', 'forced']),
  replica_identity: z.string(),
  persistence: z.enum(['p', 'u', 't']),
  options: z.array(z.string()).nullable(),
  partition_key: z.string().nullable(),
  partition_bound: z.string().nullable(),
  parents: z.array(nameRow),
  publications: z.array(z.string()),
  grants: grantRows,
  reltuples: z.number(),
  relpages: z.number(),
  heap_bytes: z.number(),
  bytes: z.number(),
  may_count: z.boolean(),
  definition: z.string().nullable(),
});
/** A table or view as the catalog has it. */
export type RelationRow = z.infer<typeof relationRow>;

/** Tables, partitions, foreign tables and views of the user's, by schema and name. */
export async function readRelations(catalog: CatalogReader): Promise<readonly RelationRow[]> {
  return await catalog.rows(relationsQuery(catalog.version), relationRow);
}

/** Privileges that an access list gives to others than the owner, as JSON. An owner's own are always there. */
export function grantsOf(accessList: string, owner: string): string {
  return `(SELECT coalesce(pg_catalog.json_agg(pg_catalog.json_build_object(
      'role', CASE g.grantee WHEN 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(g.grantee) END,
      'privilege', g.privilege_type, 'isGrantable', g.is_grantable) ORDER BY
      CASE g.grantee WHEN 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(g.grantee) END, g.privilege_type), '[]')
    FROM pg_catalog.aclexplode(${accessList}) g WHERE g.grantee <> ${owner})`;
}

/** Replica identity in words; publications reach a table by its name, its schema (from 15) or as all tables. */
function relationsQuery(version: number): string {
  const bySchema =
    version < 150_000
      ? 'false'
      : `EXISTS (SELECT FROM pg_catalog.pg_publication_namespace pn
      WHERE pn.pnpubid = pub.oid AND pn.pnnspid = c.relnamespace)`;
  return `
SELECT c.oid, n.nspname::text AS schema, c.relname::text AS name, c.relkind::text AS kind,
  c.relispartition AS is_partition, pg_catalog.pg_get_userbyid(c.relowner)::text AS owner,
  pg_catalog.obj_description(c.oid, 'pg_class') AS comment,
  CASE WHEN NOT c.relrowsecurity THEN 'off' WHEN c.relforcerowsecurity THEN 'forced' ELSE 'on' END AS row_security,
  CASE c.relreplident WHEN 'd' THEN 'default' WHEN 'n' THEN 'nothing' WHEN 'f' THEN 'full' ELSE 'index ' || (
    SELECT ic.relname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
    WHERE i.indrelid = c.oid AND i.indisreplident) END AS replica_identity,
  c.relpersistence::text AS persistence, c.reloptions AS options,
  CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END AS partition_key,
  pg_catalog.pg_get_expr(c.relpartbound, c.oid) AS partition_bound,
  (SELECT coalesce(pg_catalog.json_agg(pg_catalog.json_build_object('schema', pn.nspname, 'name', pc.relname)
      ORDER BY h.inhseqno), '[]')
    FROM pg_catalog.pg_inherits h JOIN pg_catalog.pg_class pc ON pc.oid = h.inhparent
    JOIN pg_catalog.pg_namespace pn ON pn.oid = pc.relnamespace WHERE h.inhrelid = c.oid) AS parents,
  ARRAY(SELECT pub.pubname::text FROM pg_catalog.pg_publication pub WHERE c.relkind IN ('r', 'p') AND (
      pub.puballtables OR ${bySchema} OR EXISTS (SELECT FROM pg_catalog.pg_publication_rel pr
        WHERE pr.prpubid = pub.oid AND pr.prrelid = c.oid)) ORDER BY 1) AS publications,
  ${grantsOf('c.relacl', 'c.relowner')} AS grants,
  c.reltuples::float8, c.relpages,
  CASE WHEN c.relkind IN ('r', 'm') THEN pg_catalog.pg_relation_size(c.oid) ELSE 0 END::float8 AS heap_bytes,
  CASE WHEN c.relkind IN ('r', 'm') THEN pg_catalog.pg_total_relation_size(c.oid) ELSE 0 END::float8 AS bytes,
  c.relkind = 'r' AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
    AND NOT pg_catalog.row_security_active(c.oid) AS may_count,
  CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) END AS definition
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND ${isUserSchema} AND ${isNotOfExtension('pg_class', 'c.oid')}
ORDER BY n.nspname, c.relname`;
}
