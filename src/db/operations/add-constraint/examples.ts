import type { OperationExample } from '../../operation.ts';

const users = `CREATE TABLE users (id bigint PRIMARY KEY, name text, mail text, age integer);
  INSERT INTO users SELECT n, 'name ' || n, 'm' || n, n FROM generate_series(1, 300) AS n`;
const orders = `${users};
  CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
  INSERT INTO orders SELECT n, CASE WHEN n % 3 > 0 THEN n END FROM generate_series(1, 300) AS n`;

/** One for every kind and every refusal. */
export const examples: readonly OperationExample[] = [
  {
    title: 'a check',
    setup: users,
    sql: 'ALTER TABLE users ADD CONSTRAINT users_age CHECK (age > 0 AND name IS NOT NULL)',
    names: ['hazard/tightened'],
  },
  {
    title: 'a check that stays not valid, without a name',
    setup: users,
    sql: 'ALTER TABLE users ADD CHECK (age > 100) NOT VALID',
  },
  {
    title: 'a check on a column that the same intent renames, in the place of another check of that name',
    setup: `${users}; ALTER TABLE users ADD CONSTRAINT sane CHECK (age < 1000)`,
    sql: `ALTER TABLE users DROP CONSTRAINT sane; ALTER TABLE users ADD CONSTRAINT sane CHECK (age < 2000);
      ALTER TABLE users RENAME age TO years`,
  },
  {
    title: 'a foreign key',
    setup: orders,
    sql: 'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE',
    names: ['hazard/tightened', 'hazard/unindexed-foreign-key'],
  },
  {
    title: 'a foreign key over two columns, to the same table, deferrable',
    setup: `CREATE TABLE nodes (part text, id bigint, parent_part text, parent bigint, PRIMARY KEY (part, id));
      INSERT INTO nodes SELECT 'a', n, CASE WHEN n > 1 THEN 'a' END, nullif(n - 1, 0) FROM generate_series(1, 100) AS n`,
    sql: 'ALTER TABLE nodes ADD CONSTRAINT tree FOREIGN KEY (parent_part, parent) REFERENCES nodes (part, id) DEFERRABLE INITIALLY DEFERRED',
  },
  {
    title: 'a unique constraint with INCLUDE and storage options, deferrable',
    setup: users,
    sql: 'ALTER TABLE users ADD CONSTRAINT users_mail UNIQUE NULLS NOT DISTINCT (mail) INCLUDE (name) WITH (fillfactor = 70) DEFERRABLE',
    since: 15,
  },
  {
    title: 'a unique constraint on a column that the same intent renames',
    setup: users,
    sql: 'ALTER TABLE users RENAME mail TO email; ALTER TABLE users ADD UNIQUE (email)',
  },
  {
    title: 'a unique constraint from an index that is there',
    setup: `${users}; CREATE UNIQUE INDEX users_mail ON users (mail); COMMENT ON INDEX users_mail IS 'one each'`,
    sql: 'ALTER TABLE users ADD CONSTRAINT one_mail UNIQUE USING INDEX users_mail',
  },
  {
    title: 'a unique constraint from an index of the same intent',
    setup: users,
    sql: 'CREATE UNIQUE INDEX users_mail ON users (mail); ALTER TABLE users ADD CONSTRAINT one_mail UNIQUE USING INDEX users_mail',
  },
  {
    title: 'a primary key over columns that may hold NULL',
    setup: `CREATE TABLE users (id bigint, part text, name text);
      INSERT INTO users SELECT n, 'a', 'name ' || n FROM generate_series(1, 300) AS n`,
    sql: 'ALTER TABLE users ADD PRIMARY KEY (part, id)',
  },
  {
    title: 'a foreign key to a unique constraint of the same intent',
    setup: `${orders}; ALTER TABLE orders ADD mail text; UPDATE orders SET mail = 'm' || id`,
    sql: 'ALTER TABLE users ADD UNIQUE (mail); ALTER TABLE orders ADD FOREIGN KEY (mail) REFERENCES users (mail)',
  },
  {
    title: 'a foreign key to a table that the same intent renames first',
    setup: orders,
    sql: 'ALTER TABLE users RENAME TO people; ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES people',
  },
  {
    title: 'a foreign key to a table that the same intent renames afterwards',
    setup: orders,
    sql: 'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users; ALTER TABLE users RENAME TO people',
    refused: 'not-built',
  },
  {
    title: 'another primary key in the place of the one that is dropped',
    setup: users,
    sql: 'ALTER TABLE users DROP CONSTRAINT users_pkey; ALTER TABLE users ADD PRIMARY KEY (mail)',
    refused: 'name-taken',
  },
  {
    title: 'a second primary key',
    setup: users,
    sql: 'ALTER TABLE users ADD PRIMARY KEY (mail)',
    refused: 'name-taken',
  },
  {
    title: 'a name that is taken',
    setup: `${users}; ALTER TABLE users ADD CONSTRAINT sane CHECK (age < 1000)`,
    sql: 'ALTER TABLE users ADD CONSTRAINT sane CHECK (age < 2000)',
    refused: 'name-taken',
  },
  {
    title: 'a foreign key to a column that is not unique',
    setup: orders,
    sql: 'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (age)',
    refused: 'unsafe-change',
  },
  {
    title: 'a foreign key between types that do not compare',
    setup: `${orders}; ALTER TABLE orders ADD user_name text`,
    sql: 'ALTER TABLE orders ADD FOREIGN KEY (user_name) REFERENCES users',
    refused: 'unsafe-change',
  },
  {
    title: 'a foreign key to a table that is not there',
    setup: orders,
    sql: 'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES usres',
    refused: 'unknown-object',
  },
  {
    title: 'an exclusion constraint',
    setup: 'CREATE TABLE rooms (id bigint PRIMARY KEY, taken int4range)',
    sql: 'ALTER TABLE rooms ADD EXCLUDE USING gist (taken WITH &&)',
    refused: 'not-built',
  },
];
