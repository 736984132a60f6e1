import { expect, test } from 'vitest';
import { type TestDatabase, withDatabase } from '../../../../test/support/database.ts';
import { type Birth, beginLife, planOn } from '../../../../test/support/life.ts';
import { withSession } from '../../../../test/support/open-session.ts';

/** An audit trigger, and two functions that know the table's rows. */
const watched = (type: string) => `CREATE TABLE people (id ${type} PRIMARY KEY, name text);
  CREATE TABLE audit (id text);
  CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO audit VALUES (coalesce(new.id, old.id)); RETURN new; END $$;
  CREATE TRIGGER note AFTER INSERT OR UPDATE ON people FOR EACH ROW EXECUTE FUNCTION note();
  CREATE FUNCTION last() RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$ DECLARE r people%ROWTYPE; BEGIN
    SELECT * INTO r FROM people ORDER BY id DESC LIMIT 1; RETURN coalesce(r.id, r.id); END $$;
  CREATE PROCEDURE again() LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN
    FOR r IN SELECT * FROM "people" LOOP UPDATE people SET name = r.name WHERE id = coalesce(r.id, r.id); END LOOP; END $$`;

async function wholeLife(birth: Birth, insert: string): Promise<void> {
  const life = await beginLife(birth);
  try {
    const { schema } = await life.state();
    await withSession(life.database.url, async (session) => {
      const write = async () => {
        await session.query(insert);
        await session.query('SELECT last()');
        await session.query('CALL again()');
      };
      await session.query('SET search_path = public');
      await write();
      await life.forward(undefined, write);
      await write();
      await life.back(undefined, write);
      await write();
    });
    expect((await life.state()).schema).toBe(schema);
  } finally {
    await life.end();
  }
}

test('a session that stays open goes on through functions that read a column whose type changes', async () => {
  const sql = 'ALTER TABLE people ALTER COLUMN id TYPE bigint';
  await wholeLife({ setup: watched('serial'), sql }, `INSERT INTO people (name) VALUES ('x')`);
});

test('also where the server changes the catalog alone', async () => {
  const sql = 'ALTER TABLE people ALTER COLUMN id TYPE text';
  await wholeLife({ setup: watched('varchar(40)'), sql }, `INSERT INTO people (id) SELECT 'p' || count(*) FROM people`);
});

test('a function of another role is named', async () => {
  await withDatabase(async (database) => {
    const hazards = async (notOwnedFunctions: readonly string[]) =>
      JSON.stringify(await planned(database, notOwnedFunctions));
    await database.query(watched('serial'));
    const named = await hazards(['public.note', 'public.last']);
    expect(named.match(/hazard\/cached-plan/g)).toHaveLength(2);
    expect(named).toContain('Function public.note() reads public.people and belongs to another role');
    expect(await hazards([])).not.toContain('hazard/cached-plan');
  });
});

function planned(database: TestDatabase, notOwnedFunctions: readonly string[]) {
  const birth = { setup: '', sql: 'ALTER TABLE people ALTER COLUMN id TYPE bigint' };
  return planOn(database, birth, { notOwnedFunctions });
}
