import { expect, it } from 'vitest';
import { isFailure } from '#core/error';
import { postgres } from '../index.ts';

async function refusal(text: string, serverVersion: number, more: object = {}): Promise<string> {
  try {
    await postgres.readIntent(text, { searchPath: ['public'], serverVersion, ...more });
  } catch (error) {
    if (isFailure(error, 'not-built')) return `${error.explanation.what} ${error.explanation.why}`;
    throw error;
  }
  return 'read';
}

it.each([
  ['CREATE UNIQUE INDEX ON users (mail) NULLS NOT DISTINCT', 15, 'NULLS NOT DISTINCT on line 1'],
  ['ALTER TABLE users\n  ADD UNIQUE NULLS NOT DISTINCT (mail)', 15, 'NULLS NOT DISTINCT on line 2'],
  ['CREATE TABLE a (b int UNIQUE NULLS NOT DISTINCT)', 15, 'NULLS NOT DISTINCT on line 1'],
  [
    'ALTER TABLE a ADD FOREIGN KEY (b, c) REFERENCES d (b, c) ON DELETE SET NULL (c)',
    15,
    'A list of columns after ON DELETE SET on line 1',
  ],
  ['ALTER TABLE a ADD b int GENERATED ALWAYS AS (c + 1) VIRTUAL', 18, 'A virtual generated column on line 1'],
  ['CREATE TABLE a (c int, b int GENERATED ALWAYS AS (c + 1))', 18, 'A virtual generated column on line 1'],
  ['ALTER TABLE a\n ADD b uuid\n DEFAULT gen_random_uuid()', 13, 'The function gen_random_uuid on line 3'],
  ['ALTER TABLE a ADD b uuid DEFAULT pg_catalog.uuidv7()', 18, 'The function uuidv7 on line 1'],
  ['UPDATE a SET b = regexp_substr(c, d) WHERE true', 15, 'The function regexp_substr on line 1'],
  ['DELETE FROM a WHERE b IS JSON', 16, 'IS JSON on line 1'],
  ['ALTER TABLE a ADD b int4multirange', 14, 'The type int4multirange on line 1'],
  ['CREATE INDEX ON a (b) WITH (deduplicate_items = off)', 13, 'The storage option deduplicate_items on line 1'],
  ['CREATE INDEX ON a USING gist (b gist_ltree_ops (siglen = 100))', 13, 'An operator class with options on line 1'],
  [
    'ALTER TABLE a RENAME b TO c; -- godwit: up lower(b)\nALTER TABLE a ADD d uuid; -- godwit: up uuidv4()',
    18,
    'The function uuidv4 in the transformation for line 2',
  ],
])('%s is refused before PostgreSQL %i', async (text, major, what) => {
  expect(await refusal(text, (major - 1) * 10_000 + 5)).toBe(
    `${what} cannot be planned for this server. The server is PostgreSQL ${major - 1}; this is there from PostgreSQL ${major} on.`,
  );
  expect(await refusal(text, major * 10_000)).toBe('read');
});

it("a function of that name that is the user's own or an extension's is no newer one", async () => {
  const text = 'ALTER TABLE a ADD b uuid DEFAULT gen_random_uuid(), ADD c int DEFAULT app.crc32(1)';
  const functionVolatility = new Map([['gen_random_uuid', 'volatile']]);
  expect(await refusal(text, 120_022, { functionVolatility })).toBe('read');
});
