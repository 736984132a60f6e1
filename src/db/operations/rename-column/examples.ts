import type { OperationExample } from '../../operation.ts';

export const examples: readonly OperationExample[] = [
  {
    title: 'a plain column',
    setup: `CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL);
        INSERT INTO users SELECT n, 'name ' || n FROM generate_series(1, 500) AS n`,
    sql: 'ALTER TABLE users RENAME COLUMN name TO full_name',
    names: ['hazard/prepared-statement'],
  },
  {
    title: 'a unique column with default, comment, grants and a partial index',
    setup: `CREATE TABLE users (id bigint PRIMARY KEY, mail varchar(80) DEFAULT 'none' UNIQUE);
        CREATE INDEX users_mail_lower ON users (lower(mail)) WHERE mail IS NOT NULL;
        COMMENT ON COLUMN users.mail IS 'where to write';
        GRANT SELECT (mail) ON users TO PUBLIC;
        INSERT INTO users SELECT n, 'm' || n FROM generate_series(1, 500) AS n`,
    sql: 'ALTER TABLE users RENAME mail TO email',
    names: ['hazard/bulk-insert'],
  },
  {
    title: 'the primary key, an identity, to which another table refers',
    setup: `CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);
        CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users ON DELETE CASCADE);
        INSERT INTO users (name) SELECT 'name ' || n FROM generate_series(1, 500) AS n;
        INSERT INTO orders SELECT n, n FROM generate_series(1, 100) AS n`,
    sql: 'ALTER TABLE users RENAME COLUMN id TO user_id',
  },
  {
    title: 'odd names, a table without a key, json',
    setup: `CREATE SCHEMA "Odd";
        CREATE TABLE "Odd"."My ""Table" ("Na me" json DEFAULT '{}', "select" int);
        INSERT INTO "Odd"."My ""Table" SELECT json_build_object('n', n), n FROM generate_series(1, 100) AS n`,
    sql: `ALTER TABLE "Odd"."My ""Table" RENAME COLUMN "Na me" TO "Größe's $godwit$ %s"`,
    names: ['hazard/no-primary-key'],
  },
  {
    title: 'to a name that is taken',
    setup: 'CREATE TABLE users (id bigint PRIMARY KEY, name text, full_name text)',
    sql: 'ALTER TABLE users RENAME COLUMN name TO full_name',
    refused: 'name-taken',
  },
  {
    title: 'a column that is not there',
    setup: 'CREATE TABLE users (id bigint PRIMARY KEY, name text)',
    sql: 'ALTER TABLE users RENAME COLUMN nmae TO full_name',
    refused: 'unknown-object',
  },
];
