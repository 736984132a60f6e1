import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { withSession } from '../../../../test/support/open-session.ts';
import { richSchema } from '../../../../test/support/rich-schema.ts';
import type { Session } from '../../session.ts';
import { postgres } from './index.ts';
import { readRoleChecks } from './read-role.ts';

let database: TestDatabase;
let reader: string;
let readUrl: string;

beforeAll(async () => {
  database = await createDatabase({ extensions: ['citext'] });
  reader = database.role.replace('owner', 'reader');
  await database.superQuery(`CREATE ROLE ${reader} LOGIN; GRANT pg_read_all_data TO ${reader}`);
  await database.query(richSchema(reader));
  await database.query(
    `REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${reader}; REVOKE UPDATE (name) ON users FROM ${reader}`,
  );
  const url = new URL(database.url);
  url.username = reader;
  readUrl = url.href;
  await database.query(`CREATE TABLE taken (by text);
    CREATE FUNCTION sneak() RETURNS text LANGUAGE plpgsql AS $$ BEGIN
      PERFORM set_config('default_transaction_read_only', 'off', false);
      PERFORM set_config('role', 'none', false);
      BEGIN
        INSERT INTO public.taken VALUES (session_user);
        RETURN 'written';
      EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE; END;
    END $$;
    CREATE FUNCTION borrow() RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
      INSERT INTO public.taken VALUES (session_user);
      RETURN 'written';
    EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE; END $$`);
});
afterAll(async () => {
  await database.superQuery(`DROP OWNED BY ${reader}; DROP ROLE ${reader}`);
  await database.drop();
});

const asReader = <Result>(work: (session: Session) => Promise<Result>) =>
  withConnected(postgres.connect(readUrl, { as: 'reader' }), work);

async function withConnected<Result>(
  connect: ReturnType<typeof postgres.connect>,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const session = await connect({ purpose: 'test', signal: new AbortController().signal });
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

const said = async (session: Session, call: string) =>
  (await session.query(`SELECT public.${call}() AS said`)).rows[0]?.said;

/** Flipping the default of the session, then trying again, alone and in a transaction. */
async function tries(session: Session): Promise<readonly unknown[]> {
  const first = [await said(session, 'sneak'), await said(session, 'sneak'), await said(session, 'borrow')];
  const second = await session.transaction(async () => [await said(session, 'sneak'), await said(session, 'borrow')]);
  return [...first, ...second];
}

test('functions that write, and that turn the read-only default off before, write nothing in a session that only reads', async () => {
  const refused = '25006';
  expect(await withSession(database.url, tries, { isReadOnly: true })).toEqual(Array(5).fill(refused));
  expect(await asReader(tries)).toEqual(Array(5).fill(refused));
  expect(await database.query('SELECT * FROM taken')).toEqual([]);
});

test('a user for reading is refused by privilege where no read-only transaction holds it', async () => {
  const writable = await withSession(readUrl, async (session) => [
    await said(session, 'sneak'),
    ...(await Promise.all(
      ['CREATE TABLE public.mine ()', 'DROP TABLE public.taken', 'CREATE SCHEMA mine', 'SET ROLE postgres'].map((sql) =>
        session.query(sql).catch(({ cause }) => cause.code),
      ),
    )),
  ]);
  expect(writable).toEqual(Array(5).fill('42501'));
  expect(await database.query('SELECT * FROM taken')).toEqual([]);
});

test('a role that is only taken by SET ROLE holds nothing: a function leaves it', async () => {
  const left = await withSession(database.superUrl, async (session) => {
    await session.query(`SET ROLE ${reader}`);
    return said(session, 'sneak');
  });
  expect(left).toBe('written');
  await database.query('TRUNCATE taken');
});

test('it sees the same schema, rights and search path of the other role as that role itself', async () => {
  await database.superQuery(`CREATE SCHEMA "Odd ""one"; GRANT USAGE ON SCHEMA "Odd ""one" TO "${database.role}"`);
  const look = async (session: Session, role?: string) => {
    const snapshot = await postgres.inspect(session);
    return {
      fingerprint: postgres.fingerprint(snapshot),
      tables: snapshot.tables,
      rights: await postgres.rights(session, snapshot, role),
      searchPath: await postgres.searchPath(session, role),
    };
  };
  const paths = [
    `ALTER ROLE "${database.role}" SET search_path = "$user", "Odd ""one", NOWHERE, public`,
    `ALTER DATABASE "${database.name}" SET search_path = public, pg_catalog`,
    `ALTER ROLE "${database.role}" RESET search_path; ALTER ROLE ${reader} SET search_path = "Odd ""one"`,
    `ALTER DATABASE "${database.name}" RESET search_path`,
    `CREATE SCHEMA "${database.role}" AUTHORIZATION "${database.role}"`,
  ];
  for (const path of paths) {
    await database.superQuery(path.includes(';') ? path : `${path};`);
    const own = await withSession(database.url, (session) => look(session), { isReadOnly: true });
    expect(await asReader((session) => look(session, database.role)), path).toEqual(own);
  }
  await expect(asReader((session) => look(session, 'nobody_here'))).rejects.toMatchObject({ code: 'bad-input' });
});

const checksOf = (url: string, runner?: string) =>
  withSession(url, (session) => readRoleChecks(session, runner), { isReadOnly: true });

test('doctor says whether the user for reading can write, and what it may not read', async () => {
  expect(await checksOf(database.url)).toMatchObject([{ id: 'read-role', ok: true }]);
  const [clean, sight] = await checksOf(readUrl, database.role);
  expect(clean).toMatchObject({ ok: true, detail: expect.stringContaining('1 functions') });
  expect(sight).toMatchObject({ ok: false, next: expect.stringContaining(`ALTER ROLE "${reader}" BYPASSRLS;`) });
  await database.superQuery(`ALTER ROLE ${reader} BYPASSRLS`);
  expect((await checksOf(readUrl, database.role)).map(({ ok }) => ok)).toEqual([true, true]);
  const [own] = await checksOf(database.url, database.role);
  expect(own).toMatchObject({ ok: false, detail: expect.stringContaining('it is the role that runs change') });
});

test.each([
  ['GRANT INSERT ON taken TO $', 'REVOKE INSERT ON taken FROM $', 'public.taken'],
  ['GRANT UPDATE (by) ON taken TO $', 'REVOKE UPDATE (by) ON taken FROM $', 'public.taken'],
  ['GRANT CREATE ON SCHEMA public TO $', 'REVOKE CREATE ON SCHEMA public FROM $', 'schema public'],
  ['ALTER ROLE $ CREATEROLE', 'ALTER ROLE $ NOCREATEROLE', 'create roles'],
  ['ALTER ROLE $ SUPERUSER', 'ALTER ROLE $ NOSUPERUSER', 'superuser'],
  ['GRANT pg_write_all_data TO $', 'REVOKE pg_write_all_data FROM $', 'pg_write_all_data'],
  ['ALTER ROLE $ NOINHERIT; GRANT % TO $', 'REVOKE % FROM $; ALTER ROLE $ INHERIT', 'may become'],
])('doctor names the right to write: %s', async (grant, revoke, words) => {
  const spelt = (sql: string) => sql.replaceAll('$', reader).replaceAll('%', database.role);
  await database.superQuery(spelt(grant));
  const [check] = await checksOf(readUrl, database.role);
  await database.superQuery(spelt(revoke));
  expect(check).toMatchObject({ ok: false, detail: expect.stringContaining(words) });
});

test('what a user for reading lacks is named as the GRANT to give', async () => {
  await database.superQuery(`REVOKE pg_read_all_data FROM ${reader}; CREATE SCHEMA hidden; CREATE TABLE hidden.h ()`);
  const next = (work: () => Promise<unknown>) => work().then(String, ({ explanation }) => explanation.next);
  const query = (sql: string) => next(() => asReader((session) => session.query(sql)));
  expect(await query('SELECT FROM public.taken')).toContain(`GRANT SELECT ON "taken" TO "${reader}";`);
  expect(await query('SELECT FROM hidden.h')).toContain(`GRANT USAGE ON SCHEMA "hidden" TO "${reader}";`);
  await database.superQuery(`REVOKE CONNECT ON DATABASE "${database.name}" FROM PUBLIC`);
  expect(await query('SELECT 1')).toBe(`GRANT CONNECT ON DATABASE "${database.name}" TO "${reader}";`);
  await database.superQuery(
    `GRANT CONNECT ON DATABASE "${database.name}" TO PUBLIC; GRANT pg_read_all_data TO ${reader}`,
  );
});
