import { expect } from 'vitest';
import { isFailure } from '#core/error';
import type { EditKind } from '#db/edit';
import { operations } from '#db/operations/index';
import type { TestDatabase } from './database.ts';
import { beginLife, differences, type Life, plainly } from './life.ts';

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

/** One statement for each kind of edit that is built. */
export type Statements = Readonly<Partial<Record<EditKind, string>>>;

/** All ordered pairs of the operations on the shelf that have a statement, each with itself too. */
export function pairsOf(statements: Statements): readonly (readonly [EditKind, EditKind])[] {
  const kinds = operations.map(({ id }) => id).filter((kind) => statements[kind] !== undefined);
  return kinds.flatMap((first) => kinds.map((second) => [first, second] as const));
}

/** Forward, back, forward, and then as the same SQL leaves it; or refused with a code, never half planned. */
export async function livesOrIsRefused(sql: string, database: TestDatabase, stage = setup): Promise<void> {
  const birth = { setup: stage, sql };
  const life = await beginLife(birth, database).catch(refusal);
  if (life === undefined) return;
  const start = await life.state();
  await life.forward();
  const end = await life.state();
  await life.back();
  expect(differences(await life.state(), start)).toEqual([]);
  await life.forward();
  expect(differences(await life.state(), end)).toEqual([]);
  expect(differences(end, await plainly(birth, database))).toEqual([]);
}

function refusal(error: unknown): Life | undefined {
  if (isFailure(error)) return undefined;
  throw error;
}
