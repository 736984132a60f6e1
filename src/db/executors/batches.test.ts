import { expect, it } from 'vitest';
import { actionSchema } from '#core/plan';
import { type TestDatabase, withDatabase } from '../../../test/support/database.ts';
import { executionContext, executionTools, openLease } from '../../../test/support/execution.ts';
import type { BatchesAction } from '../action.ts';
import { type BackfillLimits, defaultBackfillLimits } from '../backfill/backfill.ts';
import { batchesExecutor } from './batches.ts';

const never = new AbortController().signal;
const increment = 'UPDATE public.rows AS t SET n = n + 1 WHERE $range';

function batches(key: readonly (readonly [string, string])[], more: Partial<BatchesAction> = {}): BatchesAction {
  return {
    kind: 'db/batches',
    over: { table: { schema: 'public', name: 'rows' }, key: key.map(([name, type]) => ({ name, type })) },
    statements: [increment],
    counted: 0,
    isIdempotent: false,
    workers: 1,
    targetMs: 50,
    settings: { 'godwit.quiet': 'on' },
    quietTriggers: false,
    ...more,
  };
}

async function run(
  database: TestDatabase,
  action: BatchesAction,
  given: Parameters<typeof executionContext>[1] = {},
  limits: Partial<BackfillLimits> = {},
) {
  const leases = await openLease(database.url);
  try {
    const lease = await leases.acquire('run-1', never);
    const context = executionContext('run-1', given);
    const tools = executionTools(database.url, lease);
    const outcome = await batchesExecutor(tools, { ...defaultBackfillLimits, ...limits }).execute(
      actionSchema.parse(action),
      context,
    );
    await leases.release(lease);
    return { ...outcome, heard: context.heard };
  } finally {
    await leases.end();
  }
}

async function summary(database: TestDatabase) {
  const [row] = await database.query('SELECT count(*)::int AS rows, min(n) AS min, max(n) AS max FROM rows');
  return row;
}

it.each([
  ['int', 'id int PRIMARY KEY', [['id', 'integer']], 'i'],
  ['bigint with gaps', 'id bigint PRIMARY KEY', [['id', 'bigint']], 'i::bigint * i * 1000 - 5000000'],
  ['uuid', 'id uuid PRIMARY KEY', [['id', 'uuid']], 'md5(i::text)::uuid'],
  ['text', 'id text PRIMARY KEY', [['id', 'text']], `repeat('x', i % 7) || ' "''é\\' || i`],
  [
    'timestamptz',
    'id timestamptz PRIMARY KEY',
    [['id', 'timestamp with time zone']],
    `now() + i * interval '1.000001 s'`,
  ],
  [
    'composite',
    'a int, id text, PRIMARY KEY (a, id)',
    [
      ['a', 'integer'],
      ['id', 'text'],
    ],
    'i::text',
  ],
] as const)('changes every row exactly once: %s', async (_, columns, key, value) => {
  await withDatabase(async (database) => {
    await database.query(`CREATE TABLE rows (${columns}, n int NOT NULL DEFAULT 0)`);
    const list = key.length === 2 ? 'a, id' : 'id';
    const select = key.length === 2 ? `i % 3, ${value}` : value;
    await database.query(
      `INSERT INTO rows (${list}) SELECT ${select} FROM generate_series(1, 30000) AS i ORDER BY random()`,
    );
    const outcome = await run(database, batches(key, { workers: 2 }));
    expect(outcome.measures).toMatchObject({ rows: 30000, passed: 30000 });
    expect(await summary(database)).toEqual({ rows: 30000, min: 1, max: 1 });
  });
});
