import type { OperationExample } from '../../operation.ts';

const users = `CREATE TABLE users (id integer PRIMARY KEY, name text);
  INSERT INTO users SELECT n, 'name ' || n FROM generate_series(1, 50) AS n;`;
const fiftyOrders = 'INSERT INTO orders SELECT n, n FROM generate_series(1, 50) AS n';

/** Foreign keys on the column that changes its type. */
export const keyExamples: readonly OperationExample[] = [
  {
    title: 'to which foreign keys of two tables refer, together with theirs',
    setup: `${users}
      CREATE TABLE orders (id bigint PRIMARY KEY, user_id integer CONSTRAINT to_user REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE);
      CREATE INDEX orders_user ON orders (user_id); COMMENT ON CONSTRAINT to_user ON orders IS 'who pays'; ${fiftyOrders};
      CREATE TABLE notes (id bigint PRIMARY KEY, author integer NOT NULL REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED);
      INSERT INTO notes SELECT n, n FROM generate_series(1, 50) AS n`,
    sql: `ALTER TABLE orders ALTER COLUMN user_id TYPE bigint; ALTER TABLE users ALTER COLUMN id TYPE bigint;
      ALTER TABLE notes ALTER COLUMN author TYPE bigint`,
  },
  {
    title: 'to which a foreign key refers, alone',
    setup: `${users} CREATE TABLE orders (id bigint PRIMARY KEY, user_id integer REFERENCES users ON DELETE SET NULL); ${fiftyOrders}`,
    sql: 'ALTER TABLE users ALTER COLUMN id TYPE bigint',
  },
  {
    title: 'of a foreign key, alone, which is not proven',
    setup: `${users} CREATE TABLE orders (id bigint PRIMARY KEY, user_id integer); ${fiftyOrders};
      INSERT INTO orders VALUES (99, 99); ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users NOT VALID`,
    sql: 'ALTER TABLE orders ALTER COLUMN user_id TYPE bigint',
  },
  {
    title: 'the primary key, an identity, and a column of the same table that refers to it',
    setup: `CREATE TABLE users (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, boss integer REFERENCES users ON DELETE SET NULL);
      INSERT INTO users (boss) SELECT nullif(n - 1, 0) FROM generate_series(1, 50) AS n`,
    sql: 'ALTER TABLE users ALTER COLUMN id TYPE bigint, ALTER COLUMN boss TYPE bigint',
  },
  {
    title: 'one of two columns of a foreign key, with the tables and columns renamed',
    setup: `CREATE TABLE users (firm integer, id integer, PRIMARY KEY (firm, id));
      CREATE TABLE orders (id bigint PRIMARY KEY, firm integer, user_id integer,
        CONSTRAINT to_user FOREIGN KEY (firm, user_id) REFERENCES users (firm, id) MATCH FULL ON UPDATE CASCADE);
      INSERT INTO users SELECT n % 3, n FROM generate_series(1, 50) AS n;
      INSERT INTO orders SELECT n, n % 3, n FROM generate_series(1, 50) AS n`,
    sql: `ALTER TABLE users RENAME TO people; ALTER TABLE orders RENAME COLUMN firm TO company;
      ALTER TABLE people ALTER COLUMN id TYPE bigint; ALTER TABLE orders ALTER COLUMN user_id TYPE bigint;
      ALTER TABLE orders RENAME COLUMN user_id TO person_id; ALTER TABLE orders RENAME TO sales`,
  },
  {
    title: 'a unique column, in both tables by a transformation to a type that does not compare with the old one',
    setup: `CREATE TABLE users (id bigint PRIMARY KEY, code text NOT NULL UNIQUE);
      CREATE TABLE orders (id bigint PRIMARY KEY, code text REFERENCES users (code) ON UPDATE CASCADE ON DELETE RESTRICT);
      INSERT INTO users SELECT n, n::text FROM generate_series(1, 50) AS n;
      INSERT INTO orders SELECT n, n::text FROM generate_series(1, 50) AS n`,
    sql: `ALTER TABLE users ALTER COLUMN code TYPE integer USING code::integer;
      ALTER TABLE orders ALTER COLUMN code TYPE integer USING code::integer`,
    equals: `ALTER TABLE orders DROP CONSTRAINT orders_code_fkey;
      ALTER TABLE users ALTER COLUMN code TYPE integer USING code::integer;
      ALTER TABLE orders ALTER COLUMN code TYPE integer USING code::integer;
      ALTER TABLE orders ADD FOREIGN KEY (code) REFERENCES users (code) ON UPDATE CASCADE ON DELETE RESTRICT`,
  },
  {
    title: 'free, at both ends of a foreign key',
    setup: `CREATE TABLE users (code varchar(10) PRIMARY KEY); INSERT INTO users SELECT generate_series(1, 50);
      CREATE TABLE orders (id bigint PRIMARY KEY, code varchar(10) REFERENCES users); ${fiftyOrders}`,
    sql: 'ALTER TABLE users ALTER COLUMN code TYPE varchar(20); ALTER TABLE orders ALTER COLUMN code TYPE text',
  },
  {
    title: 'with its foreign key, which the intent drops and adds again',
    setup: `${users} CREATE TABLE orders (id bigint PRIMARY KEY, user_id integer CONSTRAINT to_user REFERENCES users ON DELETE CASCADE); ${fiftyOrders}`,
    sql: `ALTER TABLE orders DROP CONSTRAINT to_user;
      ALTER TABLE users ALTER COLUMN id TYPE bigint;
      ALTER TABLE orders ALTER COLUMN user_id TYPE bigint;
      ALTER TABLE orders ADD CONSTRAINT to_user FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE`,
  },
  {
    title: 'at one end of a foreign key, so that the ends do not compare any more',
    setup: `${users} CREATE TABLE orders (id bigint PRIMARY KEY, user_id integer REFERENCES users)`,
    sql: 'ALTER TABLE users ALTER COLUMN id TYPE text',
    refused: 'unsafe-change',
  },
  {
    title: 'to which a foreign key refers that goes with its column',
    setup: `${users} CREATE TABLE orders (id bigint PRIMARY KEY, user_id integer REFERENCES users)`,
    sql: 'ALTER TABLE users ALTER COLUMN id TYPE bigint; ALTER TABLE orders DROP COLUMN user_id',
    refused: 'not-built',
  },
  {
    title: 'to which a new table refers',
    setup: users,
    sql: 'CREATE TABLE orders (user_id bigint REFERENCES users); ALTER TABLE users ALTER COLUMN id TYPE bigint',
    refused: 'not-built',
  },
  {
    title: 'to which a partitioned table refers',
    setup: `${users} CREATE TABLE orders (id bigint, user_id integer REFERENCES users) PARTITION BY RANGE (id)`,
    sql: 'ALTER TABLE users ALTER COLUMN id TYPE bigint',
    refused: 'not-built',
  },
];
