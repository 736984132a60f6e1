import * as z from 'zod';
import { fail } from '#core/error';
import { firstRow } from './rows.ts';
import type { Session } from './session.ts';

/** Advisory locks of ours are pairs of this class and a number; nothing else of ours uses pairs. */
export const advisoryClass = 0x676f6477;
/** Held by the lease session of the runner that is at work. */
export const leaseLock = 1;
const preparingLock = 2;

/**
 * The schema `godwit`, version by version: version n is the state after the first n entries. An entry that has been
 * released never changes; a new one is put at the end.
 */
const versions: readonly (readonly string[])[] = [
  [
    `CREATE TABLE godwit.run (
       number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
       run_id text PRIMARY KEY,
       plan_hash text NOT NULL,
       plan_id text NOT NULL,
       started_at text NOT NULL)`,
    `CREATE TABLE godwit.journal (
       run_id text NOT NULL,
       seq bigint NOT NULL,
       previous_hash text NOT NULL,
       hash text NOT NULL,
       event jsonb NOT NULL,
       at timestamptz NOT NULL DEFAULT clock_timestamp(),
       PRIMARY KEY (run_id, seq))`,
    `CREATE TABLE godwit.lease (
       single boolean PRIMARY KEY DEFAULT true CHECK (single),
       token bigint NOT NULL,
       run_id text,
       place text,
       since timestamptz)`,
    'INSERT INTO godwit.lease (token) VALUES (0)',
    // Beside the lease and not in it: whoever checks the token locks that row, and must never wait for a heartbeat.
    `CREATE TABLE godwit.heartbeat (
       single boolean PRIMARY KEY DEFAULT true CHECK (single),
       backend integer NOT NULL,
       at timestamptz NOT NULL)`,
    "INSERT INTO godwit.heartbeat (backend, at) VALUES (0, '-infinity')",
    // step and cycle are the parts of the deed's name by which a rollback asks whether anything of a step took effect.
    `CREATE TABLE godwit.deeds (
       run_id text NOT NULL,
       deed text NOT NULL,
       direction text NOT NULL CHECK (direction IN ('forward', 'back')),
       step text NOT NULL,
       cycle integer NOT NULL,
       state text NOT NULL CHECK (state IN ('begun', 'done')),
       at timestamptz NOT NULL DEFAULT clock_timestamp(),
       PRIMARY KEY (run_id, deed, direction))`,
    'CREATE INDEX deeds_step ON godwit.deeds (run_id, step, cycle)',
    `CREATE TABLE godwit.checkpoint (
       run_id text NOT NULL,
       deed text NOT NULL,
       direction text NOT NULL CHECK (direction IN ('forward', 'back')),
       range integer NOT NULL,
       bounds jsonb,
       position jsonb,
       rows bigint NOT NULL DEFAULT 0,
       batches bigint NOT NULL DEFAULT 0,
       state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done')),
       at timestamptz NOT NULL DEFAULT clock_timestamp(),
       PRIMARY KEY (run_id, deed, direction, range)) WITH (fillfactor = 50)`,
    `CREATE TABLE godwit.control (
       run_id text PRIMARY KEY,
       pause_by text NOT NULL,
       at timestamptz NOT NULL DEFAULT clock_timestamp())`,
    // One row per gate's measurement: calls by statement as they stood, and since when no use has been seen.
    `CREATE TABLE godwit.usage (
       run_id text NOT NULL,
       deed text NOT NULL,
       calls jsonb NOT NULL,
       evictions bigint NOT NULL,
       since timestamptz NOT NULL,
       quiet_since timestamptz NOT NULL,
       PRIMARY KEY (run_id, deed))`,
  ],
  // Text and not jsonb: a plan is read back byte for byte, whatever is in it. Runs that began before have none.
  ['ALTER TABLE godwit.run ADD COLUMN plan text'],
];

const placeSchema = z.object({
  database: z.string(),
  role: z.string(),
  exists: z.boolean(),
  mayCreateSchema: z.boolean(),
  mayUse: z.boolean(),
  mayCreateTables: z.boolean(),
  hasVersion: z.boolean(),
  mayReadVersion: z.boolean(),
  owner: z.string().nullable(),
  isOwner: z.boolean(),
});
type Place = z.infer<typeof placeSchema>;

/**
 * True where godwit has made its tables in this database. Reads only. Where the role may not look into the schema,
 * throws `rights-missing`.
 */
export async function hasGodwitSchema(session: Session): Promise<boolean> {
  const place = await placeOf(session);
  if (place.exists && !place.mayUse) throw noSight(place);
  return place.hasVersion;
}

/**
 * Makes the schema `godwit` with its tables, or brings them up to date; does nothing where they are. A schema made
 * beforehand is enough: the role then needs no CREATE on the database. Throws `rights-missing` with the statement that
 * an administrator has to run, `wrong-state` where a newer godwit was here.
 */
export async function prepareGodwitSchema(session: Session): Promise<void> {
  await session.transaction(async () => {
    // Two runners that begin at once would both make the tables. The limit is that of the lock, not of the work.
    await session.query("SET LOCAL lock_timeout = '30s'");
    await session.query('SELECT pg_catalog.pg_advisory_xact_lock($1, $2)', [advisoryClass, preparingLock]);
    const place = await placeOf(session);
    await makePlace(session, place);
    const present = place.hasVersion ? await versionNow(session) : 0;
    if (present > versions.length) throw newer(present, place);
    if (present > 0 && present < versions.length && !place.isOwner) throw older(present, place);
    for (const [index, statements] of versions.entries()) {
      if (index < present) continue;
      for (const statement of statements) await session.query(statement);
      await session.query('INSERT INTO godwit.version (version) VALUES ($1)', [index + 1]);
    }
  });
}

async function placeOf(session: Session): Promise<Place> {
  const result = await session.query(`
    SELECT current_database()::text AS database, current_user::text AS role,
      schema.oid IS NOT NULL AS exists,
      has_database_privilege(current_database(), 'CREATE') AS "mayCreateSchema",
      coalesce(has_schema_privilege(schema.oid, 'USAGE'), false) AS "mayUse",
      coalesce(has_schema_privilege(schema.oid, 'CREATE'), false) AS "mayCreateTables",
      version.oid IS NOT NULL AS "hasVersion",
      coalesce(has_table_privilege(version.oid, 'SELECT'), false) AS "mayReadVersion",
      pg_get_userbyid(version.relowner)::text AS owner,
      coalesce(pg_has_role(version.relowner, 'USAGE'), false) AS "isOwner"
    FROM (VALUES ('godwit')) AS wanted (name)
    LEFT JOIN pg_namespace AS schema ON schema.nspname = wanted.name
    LEFT JOIN pg_class AS version ON version.relnamespace = schema.oid AND version.relname = 'version'`);
  return firstRow(result, placeSchema);
}

async function makePlace(session: Session, place: Place): Promise<void> {
  if (place.hasVersion && place.mayUse && place.mayReadVersion) return;
  if (place.exists ? !place.mayUse || !place.mayCreateTables || place.hasVersion : !place.mayCreateSchema) {
    throw noPlace(place);
  }
  // CREATE SCHEMA IF NOT EXISTS wants the right on the database even where the schema is there already.
  if (!place.exists) await session.query('CREATE SCHEMA godwit');
  await session.query(`CREATE TABLE godwit.version (
    version integer PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp())`);
}

async function versionNow(session: Session): Promise<number> {
  const result = await session.query('SELECT coalesce(max(version), 0)::int4 AS version FROM godwit.version');
  return firstRow(result, z.object({ version: z.number() })).version;
}

function noPlace(place: Place): Error {
  const role = `"${place.role.replaceAll('"', '""')}"`;
  return fail('rights-missing', {
    what: `Role "${place.role}" has no place for godwit's journal in database "${place.database}".`,
    why: place.exists
      ? `The schema "godwit" is there, but the role may not ${place.mayUse ? 'use or make tables' : 'look'} in it.`
      : 'The schema "godwit" is not there, and the role may not create schemas in this database.',
    next: place.exists
      ? `Run godwit as the role that owns the schema, or have its owner run: ${runGrants(place, role)}`
      : `Have an administrator run in this database: CREATE SCHEMA godwit AUTHORIZATION ${role};`,
  });
}

/** For looking; what a run needs besides is said where a run begins. */
function noSight(place: Place): Error {
  const role = `"${place.role.replaceAll('"', '""')}"`;
  return fail('rights-missing', {
    what: `Role "${place.role}" cannot read godwit's journal in database "${place.database}".`,
    why: 'The schema "godwit" is there, but the role may not look in it.',
    next: `Have its owner run, to look: GRANT USAGE ON SCHEMA godwit TO ${role}; GRANT SELECT ON ALL TABLES IN SCHEMA godwit TO ${role}; and to run plans besides: ${runGrants(place, role)}`,
  });
}

function runGrants({ hasVersion }: Place, role: string): string {
  return `GRANT USAGE, CREATE ON SCHEMA godwit TO ${role};${hasVersion ? ` GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA godwit TO ${role};` : ''}`;
}

/** Only the owner of a table may alter it. */
function older(present: number, place: Place): Error {
  const missing = versions.flatMap((statements, index) =>
    index < present ? [] : [...statements, `INSERT INTO godwit.version (version) VALUES (${index + 1})`],
  );
  return fail('rights-missing', {
    what: `The schema "godwit" in database "${place.database}" was made by an older godwit, and role "${place.role}" may not bring it up to date.`,
    why: `Its tables belong to "${place.owner ?? ''}".`,
    next: `Have "${place.owner ?? ''}" run in this database: BEGIN; ${missing.map((statement) => `${statement};`).join(' ')} COMMIT;`,
  });
}

function newer(present: number, place: Place): Error {
  return fail('wrong-state', {
    what: `The schema "godwit" in database "${place.database}" has version ${present}; this godwit knows up to ${versions.length}.`,
    why: 'A newer godwit has worked here.',
    next: 'Use that version of godwit, or a later one.',
  });
}
