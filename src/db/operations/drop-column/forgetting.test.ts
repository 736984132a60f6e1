import { expect, test } from 'vitest';
import { type Birth, beginLife, type Life } from '../../../../test/support/life.ts';
import { postgres } from '../../drivers/postgres/index.ts';
import { dropUndoTables } from '../../undo-tables.ts';

const users = `CREATE TABLE users (id bigint PRIMARY KEY, name text, old text);
  INSERT INTO users SELECT n, 'name ' || n, 'old ' || n FROM generate_series(1, 9) AS n`;
const dropped: Birth = { setup: users, sql: 'ALTER TABLE users DROP COLUMN old' };
const lossy: Birth = {
  setup: `CREATE TABLE users (part text, id int, score numeric(8,2), PRIMARY KEY (id, part));
    INSERT INTO users SELECT 'p', n, n + 0.25 FROM generate_series(1, 9) AS n`,
  sql: 'ALTER TABLE users ALTER COLUMN score TYPE integer',
};

async function living(birth: Birth, work: (life: Life) => Promise<void>): Promise<void> {
  const life = await beginLife(birth);
  try {
    await work(life);
  } finally {
    await life.end();
  }
}

const ofRow = (id: number, column: string) => `SELECT ${column} FROM users WHERE id = ${id}`;

test('a row that comes after contract under the key of another does not get its value', () =>
  living(dropped, async (life) => {
    const { query } = life.database;
    for (const id of [3, 4]) {
      await life.forward();
      await query(`DELETE FROM users WHERE id = ${id}; INSERT INTO users VALUES (${id}, 'another')`);
      await life.back();
      expect(await query(ofRow(id, 'old'))).toEqual([{ old: null }]);
    }
    expect(await query(ofRow(5, 'old'))).toEqual([{ old: 'old 5' }]);
    expect(await triggersLeft(life)).toBe(0);
  }));

test('nor does one that comes after TRUNCATE', () =>
  living(dropped, async (life) => {
    const { query } = life.database;
    await life.forward();
    await query(`TRUNCATE users; INSERT INTO users VALUES (3, 'another')`);
    await life.back();
    expect(await query('SELECT id::int, old FROM users')).toEqual([{ id: 3, old: null }]);
  }));

test('nor one whose predecessor goes while the values are kept', () =>
  living(dropped, async (life) => {
    const { query } = life.database;
    await life.forward(['prepare', 'expand', 'migrate']);
    await life.forward(['contract'], async (where) => {
      if (where.includes('keep-old')) await query('DELETE FROM users WHERE id = 3');
      if (where.includes('drop-old')) await query(`INSERT INTO users VALUES (3, 'another')`);
    });
    await life.back();
    expect(await query(ofRow(3, 'old'))).toEqual([{ old: null }]);
  }));

test('a row with the same new value under the same key does not get the value that its predecessor lost', () =>
  living(lossy, async (life) => {
    const { query } = life.database;
    await life.forward();
    await query(`DELETE FROM users WHERE id = 3; INSERT INTO users (part, id, score) VALUES ('p', 3, 3)`);
    await life.back();
    expect(await query(ofRow(3, 'score::text'))).toEqual([{ score: '3.00' }]);
    expect(await query(ofRow(4, 'score::text'))).toEqual([{ score: '4.25' }]);
    expect(await triggersLeft(life)).toBe(0);
  }));

test('whatever becomes of the key or of the undo table, the application deletes', () =>
  living(dropped, async (life) => {
    const { query } = life.database;
    await life.forward();
    await query('DELETE FROM users WHERE id = 1');
    await query('ALTER TABLE users RENAME COLUMN id TO uid; DELETE FROM users WHERE uid = 2');
    await query('ALTER TABLE users RENAME COLUMN uid TO id; ALTER TABLE users ALTER COLUMN id TYPE text');
    await query(`DELETE FROM users WHERE id = '3'`);
    await query('ALTER TABLE users RENAME TO people; DELETE FROM people');
    await query(`DROP TABLE godwit.undo_${tagOf(life)}_1; INSERT INTO people VALUES ('7', 'x'); DELETE FROM people`);
    await query('TRUNCATE people');
  }));

test('purge takes the triggers away with the undo table, wherever their table is', () =>
  living(dropped, async (life) => {
    await life.forward();
    await life.database.query('ALTER TABLE users RENAME TO people');
    const session = await postgres.connect(life.database.url)({
      purpose: 'test',
      signal: new AbortController().signal,
    });
    try {
      await dropUndoTables(session, [{ name: `undo_${tagOf(life)}_1`, rows: 9, bytes: 0 }], postgres.spelling);
    } finally {
      await session.close();
    }
    expect(await triggersLeft(life)).toBe(0);
    await life.database.query('DELETE FROM people');
  }));

function tagOf({ plan }: Life): string {
  return /undo_([0-9a-f]{8})_/.exec(JSON.stringify(plan))?.[1] ?? '';
}

async function triggersLeft({ database }: Life): Promise<unknown> {
  const [row] = await database.query(`SELECT count(*)::int AS left FROM pg_trigger WHERE tgname LIKE '~~godwit%'`);
  return row?.left;
}
