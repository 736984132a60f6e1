import { expect, test } from 'vitest';
import { withDatabase } from '../../../../test/support/database.ts';
import { withSession } from '../../../../test/support/open-session.ts';
import type { Session } from '../../session.ts';
import { doctorChecks } from './doctor.ts';
import { inspect } from './inspect/inspect.ts';
import { rightsOf } from './rights.ts';

async function rights(session: Session) {
  return await rightsOf(session, await inspect(session));
}

test('an owner has a place for the journal, and little else', async () => {
  await withDatabase(async ({ url, query, superQuery, role }) => {
    await query('CREATE TABLE mine ()');
    await superQuery('CREATE TABLE others (); CREATE FUNCTION theirs() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$');
    const read = () => withSession(url, rights, { isReadOnly: true });
    expect(await read()).toEqual({
      role,
      isSuperuser: false,
      mayQuietTriggers: false,
      hasJournalPlace: true,
      seesOtherSessions: false,
      seesReplication: false,
      hasStatementStatistics: false,
      notOwned: ['public.others'],
      notOwnedFunctions: ['public.theirs'],
    });
    await superQuery(`GRANT SET ON PARAMETER session_replication_role TO "${role}"; GRANT pg_monitor TO "${role}"`);
    expect(await read()).toMatchObject({ mayQuietTriggers: true, seesOtherSessions: true, seesReplication: true });
    await superQuery(`REVOKE SET ON PARAMETER session_replication_role FROM "${role}"`);
  });
});

test('a superuser may everything', async () => {
  await withDatabase(async ({ superUrl }) => {
    expect(await withSession(superUrl, rights)).toMatchObject({
      isSuperuser: true,
      mayQuietTriggers: true,
      hasJournalPlace: true,
      seesOtherSessions: true,
      notOwned: [],
    });
  });
});

test('doctor names what stops a run, and the consequence of what is not granted', async () => {
  await withDatabase(async ({ url, query, superQuery, role, name }) => {
    await query('CREATE TABLE mine (id integer)');
    const all = await withSession(url, doctorChecks, { isReadOnly: true });
    expect(all.filter((check) => !check.ok)).toEqual([]);
    expect(all.find((check) => check.id === 'quiet-triggers')?.next).toContain(`TO "${role}"`);
    await superQuery(
      `ALTER DATABASE "${name}" OWNER TO postgres; REVOKE CREATE ON DATABASE "${name}" FROM "${role}"; ALTER TABLE mine OWNER TO postgres`,
    );
    const stopped = (await withSession(url, doctorChecks)).filter((check) => !check.ok);
    expect(stopped.map((check) => check.id)).toEqual(['journal-place', 'ownership']);
    await superQuery(`CREATE SCHEMA godwit AUTHORIZATION "${role}"`);
    expect((await withSession(url, rights)).hasJournalPlace).toBe(true);
    await superQuery(`ALTER DATABASE "${name}" OWNER TO "${role}"`);
  });
});
