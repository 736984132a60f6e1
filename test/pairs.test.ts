import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isFailure } from '#core/error';
import type { EditKind } from '#db/edit';
import { operations } from '#db/operations/index';
import { createDatabase, type TestDatabase } from './support/database.ts';
import { beginLife, differences, type Life, plainly } from './support/life.ts';

/** One table with something of everything. */
const setup = `
CREATE TABLE places (id bigint PRIMARY KEY, name text);
INSERT INTO places SELECT n, 'place ' || n FROM generate_series(1, 5) AS n;
CREATE TABLE users (
  id bigint PRIMARY KEY,
  name text NOT NULL,
  age integer DEFAULT 18,
  mail text UNIQUE,
  state text NOT NULL DEFAULT 'new',
  score integer NOT NULL,
  place bigint,
  extra text,
  CONSTRAINT grown CHECK (age > 0)
);
CREATE INDEX users_name ON users (name);
CREATE INDEX users_mail_name ON users (mail, name);
INSERT INTO users SELECT n, 'name ' || n, n, 'mail ' || n, 'old', n, n % 5 + 1, 'extra ' || n FROM generate_series(1, 20) AS n;`;

/** Statements over the columns of that table, each on columns of its own. */
const onTable: Readonly<Partial<Record<EditKind, string>>> = {
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

/** Statements over one column, which is called `c` where they are written. */
const onColumn: Readonly<Partial<Record<EditKind, string>>> = {
  'rename-column': 'ALTER TABLE users RENAME COLUMN "c" TO renamed',
  'add-column': 'ALTER TABLE users ADD COLUMN "c" integer',
  'drop-column': 'ALTER TABLE users DROP COLUMN "c"',
  'change-type': 'ALTER TABLE users ALTER COLUMN "c" TYPE bigint',
  'set-default': 'ALTER TABLE users ALTER COLUMN "c" SET DEFAULT 7',
  'drop-default': 'ALTER TABLE users ALTER COLUMN "c" DROP DEFAULT',
  'set-not-null': 'ALTER TABLE users ALTER COLUMN "c" SET NOT NULL',
  'drop-not-null': 'ALTER TABLE users ALTER COLUMN "c" DROP NOT NULL',
  'create-index': 'CREATE INDEX on_it ON users ("c")',
  'add-constraint': 'ALTER TABLE users ADD CONSTRAINT on_it UNIQUE ("c")',
  'drop-constraint': 'ALTER TABLE users DROP CONSTRAINT grown',
  'update-rows': 'UPDATE users SET "c" = "c" + 1 WHERE id > 10',
  'delete-rows': 'DELETE FROM users WHERE "c" > 15',
};

const built = operations.map(({ id }) => id);
let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

describe('on one table', () => {
  for (const [first, second] of pairs(onTable)) {
    test(`${first}, ${second}`, () => livesOrIsRefused(`${onTable[first]};\n${renamedTable(first, onTable[second])}`));
  }
});

describe('on one column', () => {
  for (const [first, second] of pairs(onColumn)) {
    const column = second === 'drop-not-null' || first === 'drop-not-null' ? 'score' : 'age';
    const [before, after] = first === 'rename-column' ? [column, 'renamed'] : [column, column];
    const again = first === second ? '_again' : '';
    const sql = `${onColumn[first]?.replaceAll('"c"', before)};\n${onColumn[second]?.replaceAll('"c"', after)}`.replace(
      /renamed$/,
      `renamed${again}`,
    );
    test(`${first}, ${second}`, () => livesOrIsRefused(sql));
  }
});

function renamedTable(first: EditKind, sql = ''): string {
  return first === 'rename-table' ? sql.replaceAll(/\busers\b(?!_)/g, 'people') : sql;
}

function pairs(statements: Readonly<Partial<Record<EditKind, string>>>): readonly (readonly [EditKind, EditKind])[] {
  const kinds = built.filter((kind) => statements[kind] !== undefined);
  return kinds.flatMap((first) => kinds.map((second) => [first, second] as const));
}

/** Forward, back, forward, back; or refused with a code, never half planned. */
async function livesOrIsRefused(sql: string): Promise<void> {
  const birth = { setup, sql };
  const life = await beginLife(birth, database).catch(refusal);
  if (typeof life === 'string') return;
  const start = await life.state();
  await life.forward();
  const end = await life.state();
  await life.back();
  expect(differences(await life.state(), start)).toEqual([]);
  await life.forward();
  expect(differences(await life.state(), end)).toEqual([]);
  await life.back();
  expect(differences(await life.state(), start)).toEqual([]);
  expect(differences(end, await plainly(birth, database))).toEqual([]);
}

function refusal(error: unknown): string | Life {
  if (isFailure(error) && process.env.GODWIT_SHOW_REFUSALS === '1')
    process.stderr.write(`${error.code}: ${error.explanation.what}\n`);
  if (isFailure(error)) return error.code;
  throw error;
}
