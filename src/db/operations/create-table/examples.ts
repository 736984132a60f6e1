import type { OperationExample } from '../../operation.ts';

const users = `CREATE TABLE users (id bigint PRIMARY KEY, name text);
  INSERT INTO users SELECT n, 'name ' || n FROM generate_series(1, 100) AS n`;

/** As stated, changed by later statements, and refused. */
export const examples: readonly OperationExample[] = [
  {
    title: 'with keys, checks, defaults, an identity and a serial',
    setup: users,
    sql: `CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, number serial UNIQUE,
      user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE, before bigint REFERENCES orders,
      total numeric(12, 2) DEFAULT 0 CHECK (total >= 0), twice numeric GENERATED ALWAYS AS (total * 2) STORED)`,
  },
  {
    title: 'with keys, constraints and indexes in later statements, as a dump has it',
    setup: users,
    sql: `CREATE TABLE teams (id bigint NOT NULL, name text, lead bigint);
      CREATE TABLE members (team bigint, user_id bigint);
      ALTER TABLE teams ADD CONSTRAINT teams_pkey PRIMARY KEY (id);
      ALTER TABLE members ADD PRIMARY KEY (team, user_id);
      CREATE UNIQUE INDEX teams_name ON teams (lower(name)) WHERE name IS NOT NULL;
      ALTER TABLE teams ADD CONSTRAINT named CHECK (name <> '');
      ALTER TABLE members ADD FOREIGN KEY (team) REFERENCES teams; ALTER TABLE members ADD FOREIGN KEY (user_id) REFERENCES users;
      ALTER TABLE teams ADD FOREIGN KEY (lead, id) REFERENCES members (team, user_id)`,
  },
  {
    title: 'with columns that later statements add, rename, retype and drop',
    setup: users,
    sql: `CREATE TABLE notes (id serial PRIMARY KEY, body varchar(10), old integer, CONSTRAINT said CHECK (body <> ''));
      CREATE INDEX notes_body ON notes (body);
      ALTER TABLE notes RENAME body TO text; ALTER TABLE notes DROP COLUMN old;
      ALTER TABLE notes ADD COLUMN at date DEFAULT '2020-01-01'; ALTER TABLE notes ALTER COLUMN text TYPE text;
      ALTER TABLE notes ALTER COLUMN text SET NOT NULL; ALTER TABLE notes RENAME TO remarks`,
  },
  {
    title: 'over a name that is taken',
    setup: users,
    sql: 'CREATE TABLE users (id bigint)',
    refused: 'name-taken',
  },
  {
    title: 'that is there, with IF NOT EXISTS',
    setup: users,
    sql: 'CREATE TABLE IF NOT EXISTS users (id bigint)',
    refused: 'nothing-to-do',
  },
  {
    title: 'in a schema that is not there',
    setup: users,
    sql: 'CREATE TABLE app.users (id bigint)',
    refused: 'unknown-object',
  },
  {
    title: 'with two columns of one name',
    setup: users,
    sql: 'CREATE TABLE teams (id bigint, id text)',
    refused: 'name-taken',
  },
  {
    title: 'that refers to a table which the same intent renames',
    setup: users,
    sql: 'ALTER TABLE users RENAME TO people; CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES people)',
    refused: 'not-built',
  },
  {
    title: 'partitioned',
    setup: users,
    sql: 'CREATE TABLE parts (id bigint) PARTITION BY RANGE (id)',
    refused: 'not-built',
  },
];
