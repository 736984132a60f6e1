import { describe, expect, test } from 'vitest';
import { stepsOf } from '#core/plan';
import { type Birth, beginLife, type Life } from '../../../../test/support/life.ts';

const numbers = 'INSERT INTO users SELECT n, n FROM generate_series(1, 20) AS n';
const bigger: Birth = {
  setup: `CREATE TABLE users (id int PRIMARY KEY, points int UNIQUE CHECK (points > 0)); ${numbers}`,
  sql: 'ALTER TABLE users ALTER COLUMN points TYPE bigint',
};
const divided: Birth = {
  setup: `CREATE TABLE users (id int PRIMARY KEY, points int NOT NULL); ${numbers}`,
  sql: `-- godwit: down 100 / points
    ALTER TABLE users ALTER COLUMN points TYPE numeric USING 100.0 / points`,
};
const exact: Birth = {
  setup: `CREATE TABLE users (id int PRIMARY KEY, points numeric(6,2)); ${numbers}`,
  sql: 'ALTER TABLE users ALTER COLUMN points TYPE numeric(12,4)',
};
const short: Birth = {
  setup: `CREATE TABLE users (id int PRIMARY KEY, points varchar(4) NOT NULL); ${numbers}`,
  sql: 'ALTER TABLE users ALTER COLUMN points TYPE varchar(8)',
};

/** From the swap on, until a rollback has begun to bring the old type back. */
describe('values that the old type does not take', () => {
  test.each([
    ['too big', bigger, '3000000000'],
    ['with more digits than would come back', exact, '0.1234'],
    ['which the way back of the user divides by', divided, '0'],
  ])('are written all the same: %s', async (_, birth, value) => {
    const life = await beginLife(birth);
    try {
      await life.forward(['prepare', 'expand', 'migrate']);
      await life.forward(['contract'], async (where) => {
        if (place(life, where) < place(life, 'swap')) return;
        await write(life, value);
      });
      await expect(life.back(['contract'])).rejects.toThrow(/rows differ/);
      await write(life, value);
    } finally {
      await life.end();
    }
  });

  test('do not keep a role out that has no rights on what is ours', async () => {
    const life = await beginLife({ setup: bigger.setup.replace('UNIQUE CHECK (points > 0)', ''), sql: bigger.sql });
    const { superQuery, name } = life.database;
    const role = `app_${name}`;
    try {
      await superQuery(`CREATE ROLE ${role}; GRANT INSERT, DELETE, SELECT, UPDATE ON users TO ${role}`);
      await life.database.query('ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC');
      const work = async () => {
        const statements = ['INSERT INTO users VALUES (30, 30)', 'UPDATE users SET points = 31 WHERE id = 30'];
        await superQuery(`SET ROLE ${role}; ${statements.join(';')}; DELETE FROM users WHERE id = 30; RESET ROLE`);
      };
      await life.forward(undefined, work);
      await life.back(undefined, work);
    } finally {
      await superQuery(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
      await life.end();
    }
  });

  test('are not cut on the way back from a free change, but stop it', async () => {
    const life = await beginLife(short);
    try {
      await life.forward();
      let wrote = false;
      const back = life.back(undefined, async () => {
        if (wrote) return;
        await write(life, 'too long');
        wrote = true;
      });
      await expect(back).rejects.toThrow(/rows differ/);
      await write(life, 'too long');
      const [found] = await life.database.query(`SELECT count(*)::int AS n FROM users WHERE points = 'too long'`);
      expect(found).toEqual({ n: 1 });
    } finally {
      await life.end();
    }
  });

  test.each([
    ['integer', 'smallint'],
    ['text', 'integer USING points::integer'],
    ['varchar(10)', 'char(4)'],
  ])('are no hazard where there are none: from %s to %s', async (from, to) => {
    const life = await beginLife({
      setup: `CREATE TABLE users (id int PRIMARY KEY, points ${from})`,
      sql: `ALTER TABLE users ALTER COLUMN points TYPE ${to}`,
    });
    try {
      const hazards = stepsOf(life.plan).flatMap(({ step }) => step.hazards.map(({ rule }) => rule));
      expect(hazards).not.toContain('hazard/narrowing');
    } finally {
      await life.end();
    }
  });
});

describe('values that the new type does not take', () => {
  test.each(['varchar(3)', 'char(3)'])('are refused and not cut, as by the plain statement: %s', async (type) => {
    const sql = `ALTER TABLE users ALTER COLUMN name TYPE ${type}`;
    const life = await beginLife({ setup: 'CREATE TABLE users (id int PRIMARY KEY, name text)', sql });
    const tooLong = expect.objectContaining({ code: '22001' });
    try {
      await life.database.query(`INSERT INTO users VALUES (1, 'abcd')`);
      await expect(life.database.query(sql)).rejects.toEqual(tooLong);
      await expect(life.forward(['prepare'])).rejects.toThrow('too long');
      await life.database.query(`UPDATE users SET name = 'abc  '`);
      await life.forward(['prepare', 'expand', 'migrate']);
      await expect(life.database.query(`INSERT INTO users VALUES (2, 'abcd')`)).rejects.toEqual(tooLong);
      await life.forward(['contract']);
      expect(await life.database.query('SELECT name FROM users')).toEqual([{ name: 'abc' }]);
    } finally {
      await life.end();
    }
  });
});

/** An application goes on writing the value, into a new row and into an old one. */
async function write({ database }: Life, value: string): Promise<void> {
  await database.query(`DELETE FROM users WHERE id > 20; UPDATE users SET points = '30' WHERE id = 3`);
  await database.query(`INSERT INTO users (id, points) VALUES (21, '${value}')`);
  await database.query(`DELETE FROM users WHERE id > 20; UPDATE users SET points = '${value}' WHERE id = 3`);
}

function place(life: Life, part: string): number {
  return stepsOf(life.plan).findIndex(({ step }) => step.id.includes(part));
}
