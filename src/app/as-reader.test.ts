import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { createDatabase, type TestDatabase } from '../../test/support/database.ts';
import { document, errorSchema, type Godwit } from '../../test/support/godwit.ts';
import { godwitInside, inside } from '../../test/support/godwit-inside.ts';

const checksSchema = z.object({ checks: z.array(z.object({ id: z.string(), ok: z.boolean(), detail: z.string() })) });
const planSchema = z.object({ plan: z.object({ id: z.string(), planHash: z.string(), phases: z.array(z.unknown()) }) });
const stateSchema = z.object({ state: z.string() });
const intent = ['ALTER TABLE people ALTER COLUMN age TYPE bigint', '--up', 'public.seen(age)', '--down', 'age::int'];

const reader = `reader_${randomBytes(4).toString('hex')}`;
let database: TestDatabase;
/** As the owner alone, with a user for reading beside, and with that user while the owner cannot log in. */
let owner: Godwit;
let looking: Godwit;
let readUrl: string;

beforeAll(async () => {
  database = await createDatabase({ hasPassword: true });
  await database.superQuery(`CREATE ROLE ${reader} LOGIN PASSWORD 'reads only'; GRANT pg_read_all_data TO ${reader};
    GRANT password_required TO ${reader}`);
  await database.query(`CREATE TABLE people (id bigint PRIMARY KEY, age int);
    INSERT INTO people SELECT n, n FROM generate_series(1, 50) n;
    CREATE TABLE taken (by text);
    CREATE FUNCTION write() RETURNS void LANGUAGE plpgsql AS $$ BEGIN
      PERFORM set_config('default_transaction_read_only', 'off', false);
      BEGIN
        INSERT INTO public.taken VALUES (session_user);
      EXCEPTION WHEN OTHERS THEN NULL; END;
    END $$;
    CREATE FUNCTION seen(age int) RETURNS bigint IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN
      PERFORM public.write(); RETURN age; END $$`);
  const url = new URL(database.url);
  url.username = reader;
  url.password = 'reads only';
  readUrl = url.href;
  owner = await godwitInside(database.url);
  looking = inside(owner, { DATABASE_URL: database.url, READ_DATABASE_URL: readUrl });
});
afterAll(async () => {
  await owner.remove();
  await database.superQuery(`DROP OWNED BY ${reader}; DROP ROLE ${reader}`);
  await database.drop();
});

const withoutOwner = async (work: () => Promise<void>) => {
  await database.superQuery(`ALTER ROLE "${database.role}" NOLOGIN`);
  try {
    await work();
  } finally {
    await database.superQuery(`ALTER ROLE "${database.role}" LOGIN`);
  }
};

test('what only looks connects as the user for reading alone, and plans what the owner would', async () => {
  const asOwner = document(await owner.run('plan', ...intent, '--json'), planSchema).plan;
  await withoutOwner(async () => {
    const asReader = document(await looking.run('plan', ...intent, '--json'), planSchema).plan;
    expect(asReader.phases).toEqual(asOwner.phases);
    expect(asReader.planHash).toBe(asOwner.planHash);
    for (const words of [
      ['rehearse', asOwner.id, '--rows', '100'],
      ['inspect'],
      ['lint', '--db', database.url],
      ['explain', 'drift'],
      ['report', asOwner.id],
    ]) {
      expect(await looking.run(...words), words.join(' ')).toMatchObject({ exit: 0 });
    }
    const { checks } = document(await looking.run('doctor', '--json'), checksSchema);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks.find(({ id }) => id === 'read-role')?.detail).toContain(`role ${reader}, which can write nothing`);
    const refused = document(await looking.run('apply', asOwner.id, '--json'), errorSchema);
    expect(refused.error).toMatchObject({ code: 'login-failed', what: expect.stringContaining(database.role) });
  });
});

test('functions that the plan’s own expressions call write nothing while verify, status and report look', async () => {
  expect(document(await looking.run('apply', '--json'), stateSchema).state).toBe('waiting');
  expect(await database.query('SELECT DISTINCT by FROM taken')).toEqual([{ by: database.role }]);
  await database.query('TRUNCATE taken');
  // Without a user for reading, the read-only transaction alone holds them.
  expect(await owner.run('verify')).toMatchObject({ exit: 0 });
  await withoutOwner(async () => {
    for (const words of [['verify'], ['status'], ['report'], ['plan', 'DROP TABLE taken', '--check']]) {
      const { exit, stderr } = await looking.run(...words);
      expect([0, 2], `${words.join(' ')}: ${stderr}`).toContain(exit);
    }
  });
  expect(await database.query('SELECT * FROM taken')).toEqual([]);
});

test('a user for reading of another database is refused, and no password is shown', async () => {
  const url = new URL(readUrl);
  url.pathname = '/elsewhere';
  const other = inside(owner, { DATABASE_URL: database.url, READ_DATABASE_URL: url.href });
  const ran = await other.run('status', '--json');
  expect(document(ran, errorSchema).error).toMatchObject({
    code: 'bad-input',
    what: 'READ_DATABASE_URL leads to another database than the target.',
  });
  expect(`${ran.stdout}${ran.stderr}`).not.toMatch(/reads(%20| )only/);
});

test('what the user for reading may not read is named with the GRANT, also in the journal of godwit', async () => {
  await database.superQuery(`REVOKE pg_read_all_data FROM ${reader}`);
  const { error } = document(await looking.run('status', '--json'), errorSchema);
  expect(error).toMatchObject({
    code: 'rights-missing',
    next: expect.stringContaining(`GRANT USAGE ON SCHEMA godwit TO "${reader}";`),
  });
  const ran = await looking.run('doctor', '--json');
  expect(ran.exit).toBe(1);
  expect(document(ran, checksSchema).checks.find(({ id }) => id === 'read-sight')?.detail).toContain('schemas godwit');
});
