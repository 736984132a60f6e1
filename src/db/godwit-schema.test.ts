import { expect, it } from 'vitest';
import { createDatabase, type TestDatabase, withDatabase } from '../../test/support/database.ts';
import { connectTo } from './drivers/postgres/connect.ts';
import { hasGodwitSchema, prepareGodwitSchema } from './godwit-schema.ts';
import type { Session } from './session.ts';

async function asRole<T>(url: string, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await connectTo(url)({ purpose: 'test', signal: new AbortController().signal });
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

/** A second role that may enter the database and nothing more. */
async function withGuest(work: (database: TestDatabase, guest: { role: string; url: string }) => Promise<void>) {
  const other = await createDatabase();
  try {
    await withDatabase(async (database) => {
      const url = Object.assign(new URL(database.url), { username: other.role }).href;
      await work(database, { role: other.role, url });
      await database.superQuery(`DROP OWNED BY "${other.role}" CASCADE`);
    });
  } finally {
    await other.drop();
  }
}

it('makes its tables once, and says whether they are there', async () => {
  await withDatabase(async ({ url, query }) => {
    expect(await asRole(url, hasGodwitSchema)).toBe(false);
    await asRole(url, prepareGodwitSchema);
    await asRole(url, prepareGodwitSchema);
    expect(await asRole(url, hasGodwitSchema)).toBe(true);
    const tables = await query(
      "SELECT relname FROM pg_class WHERE relnamespace = 'godwit'::regnamespace AND relkind = 'r' ORDER BY 1",
    );
    expect(tables.map(({ relname }) => relname)).toEqual([
      ...['checkpoint', 'control', 'deeds', 'heartbeat', 'journal', 'lease', 'run', 'usage', 'version'],
    ]);
  });
});

it('makes them once where several begin at the same instant', async () => {
  await withDatabase(async ({ url, query }) => {
    await Promise.all(Array.from({ length: 6 }, () => asRole(url, prepareGodwitSchema)));
    expect(await query('SELECT count(*)::int AS leases FROM godwit.lease')).toEqual([{ leases: 1 }]);
  });
});

it('is content with a schema that was made beforehand, without CREATE on the database', async () => {
  await withGuest(async (database, guest) => {
    await expect(asRole(guest.url, prepareGodwitSchema)).rejects.toMatchObject({
      code: 'rights-missing',
      explanation: {
        what: `Role "${guest.role}" has no place for godwit's journal in database "${database.name}".`,
        next: `Have an administrator run in this database: CREATE SCHEMA godwit AUTHORIZATION "${guest.role}";`,
      },
    });
    await database.superQuery(`CREATE SCHEMA godwit AUTHORIZATION "${guest.role}"`);
    await asRole(guest.url, prepareGodwitSchema);
    expect(await asRole(guest.url, hasGodwitSchema)).toBe(true);
  });
});

it('says what the owner of the schema has to grant', async () => {
  await withGuest(async (database, guest) => {
    await asRole(database.url, prepareGodwitSchema);
    const works: readonly ((session: Session) => Promise<unknown>)[] = [prepareGodwitSchema, hasGodwitSchema];
    for (const work of works) {
      await expect(asRole(guest.url, work)).rejects.toMatchObject({
        code: 'rights-missing',
        explanation: { next: expect.stringContaining('GRANT USAGE, CREATE ON SCHEMA godwit TO') },
      });
    }
    await database.query(
      `GRANT USAGE, CREATE ON SCHEMA godwit TO "${guest.role}";
       GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA godwit TO "${guest.role}"`,
    );
    await asRole(guest.url, prepareGodwitSchema);
  });
});

it('leaves alone what a newer godwit has made', async () => {
  await withDatabase(async ({ url, query }) => {
    await asRole(url, prepareGodwitSchema);
    await query('INSERT INTO godwit.version (version) VALUES (99)');
    await expect(asRole(url, prepareGodwitSchema)).rejects.toMatchObject({ code: 'wrong-state' });
  });
});

it('brings what an older godwit has made up to date, or says what the owner has to run', async () => {
  await withGuest(async (database, guest) => {
    await asRole(database.url, prepareGodwitSchema);
    await database.query(
      `ALTER TABLE godwit.run DROP COLUMN plan; DELETE FROM godwit.version WHERE version = 2;
       GRANT USAGE, CREATE ON SCHEMA godwit TO "${guest.role}";
       GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA godwit TO "${guest.role}"`,
    );
    const refused = await asRole(guest.url, prepareGodwitSchema).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'rights-missing' });
    await asRole(database.url, prepareGodwitSchema);
    await asRole(guest.url, prepareGodwitSchema);
    expect(
      await database.query(
        'SELECT max(version) AS version, count(plan) AS plans FROM godwit.version LEFT JOIN godwit.run ON true',
      ),
    ).toEqual([{ version: 2, plans: expect.anything() }]);
  });
});
