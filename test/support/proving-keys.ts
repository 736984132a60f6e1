import type { AppVersion, WorkloadShape } from '#db/workload/shape';
import type { ProvingCase } from './proving-cases.ts';

/**
 * Orders refer to users whom nobody deletes; visits go with the users whom the application deletes. So a foreign key that
 * is not in force, or that acts late, leaves an orphan or fails a write.
 */
const setup = `
  CREATE TABLE orders (id bigint PRIMARY KEY, user_id integer NOT NULL REFERENCES users, note text);
  INSERT INTO orders SELECT n, 2401 + n % 600, 'note ' || n FROM generate_series(1, 2000) AS n;
  CREATE INDEX orders_user ON orders (user_id);
  CREATE TABLE visits (id bigint PRIMARY KEY, user_id integer REFERENCES users ON DELETE CASCADE);
  INSERT INTO visits SELECT n, n FROM generate_series(1, 3000) AS n;
  CREATE INDEX visits_user ON visits (user_id); ANALYZE orders; ANALYZE visits`;

const orders: WorkloadShape = {
  key: 'id',
  rows: 2_000,
  fields: [
    { name: 'user', make: (random) => 2_401 + Math.floor(random() * 600) },
    { name: 'note', make: (_, turn) => `note ${turn}`, isNullable: true },
  ],
  initial: (key) => ({ user: 2_401 + (key % 600), note: `note ${key}` }),
};

function version(name: string, column: string): AppVersion {
  return {
    name,
    table: { schema: 'public', name: 'orders' },
    fields: { user: { column, read: Number }, note: { column: 'note', omitted: null } },
    unknown: {},
  };
}

function probe(column: string): string {
  const orphans = [`orders AS o WHERE o.${column}`, 'visits AS o WHERE o.user_id'].map(
    (where) => `(SELECT count(*) FROM ${where} NOT IN (SELECT id FROM users))`,
  );
  const keys = `(SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated)`;
  return `SELECT ${orphans.join(' + ')} = 0 AND ${keys} = 2 AS ok`;
}

function keyCase(title: string, sql: string, column = 'user_id'): ProvingCase {
  return {
    title,
    sql,
    keyType: 'integer',
    setup,
    beside: { shape: orders, old: version('old', 'user_id'), young: version('new', column) },
    probe: { done: probe(column), back: probe('user_id') },
  };
}

/** Changes of type at the ends of foreign keys, while the application writes both tables. */
export const keyCases: readonly ProvingCase[] = [
  keyCase(
    'a primary key and the columns that refer to it become bigint',
    `ALTER TABLE users ALTER COLUMN id TYPE bigint; ALTER TABLE orders ALTER COLUMN user_id TYPE bigint;
      ALTER TABLE visits ALTER COLUMN user_id TYPE bigint`,
  ),
  keyCase('a primary key becomes bigint, and what refers to it stays', 'ALTER TABLE users ALTER COLUMN id TYPE bigint'),
  keyCase(
    'a column that refers to a key becomes bigint and is renamed',
    `ALTER TABLE orders ALTER COLUMN user_id TYPE bigint; ALTER TABLE orders RENAME COLUMN user_id TO buyer_id`,
    'buyer_id',
  ),
];
