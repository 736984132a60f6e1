import { afterAll, beforeAll, expect, test } from 'vitest';
import { operations } from '#db/operations/index';
import { createDatabase, type TestDatabase } from './support/database.ts';
import { livesOrIsRefused, pairsOf, type Statements } from './support/pairs.ts';
import { sampled } from './support/sampled.ts';

/** Statements over the columns of that table, each on columns of its own. */
const onTable: Statements = {
  'rename-column': 'ALTER TABLE users RENAME COLUMN name TO full_name',
  'add-column': `ALTER TABLE users ADD COLUMN added text NOT NULL DEFAULT 'x'`,
  'drop-column': 'ALTER TABLE users DROP COLUMN extra',
  'change-type': 'ALTER TABLE users ALTER COLUMN score TYPE bigint',
  'set-default': `ALTER TABLE users ALTER COLUMN mail SET DEFAULT 'none'`,
  'drop-default': 'ALTER TABLE users ALTER COLUMN state DROP DEFAULT',
  'set-not-null': 'ALTER TABLE users ALTER COLUMN place SET NOT NULL',
  'drop-not-null': 'ALTER TABLE users ALTER COLUMN score DROP NOT NULL',
  'create-index': 'CREATE INDEX users_state ON users (state, score)',
  'drop-index': 'DROP INDEX users_mail_name',
  'add-constraint': 'ALTER TABLE users ADD CONSTRAINT to_place FOREIGN KEY (place) REFERENCES places (id)',
  'drop-constraint': 'ALTER TABLE users DROP CONSTRAINT grown',
  'rename-table': 'ALTER TABLE users RENAME TO people',
  'create-table': 'CREATE TABLE notes (id bigint PRIMARY KEY, body text NOT NULL)',
  'drop-table': 'DROP TABLE users',
  'update-rows': `UPDATE users SET extra = 'changed' WHERE age > 10`,
  'delete-rows': 'DELETE FROM users WHERE age > 15',
  'insert-rows': `INSERT INTO places (id, name) SELECT id + 100, name FROM users WHERE age < 4`,
};

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

test('every operation on the shelf has its statement', () => {
  expect(operations.map(({ id }) => id).filter((id) => onTable[id] === undefined)).toEqual([]);
});

for (const [first, second] of sampled(pairsOf(onTable), 8, 3)) {
  test(`${first}, ${second}`, () => {
    const again = second === first ? (onTable[second] ?? '').replace('+ 100', '+ 200') : (onTable[second] ?? '');
    const then = first === 'rename-table' ? again.replaceAll(/\busers\b(?!_)/g, 'people') : again;
    return livesOrIsRefused(`${onTable[first]};\n${then}`, database);
  });
}
