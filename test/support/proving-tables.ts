import type { ProvingCase } from './proving-cases.ts';

const age: ProvingCase['field'] = {
  name: 'age',
  column: 'age integer',
  fill: '1 + id % 90',
  initial: (key) => 1 + (key % 90),
  make: (random) => 1 + Math.floor(random() * 90),
};
const withAge: ProvingCase['old'] = { fields: { age: { column: 'age' } } };
const places = `CREATE TABLE places (id integer PRIMARY KEY); INSERT INTO places SELECT generate_series(1, 100)`;

/** Changes of indexes, constraints and tables: both versions do the same, but for a table that is renamed. */
export const tableCases: readonly ProvingCase[] = [
  { title: 'an index is built', sql: 'CREATE INDEX users_note ON users (note)' },
  { title: 'a unique index is built', sql: 'CREATE UNIQUE INDEX users_one_name ON users (lower(name))' },
  { title: 'an index is dropped', sql: 'DROP INDEX users_name' },
  {
    title: 'a unique index is dropped',
    sql: 'DROP INDEX users_one_name',
    setup: 'CREATE UNIQUE INDEX users_one_name ON users (lower(name))',
  },
  {
    title: 'a check is added',
    sql: 'ALTER TABLE users ADD CONSTRAINT sane CHECK (age > 0)',
    field: age,
    old: withAge,
  },
  {
    title: 'a check is dropped',
    sql: 'ALTER TABLE users DROP CONSTRAINT sane',
    setup: 'ALTER TABLE users ADD CONSTRAINT sane CHECK (age > 0)',
    field: age,
    old: withAge,
  },
  {
    title: 'a foreign key is added',
    sql: 'ALTER TABLE users ADD CONSTRAINT at FOREIGN KEY (age) REFERENCES places',
    setup: places,
    field: age,
    old: withAge,
  },
  {
    title: 'a foreign key is dropped',
    sql: 'ALTER TABLE users DROP CONSTRAINT at',
    setup: `${places}; ALTER TABLE users ADD CONSTRAINT at FOREIGN KEY (age) REFERENCES places`,
    field: age,
    old: withAge,
  },
  { title: 'a unique constraint is added', sql: 'ALTER TABLE users ADD CONSTRAINT one_name UNIQUE (name)' },
  { title: 'a unique constraint is dropped', sql: 'ALTER TABLE users DROP CONSTRAINT users_email_key' },
  {
    title: 'a primary key is added',
    sql: 'ALTER TABLE users ADD PRIMARY KEY (id)',
    setup: 'ALTER TABLE users DROP CONSTRAINT users_pkey; CREATE UNIQUE INDEX users_id ON users (id)',
  },
  {
    title: 'a table is renamed',
    sql: 'ALTER TABLE users RENAME TO people',
    old: { upsertsOn: 'email' },
    young: { table: 'people', upsertsOn: 'email' },
  },
  {
    title: 'a table and its column are renamed',
    sql: 'ALTER TABLE users RENAME TO people; ALTER TABLE people RENAME COLUMN name TO full_name',
    young: { table: 'people', fields: { name: { column: 'full_name' } } },
  },
  {
    title: 'a table that refers to the one at work is made',
    sql: 'CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users ON DELETE CASCADE)',
  },
  {
    title: 'a table that refers to the one at work is dropped',
    sql: 'DROP TABLE orders',
    setup: `CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
      INSERT INTO orders SELECT n, 2400 + n FROM generate_series(1, 500) AS n`,
    probe: {
      done: `SELECT to_regclass('orders') IS NULL AS ok`,
      back: 'SELECT count(*) = 500 AS ok FROM orders',
    },
  },
  {
    title: 'a primary key is dropped',
    sql: 'ALTER TABLE users DROP CONSTRAINT users_pkey',
    setup: 'CREATE UNIQUE INDEX users_id ON users (id)',
    young: { upsertsOn: 'email' },
  },
  {
    title: 'the primary key becomes bigint',
    sql: 'ALTER TABLE users ALTER COLUMN id TYPE bigint',
    keyType: 'integer',
  },
];
