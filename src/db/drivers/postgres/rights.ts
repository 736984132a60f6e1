import * as z from 'zod';
import { fail, isFailure } from '#core/error';
import type { Rights } from '../../driver.ts';
import { plainName, type Snapshot } from '../../schema.ts';
import type { Session } from '../../session.ts';

const rightsRow = z.object({
  role: z.string(),
  is_superuser: z.boolean(),
  has_journal_place: z.boolean(),
  sees_statistics: z.boolean(),
  has_statement_statistics: z.boolean(),
  roles: z.array(z.string()),
  may_quiet_triggers: z.boolean(),
});

/**
 * What the role may do and see, the session's own or the named one. Changes nothing: whether its own may quiet triggers is
 * tried, because managed servers grant that to roles that are no superusers in ways of their own; of another one only
 * what the catalog says is known. Throws `bad-input` where there is no such role.
 */
export async function rightsOf(session: Session, snapshot: Snapshot, role?: string): Promise<Rights> {
  const { rows } = await session.query(rightsQuery(session.version), [role ?? null]);
  if (role !== undefined && rows.length === 0) throw noSuchRole(role);
  const row = rightsRow.parse(rows[0]);
  const owners = new Set(row.roles);
  return {
    role: row.role,
    isSuperuser: row.is_superuser,
    mayQuietTriggers: role === undefined ? await mayQuietTriggers(session) : row.may_quiet_triggers,
    hasJournalPlace: row.has_journal_place,
    seesOtherSessions: row.sees_statistics,
    seesReplication: row.sees_statistics,
    hasStatementStatistics: row.has_statement_statistics,
    notOwnedFunctions: snapshot.functions
      .filter(({ owner }) => owner !== undefined && !owners.has(owner))
      .map(plainName),
    notOwned: snapshot.tables.filter((table) => !owners.has(table.owner)).map(plainName),
  };
}

/** session_replication_role is for superusers, and from 15 on for whom it was granted (GRANT SET ON PARAMETER). */
async function mayQuietTriggers(session: Session): Promise<boolean> {
  try {
    await session.transaction(() => session.query('SET LOCAL session_replication_role = replica'), {
      isReadOnly: true,
    });
    return true;
  } catch (error) {
    if (isFailure(error, 'rights-missing')) return false;
    throw error;
  }
}

/**
 * Others' sessions and the progress of standbys are shown to members of pg_read_all_stats, which pg_monitor is
 * (https://www.postgresql.org/docs/18/predefined-roles.html). pg_stat_statements works only where its library was
 * loaded at start: then its settings are there. Of an owner's rights, membership that inherits is enough.
 */
function rightsQuery(version: number): string {
  const maySet =
    version >= 150_000 ? `pg_catalog.has_parameter_privilege(r.oid, 'session_replication_role', 'SET')` : 'false';
  return `
SELECT r.rolname::text AS role, r.rolsuper AS is_superuser,
  CASE WHEN s.oid IS NULL THEN pg_catalog.has_database_privilege(r.oid, pg_catalog.current_database(), 'CREATE')
    ELSE pg_catalog.has_schema_privilege(r.oid, s.oid, 'USAGE') AND pg_catalog.has_schema_privilege(r.oid, s.oid, 'CREATE')
    END AS has_journal_place,
  pg_catalog.pg_has_role(r.oid, 'pg_read_all_stats', 'USAGE') AS sees_statistics,
  EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'pg_stat_statements')
    AND EXISTS (SELECT FROM pg_catalog.pg_settings WHERE name = 'pg_stat_statements.max') AS has_statement_statistics,
  ARRAY(SELECT o.rolname::text FROM pg_catalog.pg_roles o WHERE pg_catalog.pg_has_role(r.oid, o.oid, 'USAGE')) AS roles,
  r.rolsuper OR ${maySet} AS may_quiet_triggers
FROM pg_catalog.pg_roles r LEFT JOIN pg_catalog.pg_namespace s ON s.nspname = 'godwit'
WHERE r.rolname = coalesce($1::text, current_user)`;
}

function noSuchRole(role: string): Error {
  return fail('bad-input', {
    what: `The server has no role ${role}, as whom runs would change the database.`,
    why: 'The user of the target’s URL is not known there by this name.',
    next: 'Correct the user in the URL of the target.',
  });
}
