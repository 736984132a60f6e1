import * as z from 'zod';
import { firstRow } from '../../rows.ts';
import type { Session } from '../../session.ts';

/**
 * The schemas in which this role's own sessions look up a name without a schema: the search path that database and
 * role give (`ALTER ROLE … SET`), with those that are there. Sessions of ours have another one. That of another role is
 * worked out from the catalog.
 */
export async function searchPathOf(session: Session, role?: string): Promise<readonly string[]> {
  if (role !== undefined) return searchPathOfRole(session, role);
  return session.transaction(
    async () => {
      await session.query('SET LOCAL search_path TO DEFAULT');
      const result = await session.query('SELECT pg_catalog.to_json(pg_catalog.current_schemas(false)) AS path');
      return firstRow(result, z.object({ path: z.array(z.string()) })).path;
    },
    { isReadOnly: true },
  );
}

async function searchPathOfRole(session: Session, role: string): Promise<readonly string[]> {
  const { stated } = firstRow(await session.query(statedQuery, [role]), z.object({ stated: z.string() }));
  const names = namesIn(stated).map((name) => (name === '$user' ? role : name));
  const result = await session.query(thereQuery, [names, role]);
  return firstRow(result, z.object({ path: z.array(z.string()) })).path;
}

/** The names of a list of identifiers, as the server reads it: unquoted ones in lower case. */
function namesIn(list: string): readonly string[] {
  const found = [...list.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^",\s]+))\s*(?:,|$)/g)];
  return found.map(([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain.toLowerCase());
}

/**
 * The nearest that is stated: for the role in this database, the role, the database, all roles
 * (https://www.postgresql.org/docs/18/sql-alterrole.html). Without one the server's own holds, which a session shows where
 * nothing is stated for its role either.
 */
const statedQuery = `
WITH stated AS (
  SELECT s.setrole, s.setdatabase, pg_catalog.substr(c.setting, 13) AS path
  FROM pg_catalog.pg_db_role_setting s, pg_catalog.unnest(s.setconfig) AS c (setting)
  WHERE c.setting LIKE 'search\\_path=%'
    AND s.setdatabase IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())))
SELECT coalesce(
  (SELECT path FROM stated WHERE setrole IN (0, (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = $1))
    ORDER BY setrole = 0, setdatabase = 0 LIMIT 1),
  (SELECT CASE WHEN EXISTS (SELECT FROM stated WHERE setrole =
      (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user)) THEN boot_val ELSE reset_val END
    FROM pg_catalog.pg_settings WHERE name = 'search_path')) AS stated`;

const thereQuery = `
SELECT coalesce(pg_catalog.json_agg(n.nspname ORDER BY wanted.place), '[]') AS path
FROM pg_catalog.unnest($1::text[]) WITH ORDINALITY AS wanted (name, place)
JOIN pg_catalog.pg_namespace n ON n.nspname = wanted.name
WHERE pg_catalog.has_schema_privilege($2::name, n.oid, 'USAGE')`;
