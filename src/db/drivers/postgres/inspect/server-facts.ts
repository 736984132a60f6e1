import * as z from 'zod';
import type { ServerFacts, Snapshot } from '../../../schema.ts';
import { type CatalogReader, isUserSchema } from './scope.ts';

/** Settings that a plan or its reader may depend on, as the role starts with; those that it may not see are left out. */
const settingsThatMatter = [
  'server_version',
  'wal_level',
  'max_connections',
  'deadlock_timeout',
  'lock_timeout',
  'statement_timeout',
  'max_locks_per_transaction',
  'maintenance_work_mem',
  'max_parallel_maintenance_workers',
  'autovacuum',
  'synchronous_commit',
  'synchronous_standby_names',
  'shared_preload_libraries',
  'default_tablespace',
  'default_toast_compression',
  'hot_standby',
  'track_activity_query_size',
  'server_encoding',
  'TimeZone',
  'in_hot_standby',
  'max_wal_size',
  'max_replication_slots',
] as const;

const factsRow = z.object({
  database: z.string(),
  role: z.string(),
  settings: z.record(z.string(), z.string()),
  schemas: z.array(z.string()),
  extensions: z.array(z.object({ name: z.string(), version: z.string(), schema: z.string() })),
});

/** Server, schemas and extensions: the frame of a snapshot. */
export async function readServerFacts(
  catalog: CatalogReader,
): Promise<Pick<Snapshot, 'schemas' | 'extensions'> & { readonly server: ServerFacts }> {
  const [row] = await catalog.rows(factsQuery, factsRow);
  if (row === undefined) throw new Error('the server gave no row for its own settings');
  const { database, role, settings, schemas, extensions } = row;
  return { server: { version: catalog.version, settings, database, role }, schemas, extensions };
}

const factsQuery = `
SELECT pg_catalog.current_database()::text AS database, current_user::text AS role,
  (SELECT pg_catalog.json_object_agg(s.name,
      CASE WHEN s.context = 'user' THEN s.reset_val ELSE s.setting END) FROM pg_catalog.pg_settings s
    WHERE s.name IN (${settingsThatMatter.map((setting) => `'${setting}'`).join(', ')})) AS settings,
  ARRAY(SELECT n.nspname::text FROM pg_catalog.pg_namespace n WHERE ${isUserSchema} ORDER BY 1) AS schemas,
  (SELECT coalesce(pg_catalog.json_agg(pg_catalog.json_build_object(
      'name', e.extname, 'version', e.extversion, 'schema', n.nspname) ORDER BY e.extname), '[]')
    FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname <> 'plpgsql') AS extensions`;
