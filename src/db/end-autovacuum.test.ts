import { Client } from 'pg';
import { expect, it } from 'vitest';
import { type TestDatabase, withDatabase } from '../../test/support/database.ts';
import { executionContext, executionTools, openLease, until } from '../../test/support/execution.ts';
import { startEmbedded } from './drivers/postgres/embedded/start-embedded.ts';
import { sqlExecutor } from './executors/sql.ts';

const never = new AbortController().signal;
/** So slow that it never ends by itself. */
const slowly =
  'autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1';
const action = {
  kind: 'db/sql',
  statements: ['ALTER TABLE public.users ADD COLUMN age int'],
  locks: [{ relation: 'public.users', mode: 'ACCESS EXCLUSIVE' }],
  lockTimeoutMs: 300,
  statementTimeoutMs: 5_000,
};

it('makes autovacuum give way, which a lock_timeout below deadlock_timeout alone never does, and nobody waits for that', async () => {
  const server = await startEmbedded({ durable: false, settings: { autovacuum_naptime: '1s' } });
  try {
    await withDatabase(
      async (database) => {
        await database.query(`CREATE TABLE public.users (id int PRIMARY KEY, name text) WITH (${slowly});
          INSERT INTO users SELECT n, repeat('x', 500) FROM generate_series(1, 20000) AS n; UPDATE users SET name = 'y'`);
        await until(() => isVacuumed(database), 'autovacuum is at work on users');
        await expectPlainTimeout(database);
        const leases = await openLease(database.url);
        const lease = await leases.acquire('run-1', never);
        const tools = executionTools(database.url, lease);
        let longestMs = 0;
        const working = sqlExecutor(tools).execute(action, executionContext('run-1'));
        let isOver = false;
        const application = (async () => {
          while (!isOver) {
            const start = performance.now();
            await database.query("UPDATE users SET name = 'z' WHERE id = 1");
            longestMs = Math.max(longestMs, performance.now() - start);
          }
        })();
        const outcome = await working.finally(() => {
          isOver = true;
        });
        await application;
        expect(outcome.detail).toBe('1 statement');
        expect(longestMs).toBeLessThan(500);
        await leases.end();
      },
      { serverUrl: server.url },
    );
  } finally {
    await server.stop();
  }
});

/** The fact that this is about. */
async function expectPlainTimeout({ url }: TestDatabase): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("SET lock_timeout = '500ms'");
  for (let round = 0; round < 3; round += 1) {
    await expect(client.query(action.statements[0] ?? '')).rejects.toMatchObject({ code: '55P03' });
  }
  await client.end();
}

async function isVacuumed({ query }: TestDatabase): Promise<boolean> {
  const rows = await query(
    "SELECT 1 FROM pg_locks WHERE relation = 'public.users'::regclass AND mode = 'ShareUpdateExclusiveLock' AND granted",
  );
  return rows.length > 0;
}
