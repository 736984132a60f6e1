import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { isFailure } from '#core/error';
import { runsOf, seed } from '../../../../../test/support/seed.ts';
import { columnsIn, normalExpression, rewriteColumns } from './expression.ts';
import { mentionsColumn } from './function-body.ts';
import { readIntent } from './read-intent.ts';
import { loadParser } from './syntax-tree.ts';
import { usesOf } from './uses.ts';
import { volatilityOf } from './volatility.ts';

beforeAll(loadParser);

const corpus = [
  'ALTER TABLE users ADD COLUMN age int NOT NULL DEFAULT 1 UNIQUE CHECK (age > 0) REFERENCES o(id) ON DELETE SET NULL; -- godwit: up 1 down none',
  '-- godwit: up lower(a) down \'ü😀\' || b\nALTER TABLE app."Üsers" RENAME COLUMN "größe" TO b',
  'ALTER TABLE t ALTER a TYPE numeric(10,2) COLLATE "C" USING (a::numeric), -- godwit: up a::numeric\n ALTER b SET NOT NULL, DROP c CASCADE',
  'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t USING gin (lower(a) text_pattern_ops DESC, b) INCLUDE (c) WITH (fillfactor=70) WHERE a > 0',
  "CREATE TABLE t (id bigserial PRIMARY KEY, a varchar(3)[] DEFAULT '{}', b int GENERATED ALWAYS AS (id * 2) STORED, UNIQUE (a, b), FOREIGN KEY (b) REFERENCES o)",
  "UPDATE t AS x SET (a, b) = (1, x.c || E'\\n'), d = CASE WHEN x.e THEN $$q$$ END WHERE x.f IN (1, 2) AND NOT (g IS NULL)",
  'INSERT INTO t (a) SELECT coalesce(b, now()) FROM s WHERE c BETWEEN 1 AND 2 ON CONFLICT (a) DO UPDATE SET a = excluded.a RETURNING *',
  'BEGIN; DELETE FROM t USING s WHERE t.a = s.b; DROP TABLE IF EXISTS a, b CASCADE; DROP INDEX i; COMMIT',
  'WITH x AS (SELECT * FROM users u JOIN LATERAL (SELECT 1) y USING (a)) SELECT name, (u).b, $1 FROM x ORDER BY name LIMIT $2',
  "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN NEW.name := lower(OLD.name); EXECUTE 'select 1'; RETURN NEW; END $f$",
  'MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN UPDATE SET b = 1 WHEN NOT MATCHED THEN INSERT VALUES (1)',
  'a + b * (c -> \'x\') :: int || lower(t.name COLLATE "C")',
];
const pieces = [
  ...new Set(corpus.flatMap((text) => text.split(/(\s+|[(),;])/))),
  "'",
  '"',
  '$$',
  '--',
  '/*',
  '*/',
  '(',
  ')',
  ';',
  '\0',
  '\u0001',
  '\r\n',
  '\ud800',
  '😀',
  'ü',
  'U&"x"',
  "UESCAPE '!'",
  '$1',
  '*',
  '.',
  '::',
  '[',
  ']',
  '-- godwit: up ',
  '-- godwit: down none\n',
  '-- godwit: x\n',
  'SELECT',
  'ONLY',
  'NULL',
  '1e999',
  '0x',
  'pg_catalog',
  'constructor',
  '__proto__',
];

type Mutation = { readonly at: number; readonly cut: number; readonly put: string };

const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat({ max: 12 }),
  put: fc.oneof(fc.constantFrom(...pieces), fc.constant(''), fc.string({ maxLength: 4, unit: 'binary' })),
});

/** By whole words, which often still parses, or anywhere. */
const mutated = fc
  .tuple(fc.constantFrom(...corpus), fc.array(mutation, { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([text, mutations, isByWords]) => mutations.reduce(isByWords ? mutateWords : mutate, text));

function mutate(text: string, { at, cut, put }: Mutation): string {
  const place = Math.floor(at * (text.length + 1));
  return text.slice(0, place) + put + text.slice(place + cut);
}

function mutateWords(text: string, { at, cut, put }: Mutation): string {
  const words = text.split(/(\s+|[(),;])/);
  return words.toSpliced(Math.floor(at * words.length), cut % 3, put).join('');
}

/** The failure's code, or `done`; anything else that is thrown breaks the property. */
async function outcome(work: () => unknown): Promise<string> {
  try {
    await work();
    return 'done';
  } catch (error) {
    if (isFailure(error)) return error.code;
    throw error;
  }
}

const codes = ['done', 'sql-syntax', 'not-built', 'bad-input', 'unknown-object', 'unsafe-change'];

it(`10,000 mutated statements are read or refused, and never crash (seed ${seed})`, async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(mutated, async (text) => {
      const code = await outcome(() => readIntent(text, { searchPath: ['public'] }));
      seen.set(code, (seen.get(code) ?? 0) + 1);
      return codes.includes(code);
    }),
    { seed, numRuns: runsOf(10_000), verbose: 1 },
  );
  for (const code of ['done', 'sql-syntax', 'not-built']) expect(seen.get(code) ?? 0).toBeGreaterThan(100);
});

it(`2,000 of them as statements of the application and as function bodies (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(mutated, async (text) => {
      const uses = await outcome(() => usesOf(text));
      const body = await outcome(() => mentionsColumn(text, { schema: 'public', name: 'users' }, 'name'));
      return uses === 'done' && body === 'done';
    }),
    { seed, numRuns: runsOf(2_000), verbose: 1 },
  );
});

it(`2,000 of them as expressions, which keep their meaning under new names (seed ${seed})`, async () => {
  const renames = { name: 'full_name', a: 'select', b: '"', größe: 'a' };
  await fc.assert(
    fc.asyncProperty(mutated, async (text) => {
      const codes = await Promise.all([
        outcome(() => columnsIn(text)),
        outcome(() => rewriteColumns(text, renames)),
        outcome(() => normalExpression(text)),
        outcome(() => volatilityOf(text)),
      ]);
      return codes.every((code) => ['done', 'sql-syntax', 'not-built'].includes(code));
    }),
    { seed, numRuns: runsOf(2_000), verbose: 1 },
  );
});
