import { expect, test } from 'vitest';
import { stepsOf } from '#core/plan';
import { type Birth, beginLife, type Life } from '../../../test/support/life.ts';

const users = `CREATE TABLE users (id bigint PRIMARY KEY, mail text, age integer);
  INSERT INTO users SELECT n, 'm' || n, n FROM generate_series(1, 20) AS n`;
const orders = `${users}; CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
  INSERT INTO orders SELECT n, n FROM generate_series(1, 20) AS n`;

async function living(birth: Birth, work: (life: Life) => Promise<void>): Promise<void> {
  const life = await beginLife(birth);
  try {
    await work(life);
  } finally {
    await life.end();
  }
}

test('rows of a new table are put aside when it is taken back, each time anew; an empty one goes', () =>
  living({ setup: users, sql: 'CREATE TABLE notes (id serial PRIMARY KEY, body text UNIQUE)' }, async (life) => {
    const { query } = life.database;
    for (const body of ['one', 'two']) {
      await life.forward();
      await query('INSERT INTO notes (body) VALUES ($1)', [body]);
      await life.back();
    }
    await life.forward();
    await life.back();
    const kept = await query(`SELECT relname AS name FROM pg_class
      WHERE relnamespace = 'godwit'::regnamespace AND relkind = 'r' AND relname LIKE 'undo%' ORDER BY 1`);
    expect(kept).toHaveLength(2);
    const bodies = kept.map(({ name }) => query(`SELECT body FROM godwit."${String(name)}"`));
    expect(await Promise.all(bodies)).toEqual([[{ body: 'one' }], [{ body: 'two' }]]);
  }));

test('a dropped table stands aside with its rows, under names that no other plan takes', () =>
  living({ setup: orders, sql: 'DROP TABLE orders' }, async (life) => {
    const { query } = life.database;
    await life.forward();
    const found = await query(`SELECT relname AS name FROM pg_class WHERE relnamespace = 'godwit'::regnamespace
      AND relkind IN ('r', 'i', 'S') AND relname NOT LIKE 'undo%'`);
    expect(found.filter(({ name }) => String(name).startsWith('orders'))).toEqual([]);
    await query('DELETE FROM users WHERE id = 7');
    await life.back();
    expect(await query('SELECT count(*)::int AS rows FROM orders')).toEqual([{ rows: 20 }]);
    expect(await keyState(life)).toBe(false);
  }));

test('duplicates are told before anything is done', () =>
  living(
    {
      setup: `${users}; UPDATE users SET mail = 'same' WHERE id < 4`,
      sql: 'ALTER TABLE users ADD CONSTRAINT one_mail UNIQUE (mail)',
    },
    async (life) => {
      const check = firstStep(life);
      expect(check).toMatchObject({ kind: 'db/check', code: 'duplicates' });
      expect(await life.database.query(String(check.query))).toEqual([
        { ok: false, detail: '1 found: values that stand more than once in public.users, for example: same' },
      ]);
    },
  ));

test('rows against a check are counted before anything is done, with their keys', () =>
  living({ setup: users, sql: 'ALTER TABLE users ADD CHECK (age > 6)' }, async (life) => {
    expect(await life.database.query(String(firstStep(life).query))).toEqual([
      {
        ok: false,
        detail:
          '6 found: rows of public.users that are against it, for example: id = 1; id = 2; id = 3; id = 4; id = 5',
      },
    ]);
  }));

test('rows without the one that they refer to are counted before anything is done', () =>
  living(
    {
      setup: `${orders}; ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey; UPDATE orders SET user_id = 99 WHERE id = 3`,
      sql: 'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users',
    },
    async (life) => {
      expect(await life.database.query(String(firstStep(life).query))).toEqual([
        {
          ok: false,
          detail:
            '1 found: rows of public.orders that refer to rows which public.users does not hold, for example: id = 3',
        },
      ]);
    },
  ));

test('a foreign key that rows break by now comes back for new rows only', () =>
  living({ setup: orders, sql: 'ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey' }, async (life) => {
    const { query } = life.database;
    await life.forward();
    await query('DELETE FROM users WHERE id = 7');
    await life.back();
    expect(await keyState(life)).toBe(false);
    await expect(query('INSERT INTO orders VALUES (100, 7)')).rejects.toThrow('violates foreign key constraint');
  }));

function firstStep({ plan }: Life) {
  const [first] = stepsOf(plan);
  expect(first?.phase.kind).toBe('prepare');
  return first?.step.action ?? { kind: 'none' };
}

async function keyState({ database }: Life): Promise<unknown> {
  const [row] = await database.query(
    `SELECT convalidated AS "isValid" FROM pg_constraint WHERE conname = 'orders_user_id_fkey'`,
  );
  return row?.isValid;
}
