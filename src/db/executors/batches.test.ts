import fc from 'fast-check';
import { expect, it } from 'vitest';
import { incrementAll, runBatches, type TestKey } from '../../../test/support/batches.ts';
import { type TestDatabase, withDatabase } from '../../../test/support/database.ts';
import { runsOf, seed } from '../../../test/support/seed.ts';

async function summaryOf(database: TestDatabase) {
  const [row] = await database.query('SELECT count(*)::int AS rows, min(n) AS min, max(n) AS max FROM rows');
  return row;
}

const id = [['id', 'integer']] as const;
const once = (rows: number) => ({ rows, min: 1, max: 1 });

it.each<readonly [title: string, columns: string, key: TestKey, value: string]>([
  ['int', 'id int PRIMARY KEY', id, 'i'],
  ['bigint with gaps', 'id bigint PRIMARY KEY', [['id', 'bigint']], 'i::bigint * i * 1000 - 5000000'],
  ['uuid', 'id uuid PRIMARY KEY', [['id', 'uuid']], 'md5(i::text)::uuid'],
  ['text', 'id text PRIMARY KEY', [['id', 'text']], `repeat('x', i % 7) || ' "''é\\' || i`],
  ['text of a language', 'id text COLLATE "en-x-icu" PRIMARY KEY', [['id', 'text']], `chr(65 + i % 60) || i`],
  ['char(n)', 'id char(9) PRIMARY KEY', [['id', 'character(9)']], 'i::text'],
  [
    'timestamptz',
    'id timestamptz PRIMARY KEY',
    [['id', 'timestamp with time zone']],
    `now() + i * interval '1.000001 s'`,
  ],
  ['float', 'id float8 PRIMARY KEY', [['id', 'double precision']], 'sqrt(i) - 50'],
  ['a name that wants quotes', 'id int PRIMARY KEY', id, 'i'],
])('changes every row exactly once: %s', async (title, columns, key, value) => {
  await withDatabase(async (database) => {
    await database.query(`CREATE TABLE rows (${columns}, n int NOT NULL DEFAULT 0);
      INSERT INTO rows (id) SELECT ${value} FROM generate_series(1, 12000) AS i ORDER BY random()`);
    const isQuoted = title.includes('quotes');
    if (isQuoted) await database.query('ALTER TABLE rows RENAME COLUMN id TO "The ""id"" $1"');
    const walked = isQuoted ? ([['The "id" $1', 'integer']] as const) : key;
    const outcome = await runBatches(database, incrementAll(walked, { workers: 2 }));
    expect(outcome.measures).toMatchObject({ rows: 12_000, passed: 12_000, exceptions: 0 });
    expect(await summaryOf(database)).toEqual(once(12_000));
    expect(outcome.heard.progress.at(-1)).toEqual({ done: 12_000, total: 12_000, unit: 'rows' });
  });
});

it(`random composite keys, any number of rows and workers (seed ${seed})`, async () => {
  const types = fc.constantFrom(
    ['int', 'integer', '(random() * 30)::int'],
    ['text', 'text', 'substr(md5(random()::text), 1, 2)'],
    ['uuid', 'uuid', 'gen_random_uuid()'],
    ['numeric(12,3)', 'numeric(12,3)', '(random() * 100)::numeric(12,3)'],
    ['date', 'date', `DATE '2000-01-01' + (random() * 900)::int`],
    ['bool', 'boolean', 'random() < 0.5'],
    ['bytea', 'bytea', `decode(substr(md5(random()::text), 1, 4), 'hex')`],
  );
  const cases = fc.record({
    key: fc.array(types, { minLength: 1, maxLength: 3 }),
    rows: fc.nat({ max: 9_000 }),
    workers: fc.integer({ min: 1, max: 3 }),
    isAnalyzed: fc.boolean(),
  });
  await withDatabase(async (database) => {
    const check = fc.asyncProperty(cases, async ({ key, rows, workers, isAnalyzed }) => {
      const columns = key.map(([type], place) => `"k ${place}" ${type}`).join(', ');
      const names = key.map((_, place) => `"k ${place}"`).join(', ');
      const values = key.map(([, , value]) => value).join(', ');
      await database.query(`DROP TABLE IF EXISTS rows; DROP SCHEMA IF EXISTS godwit CASCADE;
        CREATE TABLE rows (${columns}, n int NOT NULL DEFAULT 0, PRIMARY KEY (${names}));
        INSERT INTO rows (${names}) SELECT ${values} FROM generate_series(1, ${rows}) ON CONFLICT DO NOTHING;
        ${isAnalyzed ? 'ANALYZE rows' : ''}`);
      const walked = key.map(([, type], place) => [`k ${place}`, type ?? ''] as const);
      const outcome = await runBatches(database, incrementAll(walked, { workers }));
      const summary = await summaryOf(database);
      expect(outcome.measures?.rows).toBe(summary?.rows);
      expect([summary?.min, summary?.max]).toEqual(summary?.rows === 0 ? [null, null] : [1, 1]);
    });
    await fc.assert(check, { seed, numRuns: runsOf(12), endOnFailure: true });
  });
});

it('finds nothing to do in an empty table, and one row in a table of one', async () => {
  await withDatabase(async (database) => {
    await database.query('CREATE TABLE rows (id int PRIMARY KEY, n int NOT NULL DEFAULT 0)');
    const empty = await runBatches(database, incrementAll(id, { workers: 2 }));
    expect(empty).toMatchObject({ ok: true, detail: '0 rows of public.rows in 0 batches' });
    await database.query('INSERT INTO rows VALUES (1)');
    const one = await runBatches(database, incrementAll(id), { context: { deed: 'step-2#0' } });
    expect(one.detail).toBe('1 row of public.rows in 1 batch');
    expect(await summaryOf(database)).toEqual(once(1));
  });
});

it('reads keys back as they are, whatever the role has set for printing them', async () => {
  await withDatabase(async (database) => {
    await database.query(`CREATE TABLE rows (id float8 PRIMARY KEY, n int NOT NULL DEFAULT 0);
      INSERT INTO rows SELECT 1 + i * 2e-16 FROM generate_series(1, 3000) AS i ON CONFLICT DO NOTHING;
      ALTER ROLE ${database.role} SET extra_float_digits = -10`);
    const { measures } = await runBatches(database, incrementAll([['id', 'double precision']]));
    expect(await summaryOf(database)).toEqual(once(measures?.rows ?? 0));
  });
});

it('does a deed once, also when it is asked twice', async () => {
  await withDatabase(async (database) => {
    await database.query(
      'CREATE TABLE rows (id int PRIMARY KEY, n int NOT NULL DEFAULT 0); INSERT INTO rows VALUES (1)',
    );
    await runBatches(database, incrementAll(id));
    expect((await runBatches(database, incrementAll(id))).detail).toBe('already done');
    expect(await summaryOf(database)).toEqual(once(1));
  });
});

it('goes through a partitioned table, and one whose key is mostly NULL beside it', async () => {
  await withDatabase(async (database) => {
    await database.query(`CREATE TABLE rows (id int PRIMARY KEY, n int NOT NULL DEFAULT 0, other text) PARTITION BY RANGE (id);
      CREATE TABLE rows_1 PARTITION OF rows FOR VALUES FROM (0) TO (5000);
      CREATE TABLE rows_2 PARTITION OF rows FOR VALUES FROM (5000) TO (100000);
      INSERT INTO rows SELECT i, 0, CASE WHEN i % 97 = 0 THEN 'x' END FROM generate_series(1, 20000) AS i`);
    await runBatches(database, incrementAll(id, { workers: 2 }));
    expect(await summaryOf(database)).toEqual(once(20_000));
  });
});

it('goes through a table without a key by its blocks, until a pass finds nothing', async () => {
  await withDatabase(async (database) => {
    await database.query(`CREATE TABLE rows (id int, n int NOT NULL DEFAULT 0);
      INSERT INTO rows SELECT i % 100 FROM generate_series(1, 30000) AS i`);
    const statements = ['UPDATE public.rows AS t SET n = 1 WHERE $range AND n <> 1'];
    const action = incrementAll([], { statements, isIdempotent: true, isSelfLimiting: true, workers: 2 });
    const outcome = await runBatches(database, action);
    expect(outcome.measures?.rows).toBe(30_000);
    expect(await summaryOf(database)).toEqual(once(30_000));
  });
});

it('refuses to change a table without a key by a statement that must happen once', async () => {
  await withDatabase(async (database) => {
    await database.query('CREATE TABLE rows (n int)');
    await expect(runBatches(database, incrementAll([]))).rejects.toMatchObject({ code: 'unsafe-change' });
  });
});

it('runs several statements for a range in one transaction, and tells what could not be done', async () => {
  await withDatabase(async (database) => {
    await database.query(`CREATE TABLE rows (id int PRIMARY KEY, n int NOT NULL DEFAULT 0); CREATE TABLE log (id int);
      INSERT INTO rows SELECT i FROM generate_series(1, 7000) AS i`);
    const statements = [
      `INSERT INTO public.log SELECT t.id FROM public.rows AS t WHERE $range AND 'costs $range' <> ''`,
      'UPDATE public.rows AS t SET n = n + 1 WHERE $range AND id % 3000 <> 0',
      'SELECT count(*) AS count, array_agg(t.id::text) AS samples FROM public.rows AS t WHERE $range AND n = 0',
    ];
    const exceptions = { statement: 2, message: 'of public.rows were left alone' };
    const outcome = await runBatches(database, incrementAll(id, { statements, counted: 1, exceptions }));
    expect(outcome.measures).toMatchObject({ rows: 6998, exceptions: 2 });
    expect(outcome.heard.exceptions).toEqual(['2 rows of public.rows were left alone: 3000, 6000']);
    expect(await database.query('SELECT count(DISTINCT id)::int AS ids, count(*)::int AS rows FROM log')).toEqual([
      { ids: 7000, rows: 7000 },
    ]);
  });
});
