import { expect, test } from 'vitest';
import { type TestDatabase, withDatabase } from '../../test/support/database.ts';
import { postgres } from './drivers/postgres/index.ts';
import { openScratch, type Scratch, withSession } from './scratch.ts';
import { fillTables } from './synthetic/fill-tables.ts';

const { signal } = new AbortController();
const readsFiles = "SELECT pg_catalog.pg_read_file('/etc/passwd')";

/** The schema of a database that is entered as a superuser, on a server of our own. */
async function onScratch(setup: string, work: (scratch: Scratch, database: TestDatabase) => Promise<void>) {
  await withDatabase(
    async (database) => {
      await database.query(setup);
      const connect = postgres.connect(database.superUrl);
      const [snapshot, rights] = await withSession(connect, signal, async (session) => {
        const seen = await postgres.inspect(session);
        return [seen, await postgres.rights(session, seen)] as const;
      });
      expect(rights).toMatchObject({ isSuperuser: true, role: 'postgres' });
      const scratch = await openScratch({ driver: postgres, snapshot, rights, signal });
      await work(scratch, database).finally(() => scratch.close());
    },
    { extensions: ['pg_stat_statements'] },
  );
}

test('who rehearses as a superuser is none on the copy: no file is read or written, no program is run', async () => {
  await onScratch(
    'CREATE TABLE users (id bigint PRIMARY KEY, name text)',
    async ({ connect, connectToFill, findings }) => {
      expect(findings).toEqual([]);
      for (const enter of [connect, connectToFill])
        await withSession(enter, signal, async (session) => {
          const attacks = [
            readsFiles,
            "SELECT pg_catalog.query_to_xml('SELECT pg_catalog.pg_ls_dir(''/'')', true, false, '')",
            "SELECT pg_catalog.lo_export(pg_catalog.lo_from_bytea(0, 'x'), '/tmp/godwit-was-here')",
            "COPY users FROM PROGRAM 'id'",
            `SELECT pg_catalog.set_config('role', 'godwit rehearsal admin', false)`,
            `SELECT pg_catalog.set_config('session_authorization', 'godwit rehearsal admin', false)`,
            'CREATE FUNCTION escape(text) RETURNS text LANGUAGE internal AS $$pg_read_file_all$$',
          ];
          for (const attack of attacks)
            await expect(session.query(attack), attack).rejects.toMatchObject({ code: 'rights-missing' });
        });
    },
  );
});

test('what the superuser of the original may do for a plan, the role may on the copy', async () => {
  const setup = `
CREATE TABLE guarded (id bigint PRIMARY KEY, name text);
ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
ALTER TABLE guarded FORCE ROW LEVEL SECURITY;
CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE 'fired'; END$$;
CREATE TRIGGER never BEFORE INSERT OR UPDATE ON guarded FOR EACH ROW EXECUTE FUNCTION never();`;
  await onScratch(setup, async ({ connect, connectToFill, findings }, database) => {
    expect(findings).toEqual([]);
    const snapshot = await database.snapshot();
    const tables = snapshot.tables.filter(({ name }) => name === 'guarded');
    const filled = await withSession(connectToFill, signal, (session) =>
      fillTables(session, { snapshot, tables, rows: 100, spelling: postgres.spelling, signal, nullShares: new Map() }),
    );
    expect(filled).toEqual([]);
    await withSession(connect, signal, async (session) => {
      await session.query("SET session_replication_role = 'replica'");
      await session.query("UPDATE public.guarded SET name = 'x'");
      const { rows } = await session.query('SELECT count(*)::int AS count FROM public.guarded');
      expect(rows).toEqual([{ count: 100 }]);
      await session.query('SELECT query FROM public.pg_stat_statements');
    });
  });
});

test('what a schema computes when it is made is not computed as the superuser', async () => {
  const setup = `CREATE MATERIALIZED VIEW taken AS ${readsFiles} AS text`;
  await withDatabase(async (database) => {
    await database.superQuery(setup);
    await database.superQuery(`ALTER MATERIALIZED VIEW taken OWNER TO ${database.role}`);
    const snapshot = await database.snapshot();
    const rights = { role: database.role, isSuperuser: false, mayQuietTriggers: false };
    const scratch = await openScratch({ driver: postgres, snapshot, rights, signal });
    expect(scratch.findings).toMatchObject([{ rule: 'rehearsal/not-recreated' }]);
    await scratch.close();
  });
});

test('nobody enters without the password, which is made anew each time', async () => {
  await onScratch('CREATE TABLE users (id bigint PRIMARY KEY)', async ({ connectAsAdmin }) => {
    const port = await withSession(connectAsAdmin, signal, async (session) => {
      const { rows } = await session.query(
        "SELECT pg_catalog.current_setting('port') AS port, rolname::text AS name FROM pg_roles WHERE rolcanlogin",
      );
      expect(rows.map(({ name }) => name).sort()).toEqual([
        'godwit rehearsal admin',
        'godwit rehearsal admin of before',
        'godwit rehearsal filler',
        'postgres',
      ]);
      return rows[0]?.port;
    });
    for (const role of [
      'godwit rehearsal admin',
      'godwit rehearsal admin of before',
      'godwit rehearsal filler',
      'postgres',
    ])
      for (const password of ['', ':guessed']) {
        const url = `postgresql://${encodeURIComponent(role)}${password}@127.0.0.1:${port}/rehearsal`;
        await expect(postgres.connect(url)({ purpose: 'test', signal }), url).rejects.toThrow(/password/);
      }
  });
});
