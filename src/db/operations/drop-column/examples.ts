import type { OperationExample } from '../../operation.ts';

export const examples: readonly OperationExample[] = [
  {
    title: 'nullable',
    setup: `CREATE TABLE users (id bigint PRIMARY KEY, name text, old text);
      INSERT INTO users SELECT n, 'name ' || n, nullif(n % 3, 0)::text FROM generate_series(1, 100) AS n`,
    sql: 'ALTER TABLE users DROP COLUMN old',
    names: ['hazard/column-position-back'],
  },
  {
    title: 'NOT NULL without a default, which a rollback fills where it is missing',
    setup: `CREATE TABLE users (id bigint PRIMARY KEY, name text, old text NOT NULL);
      INSERT INTO users SELECT n, 'name ' || n, n FROM generate_series(1, 100) AS n`,
    sql: `-- godwit: down upper(name)
      ALTER TABLE users DROP COLUMN old`,
    equals: 'ALTER TABLE users DROP COLUMN old',
  },
  {
    title: 'with default, indexes, constraints, comments and grants on it',
    setup: `CREATE TABLE teams (id bigint PRIMARY KEY); INSERT INTO teams SELECT generate_series(1, 10);
      CREATE TABLE users (part int, id bigint, name text, team bigint NOT NULL DEFAULT 1, PRIMARY KEY (part, id));
      ALTER TABLE users ADD CONSTRAINT users_team_fkey FOREIGN KEY (team) REFERENCES teams ON DELETE CASCADE;
      ALTER TABLE users ADD CONSTRAINT positive CHECK (team > 0), ADD CONSTRAINT users_team_name_key UNIQUE (team, name);
      CREATE INDEX users_team ON users (team DESC) WHERE team > 1;
      COMMENT ON COLUMN users.team IS 'where'; COMMENT ON INDEX users_team IS 'by team'; COMMENT ON CONSTRAINT positive ON users IS 'so';
      GRANT SELECT (team) ON users TO PUBLIC;
      INSERT INTO users SELECT n % 2, n, 'name ' || n, n % 10 + 1 FROM generate_series(1, 100) AS n`,
    sql: 'ALTER TABLE users DROP COLUMN team',
  },
  {
    title: 'generated',
    setup: `CREATE TABLE users (id bigint PRIMARY KEY, name text, size int GENERATED ALWAYS AS (length(name)) VIRTUAL);
      INSERT INTO users (id, name) SELECT n, 'name ' || n FROM generate_series(1, 100) AS n`,
    sql: 'ALTER TABLE users DROP COLUMN size',
    since: 18,
  },
  {
    title: 'of a table without a key',
    setup: 'CREATE TABLE users (id bigint, name text)',
    sql: 'ALTER TABLE users DROP COLUMN name',
    refused: 'unsafe-change',
  },
  {
    title: 'of the primary key',
    setup: 'CREATE TABLE users (id bigint PRIMARY KEY, name text)',
    sql: 'ALTER TABLE users DROP COLUMN id',
    refused: 'not-built',
  },
  {
    title: 'which a unique constraint includes',
    setup: 'CREATE TABLE users (id bigint PRIMARY KEY, mail text, name text, UNIQUE (mail) INCLUDE (name))',
    sql: 'ALTER TABLE users DROP COLUMN name',
    refused: 'not-built',
  },
  {
    title: 'below a view',
    setup: 'CREATE TABLE users (id bigint PRIMARY KEY, name text); CREATE VIEW names AS SELECT name FROM users',
    sql: 'ALTER TABLE users DROP COLUMN name CASCADE',
    refused: 'not-built',
  },
];
