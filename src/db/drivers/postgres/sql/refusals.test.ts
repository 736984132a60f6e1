import { beforeAll, expect, it } from 'vitest';
import { isFailure } from '#core/error';
import { readIntent } from './read-intent.ts';
import { loadParser } from './syntax-tree.ts';

beforeAll(loadParser);

async function refusal(text: string, options: object = {}): Promise<string> {
  try {
    await readIntent(text, { searchPath: ['public'], ...options });
  } catch (error) {
    if (isFailure(error)) return `${error.code}: ${error.explanation.what}`;
    throw error;
  }
  return 'read';
}

it.each([
  ['', 'bad-input: The intent holds no change'],
  ['BEGIN; COMMIT', 'bad-input: The intent holds no change'],
  ['ROLLBACK', 'not-built: ROLLBACK on line 1'],
  ["\nSET lock_timeout = '1s'", 'not-built: SET on line 2'],
  ['CREATE MATERIALIZED VIEW v AS SELECT 1', 'not-built: CREATE MATERIALIZED VIEW on line 1'],
  ['CREATE TYPE mood AS ENUM ()', 'not-built: CREATE TYPE on line 1'],
  ['SELECT 1', 'not-built: SELECT on line 1'],
  ['GRANT SELECT ON users TO x', 'not-built: GRANT SELECT ON on line 1'],
  ['ALTER TABLE users\n  ADD a int,\n  ALTER a SET STATISTICS 5', 'not-built: "ALTER a SET STATISTICS 5" on line 3'],
  ['ALTER TABLE users SET LOGGED', 'not-built: "ALTER TABLE users SET LOGGED" on line 1'],
  ['ALTER TABLE users ALTER a ADD GENERATED ALWAYS AS IDENTITY', 'not-built'],
  ['ALTER VIEW users ALTER a SET DEFAULT 1', 'not-built'],
  ['ALTER TABLE users RENAME CONSTRAINT a TO b', 'not-built: "ALTER TABLE users RENAME CONSTRAINT a TO b"'],
  ['ALTER INDEX i RENAME TO j', 'not-built'],
  ['ALTER TABLE users DROP CONSTRAINT a CASCADE', 'not-built: DROP CONSTRAINT a CASCADE'],
  ['ALTER TABLE users ADD EXCLUDE USING gist (a WITH =)', 'not-built: The exclusion constraint'],
  ['ALTER TABLE users ADD CHECK (a > 0) NOT ENFORCED', 'not-built: The constraint that is NOT ENFORCED'],
  ['ALTER TABLE users ADD CONSTRAINT c NOT NULL a', 'not-built: NOT NULL as a constraint'],
  ['ALTER TABLE users ADD IF NOT EXISTS a int UNIQUE', 'not-built: IF NOT EXISTS with a constraint at column a'],
  ['ALTER TABLE users ADD a int COMPRESSION lz4', 'not-built: COMPRESSION of column a'],
  ['ALTER TABLE users ADD a b.c%TYPE', 'sql-syntax'],
  ['DROP VIEW v', 'not-built: DROP VIEW'],
  ['DROP INDEX i CASCADE', 'not-built: DROP INDEX … CASCADE'],
  ['CREATE TABLE a (LIKE b)', 'not-built: CREATE TABLE a with LIKE'],
  ['CREATE TABLE a AS SELECT 1', 'not-built: CREATE TABLE'],
  ['CREATE TABLE a (b int) PARTITION BY RANGE (b)', 'not-built: CREATE TABLE a with PARTITION BY'],
  ['CREATE TABLE a PARTITION OF b DEFAULT', 'not-built: CREATE TABLE a with PARTITION OF'],
  ['CREATE TEMP TABLE a (b int)', 'not-built: CREATE TABLE a with TEMPORARY'],
  ['CREATE UNLOGGED TABLE a (b int)', 'not-built: CREATE TABLE a with UNLOGGED'],
  ['CREATE TABLE a (b int) INHERITS (c)', 'not-built: CREATE TABLE a with INHERITS'],
  ['UPDATE a SET b = 1 FROM c', 'not-built: A data step with FROM'],
  ['UPDATE a SET b = (SELECT 1)', 'not-built: A data step with a subquery'],
  ['UPDATE a SET (b, c) = (SELECT 1, 2)', 'not-built: The value for column b'],
  ['UPDATE a SET b = DEFAULT', 'not-built: The value for column b'],
  ['UPDATE a SET b[1] = 2', 'not-built: A part of a column'],
  ['UPDATE a SET b = 1 RETURNING *', 'not-built: A data step with RETURNING'],
  ['UPDATE a SET b = 1, b = 2', 'bad-input: Column b is assigned twice'],
  ['UPDATE a SET b = $1', 'bad-input: The parameter $1'],
  ['UPDATE a SET b = c.d', 'unknown-object: c.d on line 1'],
  ['UPDATE a AS x SET b = a.d', 'unknown-object: a.d on line 1'],
  ['UPDATE a SET b = max(c) OVER ()', 'not-built: A data step with the window function max'],
  ['WITH x AS (SELECT 1) DELETE FROM a', 'not-built: A data step with WITH'],
  ['DELETE FROM a USING b', 'not-built: A data step with USING'],
  ['DELETE FROM a WHERE a.* IS NULL', 'not-built: A data step with *'],
  ['DELETE FROM a WHERE a IS NULL', 'not-built: A data step with the whole row a'],
  ['DELETE FROM a WHERE CURRENT OF c', 'not-built: A data step with WHERE CURRENT OF'],
  ['INSERT INTO a VALUES (1)', 'not-built: INSERT … VALUES'],
  ['INSERT INTO a DEFAULT VALUES', 'not-built: INSERT … DEFAULT VALUES'],
  ['INSERT INTO a (b) SELECT c, d FROM e', 'bad-input: The INSERT on line 1 names 1 columns and selects 2 values'],
  ['INSERT INTO a SELECT * FROM b', 'not-built: A data step with *'],
  ['INSERT INTO a SELECT b FROM c, d', 'not-built: INSERT … SELECT from anything but one table'],
  ['INSERT INTO a SELECT count(*) FROM b', 'not-built: A data step with the aggregate count'],
  ['INSERT INTO a SELECT unnest(b) FROM c', 'not-built: A data step with unnest'],
  ['INSERT INTO a SELECT b FROM c LIMIT 5', 'not-built: A data step with LIMIT'],
  ['INSERT INTO a SELECT DISTINCT b FROM c', 'not-built: A data step with DISTINCT'],
  ['INSERT INTO a SELECT b FROM c UNION SELECT b FROM d', 'not-built: A data step with UNION'],
  ['INSERT INTO a SELECT b FROM c GROUP BY b', 'not-built: A data step with GROUP BY'],
  ['INSERT INTO a SELECT b FROM c ON CONFLICT DO NOTHING', 'not-built: A data step with ON CONFLICT'],
  ['INSERT INTO a OVERRIDING SYSTEM VALUE SELECT b FROM c', 'not-built: A data step with OVERRIDING'],
  ['DROP TABLE godwit.journal', 'unsafe-change: godwit.journal on line 1'],
  ['DELETE FROM pg_catalog.pg_class', 'unsafe-change: pg_catalog.pg_class on line 1'],
  ['DROP TABLE x.y.z', 'not-built: The name x.y.z'],
  ['-- godwit: up 1\nALTER TABLE t DROP a, DROP b', 'bad-input: The godwit comment of line 1 fits 2 changes'],
  ['-- godwit: up 1\nCREATE INDEX ON t (a)', 'bad-input: The godwit comment of line 1 fits no change'],
  [
    '-- godwit: up 1\n-- godwit: up 2\nALTER TABLE t DROP a',
    'bad-input: "up" is said 2 times for one change, on lines 1 and 2',
  ],
])('%s is refused', async (text, message) => {
  expect(await refusal(text)).toContain(message);
});

it('a name without a schema needs a search path', async () => {
  expect(await refusal('DROP TABLE t', { searchPath: [] })).toBe('bad-input: t on line 1 has no schema.');
});
