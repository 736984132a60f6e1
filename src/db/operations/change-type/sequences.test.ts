import { expect, test } from 'vitest';
import { carry } from '../../../../test/support/carry.ts';
import { type Birth, beginLife, type Life } from '../../../../test/support/life.ts';

async function living(birth: Birth, work: (life: Life) => Promise<void>): Promise<void> {
  const life = await beginLife(birth);
  try {
    await work(life);
  } finally {
    await life.end();
  }
}

const people: Birth = {
  setup: `CREATE TABLE people (id integer GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 5 CACHE 3) PRIMARY KEY,
      name text);
    COMMENT ON SEQUENCE people_id_seq IS 'counts'; GRANT SELECT ON people_id_seq TO PUBLIC;
    GRANT USAGE ON people_id_seq TO pg_monitor WITH GRANT OPTION;
    ALTER DEFAULT PRIVILEGES GRANT UPDATE ON SEQUENCES TO pg_monitor;
    INSERT INTO people (name) SELECT 'name ' || n FROM generate_series(1, 9) AS n`,
  sql: 'ALTER TABLE people ALTER COLUMN id TYPE bigint',
};

const sequences = `SELECT c.relname AS name, (SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(c.relacl) AS a) AS grants, obj_description(c.oid) AS comment,
  pg_get_userbyid(c.relowner) AS owner, s.seqtypid::regtype::text AS type, s.seqstart::int AS start,
  s.seqincrement::int AS step, s.seqmin::int AS least, s.seqmax::text AS most, s.seqcache::int AS cache
  FROM pg_sequence AS s JOIN pg_class AS c ON c.oid = s.seqrelid WHERE c.relnamespace = 'public'::regnamespace`;

test('the sequence of an identity keeps name, grants, comment, options and place, there and back', () =>
  living(people, async (life) => {
    const { query } = life.database;
    const [before] = await query(sequences);
    expect(before).toMatchObject({ name: 'people_id_seq', comment: 'counts', most: '2147483647' });
    const start = (await life.state()).schema;
    await life.forward();
    const bigger = { ...before, type: 'bigint', most: '9223372036854775807' };
    expect(await query(sequences)).toEqual([bigger]);
    const last = Number((await query('SELECT max(id)::int AS id FROM people'))[0]?.id);
    const [next] = await query(`INSERT INTO people (name) VALUES ('next') RETURNING id::int`);
    expect(Number(next?.id)).toBeGreaterThan(last);
    await life.back();
    expect(await query(sequences)).toEqual([before]);
    const [after] = await query(`INSERT INTO people (name) VALUES ('after') RETURNING id`);
    expect(Number(after?.id)).toBeGreaterThan(Number(next?.id));
    expect((await life.state()).schema).toBe(start);
  }));

test('a fingerprint sees what was said of the sequence of an identity', () =>
  living(people, async (life) => {
    const { query } = life.database;
    const start = (await life.state()).schema;
    await query('COMMENT ON SEQUENCE people_id_seq IS NULL');
    expect((await life.state()).schema).not.toBe(start);
    await query(`COMMENT ON SEQUENCE people_id_seq IS 'counts'`);
    expect((await life.state()).schema).toBe(start);
    await query('REVOKE USAGE ON people_id_seq FROM pg_monitor');
    expect((await life.state()).schema).not.toBe(start);
  }));

test('an identity that was set on and gave no value yet begins there', () =>
  living({ ...people, setup: `${people.setup}; ALTER TABLE people ALTER id RESTART WITH 5000` }, async (life) => {
    const { query } = life.database;
    await life.forward();
    expect(await query(`INSERT INTO people (name) VALUES ('next') RETURNING id::int`)).toEqual([{ id: 5000 }]);
    await life.back();
    const [next] = await query(`INSERT INTO people (name) VALUES ('after') RETURNING id`);
    expect(Number(next?.id)).toBeGreaterThan(5000);
  }));

const orders: Birth = {
  setup: `CREATE TABLE orders (id serial PRIMARY KEY, name text);
    INSERT INTO orders (name) SELECT 'name ' || n FROM generate_series(1, 9) AS n`,
  sql: 'ALTER TABLE orders ALTER COLUMN id TYPE bigint',
};

test('the sequence of a serial reaches as far as its column, there and back', () =>
  living(orders, async (life) => {
    const { query } = life.database;
    const [before] = await query(sequences);
    expect(before).toMatchObject({ type: 'integer', most: '2147483647' });
    await life.forward();
    expect(await query(sequences)).toEqual([{ ...before, type: 'bigint', most: '9223372036854775807' }]);
    await query(`SELECT setval('orders_id_seq', 3000000000)`);
    expect(await query(`INSERT INTO orders (name) VALUES ('far') RETURNING id::text`)).toEqual([{ id: '3000000001' }]);
    await query(`DELETE FROM orders WHERE name = 'far'; SELECT setval('orders_id_seq', 9)`);
    await life.back();
    expect(await query(sequences)).toEqual([before]);
    expect(await query(`INSERT INTO orders (name) VALUES ('ten') RETURNING id`)).toEqual([{ id: 10 }]);
  }));

test('a rollback does not begin while a sequence stands beyond the old type, and says where', async () => {
  for (const [birth, table] of [
    [orders, 'orders'],
    [people, 'people'],
  ] as const) {
    await living(birth, async (life) => {
      const run = carry({ url: life.database.url, plan: life.plan });
      try {
        await run.forward();
        await run.passGate();
        await life.database.query(`SELECT setval('${table}_id_seq', 3000000000)`);
        await expect(run.back()).rejects.toMatchObject({
          code: 'verification-failed',
          explanation: {
            why: expect.stringContaining(`${table}_id_seq stands where integer does not reach: 3000000000`),
          },
        });
        await life.database.query(`SELECT setval('${table}_id_seq', (SELECT max(id) FROM ${table}))`);
        const { state } = await run.back();
        expect(state.exceptions).toEqual([]);
      } finally {
        await run.close();
      }
    });
  }
});
