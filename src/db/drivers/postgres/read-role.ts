import * as z from 'zod';
import type { Check } from '#core/report';
import { firstRow } from '../../rows.ts';
import type { Session } from '../../session.ts';
import { quoteName } from './quote.ts';

const named = 5;

const roleRow = z.object({
  role: z.string(),
  database: z.string(),
  mighty: z.array(z.string()),
  changes: z.array(z.string()),
  creates: z.array(z.string()),
  hidden_schemas: z.array(z.string()),
  hidden_tables: z.array(z.string()),
  protected_tables: z.array(z.string()),
  borrowed: z.number(),
});
type Role = z.infer<typeof roleRow>;

/** Whether looking is done as a user who cannot write, and whether that user sees what has to be looked at. */
export async function readRoleChecks(session: Session, runner: string | undefined): Promise<readonly Check[]> {
  if (runner === undefined) return [notNamed];
  const role = firstRow(await session.query(roleQuery, [runner]), roleRow);
  return [writingCheck(role, runner), sightCheck(role)];
}

const notNamed: Check = {
  id: 'read-role',
  ok: true,
  detail: 'What only looks does so as the same role, in read-only transactions: no user for reading is named.',
  next: 'Name one by READ_DATABASE_URL, or by readUrl of the target in godwit.config; docs/read-role.md has the GRANTs.',
};

function writingCheck({ role, mighty, changes, creates, borrowed }: Role, runner: string): Check {
  const id = 'read-role';
  const can = [
    ...mighty,
    ...(changes.length === 0 ? [] : [`it may change ${some(changes)}`]),
    ...(creates.length === 0 ? [] : [`it may create objects in ${some(creates)}`]),
  ];
  if (can.length > 0)
    return {
      id,
      ok: false,
      detail: `What only looks does so as role ${role}, and that role can write: ${can.join('; ')}.`,
      next: `Make one that cannot: CREATE ROLE … LOGIN; GRANT pg_read_all_data TO …; (docs/read-role.md), and take from PUBLIC what it should not have, e.g. REVOKE CREATE ON SCHEMA public FROM PUBLIC;`,
    };
  const functions =
    borrowed === 0
      ? ''
      : ` ${borrowed} functions that it may call run with the rights of their owners (SECURITY DEFINER); the read-only transaction holds them.`;
  return {
    id,
    ok: true,
    detail: `What only looks does so as role ${role}, which can write nothing in this database; runs change it as ${runner}.${functions}`,
  };
}

function sightCheck({ role, database, hidden_schemas, hidden_tables, protected_tables }: Role): Check {
  const id = 'read-sight';
  const name = quoteName(role);
  const lacks = [
    ...(hidden_schemas.length === 0 ? [] : [`schemas ${some(hidden_schemas)}`]),
    ...(hidden_tables.length === 0 ? [] : [`tables ${some(hidden_tables)}`]),
    ...(protected_tables.length === 0 ? [] : [`all rows of ${some(protected_tables)} (row security)`]),
  ];
  if (lacks.length === 0) return { id, ok: true, detail: `Role ${role} may read all tables of ${database}.` };
  const grants = [
    ...hidden_schemas.slice(0, named).map((schema) => `GRANT USAGE ON SCHEMA ${quoteName(schema)} TO ${name};`),
    ...hidden_tables.slice(0, named).map((table) => `GRANT SELECT ON ${table} TO ${name};`),
    ...(protected_tables.length === 0 ? [] : [`ALTER ROLE ${name} BYPASSRLS;`]),
  ];
  return {
    id,
    ok: false,
    detail: `Role ${role} may not read ${lacks.join('; ')}: verify and looks at rows fail there.`,
    next: `${grants.join(' ')} From PostgreSQL 14 on, GRANT pg_read_all_data TO ${name}; gives schemas and tables at once.`,
  };
}

function some(names: readonly string[]): string {
  return `${names.slice(0, named).join(', ')}${names.length > named ? ` and ${names.length - named} more` : ''}`;
}

/**
 * What the session's role, or a role that it may become, can do to this database. Membership counts whether or not it is
 * inherited: SET ROLE is one statement. A role that may create roles, or write files, can give itself all the rest.
 */
const roleQuery = `
WITH mine AS (SELECT r.* FROM pg_catalog.pg_roles r WHERE pg_catalog.pg_has_role(current_user, r.oid, 'MEMBER')),
relations AS (
  SELECT c.oid, c.relkind, c.relrowsecurity, n.nspname, n.oid AS schema, c.relowner,
    pg_catalog.format('%I.%I', n.nspname, c.relname) AS name
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')),
schemas AS (
  SELECT n.oid, n.nspname, n.nspowner FROM pg_catalog.pg_namespace n
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema')
SELECT current_user::text AS role, pg_catalog.current_database()::text AS database,
  ARRAY(
    SELECT 'role ' || rolname || ' is a superuser' FROM mine WHERE rolsuper
    UNION ALL SELECT 'it may create roles (' || rolname || ')' FROM mine WHERE rolcreaterole AND NOT rolsuper
    UNION ALL SELECT 'it is the role that runs change the database as' WHERE current_user = $1::text
    UNION ALL SELECT 'it may become ' || rolname || ', as whom runs change the database' FROM mine
      WHERE rolname = $1::text AND current_user <> $1::text AND NOT (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)
    UNION ALL SELECT 'it is a member of ' || rolname FROM mine
      WHERE rolname IN ('pg_write_all_data', 'pg_write_server_files', 'pg_execute_server_program', 'pg_maintain')
        AND NOT (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)) AS mighty,
  ARRAY(SELECT r.name FROM relations r WHERE EXISTS (SELECT FROM mine m WHERE m.oid = r.relowner
      OR CASE WHEN r.relkind = 'S' THEN pg_catalog.has_sequence_privilege(m.oid, r.oid, 'USAGE, UPDATE')
        ELSE pg_catalog.has_table_privilege(m.oid, r.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER')
          OR pg_catalog.has_any_column_privilege(m.oid, r.oid, 'INSERT, UPDATE') END) ORDER BY 1) AS changes,
  ARRAY(SELECT 'database ' || pg_catalog.current_database() WHERE EXISTS (
      SELECT FROM mine m WHERE pg_catalog.has_database_privilege(m.oid, pg_catalog.current_database(), 'CREATE'))
    UNION ALL SELECT 'schema ' || s.nspname FROM schemas s WHERE EXISTS (
      SELECT FROM mine m WHERE m.oid = s.nspowner OR pg_catalog.has_schema_privilege(m.oid, s.oid, 'CREATE'))) AS creates,
  ARRAY(SELECT s.nspname::text FROM schemas s WHERE NOT pg_catalog.has_schema_privilege(s.oid, 'USAGE') ORDER BY 1)
    AS hidden_schemas,
  ARRAY(SELECT r.name FROM relations r WHERE r.relkind <> 'S'
    AND NOT pg_catalog.has_table_privilege(r.oid, 'SELECT') ORDER BY 1) AS hidden_tables,
  ARRAY(SELECT r.name FROM relations r WHERE r.relrowsecurity
    AND pg_catalog.row_security_active(r.oid) ORDER BY 1) AS protected_tables,
  (SELECT pg_catalog.count(*)::int4 FROM pg_catalog.pg_proc p JOIN schemas s ON s.oid = p.pronamespace
    WHERE p.prosecdef AND pg_catalog.has_function_privilege(p.oid, 'EXECUTE')
      AND pg_catalog.has_schema_privilege(s.oid, 'USAGE')) AS borrowed`;
