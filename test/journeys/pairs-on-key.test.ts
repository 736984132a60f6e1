import { afterAll, beforeAll, describe, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { livesOrIsRefused } from '../support/pairs.ts';

/** Two tables, and two foreign keys between them. */
const setup = `
CREATE TABLE places (id integer PRIMARY KEY, code integer UNIQUE NOT NULL, name text);
INSERT INTO places SELECT n, n, 'place ' || n FROM generate_series(1, 25) AS n;
CREATE TABLE users (
  id bigint PRIMARY KEY,
  place integer DEFAULT 3 REFERENCES places ON DELETE SET NULL,
  code integer REFERENCES places (code) DEFERRABLE,
  age integer
);
CREATE INDEX users_place ON users (place);
INSERT INTO users SELECT n, n % 5 + 1, n, n FROM generate_series(1, 20) AS n`;

const retypes = [
  'ALTER TABLE places ALTER id TYPE bigint',
  'ALTER TABLE users ALTER place TYPE bigint',
  'ALTER TABLE places ALTER id TYPE bigint; ALTER TABLE users ALTER place TYPE bigint',
  'ALTER TABLE places ALTER code TYPE bigint; ALTER TABLE users ALTER place TYPE bigint',
];

const others = [
  'ALTER TABLE places RENAME id TO place_id',
  'ALTER TABLE users RENAME place TO home',
  'ALTER TABLE users RENAME TO people',
  'ALTER TABLE places RENAME TO spots',
  'ALTER TABLE users DROP COLUMN place',
  'ALTER TABLE places DROP COLUMN name',
  'ALTER TABLE users DROP CONSTRAINT users_place_fkey',
  'ALTER TABLE users ALTER place SET NOT NULL',
  'ALTER TABLE users ALTER place DROP DEFAULT',
  'ALTER TABLE users ALTER place SET DEFAULT 4',
  'ALTER TABLE users ALTER code TYPE bigint',
  'ALTER TABLE users ALTER age TYPE bigint',
  'ALTER TABLE users ADD FOREIGN KEY (age) REFERENCES places',
  'ALTER TABLE users ADD UNIQUE (place, id)',
  'ALTER TABLE users ADD COLUMN more bigint REFERENCES places',
  'CREATE INDEX on_it ON users (place, age)',
  'DROP TABLE users',
  'DELETE FROM users WHERE place = 3',
  'UPDATE users SET place = 2 WHERE place = 3',
  'INSERT INTO places (id, code) SELECT id + 100, id + 100 FROM users',
];

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

describe.each(retypes)('%s', (retype) => {
  for (const other of others) {
    test(`and then ${other}`, () => livesOrIsRefused(`${retype};\n${other}`, database, setup));
    test(`after ${other}`, () => livesOrIsRefused(`${other};\n${retype}`, database, setup));
  }
});
