import { expect, it } from 'vitest';
import type { Domain } from '#core/domain';
import { type TestDatabase, withDatabase } from '../../test/support/database.ts';
import { executionContext } from '../../test/support/execution.ts';
import { openDatabaseDomain } from './domain.ts';
import { postgres } from './drivers/postgres/index.ts';

const never = new AbortController().signal;
const at = '2030-01-01T00:00:00.000Z';

async function withDomain(work: (domain: Domain, database: TestDatabase) => Promise<void>): Promise<void> {
  await withDatabase(async (database) => {
    await database.query('CREATE TABLE public.users (id int PRIMARY KEY, name text)');
    const connect = postgres.connect(database.url);
    const domain = openDatabaseDomain({ driver: postgres, connect, place: 'test', random: () => 0.5 });
    try {
      await work(domain, database);
    } finally {
      await domain.close();
    }
    const left =
      "SELECT application_name FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'godwit %'";
    expect(await database.query(left)).toEqual([]);
  });
}

it('looks at a database where godwit has never run without making anything', async () => {
  await withDomain(async ({ journal, lease, fingerprint }, { query }) => {
    expect(await journal.runs()).toEqual([]);
    expect(await lease.holder()).toBeUndefined();
    expect(await fingerprint({ kind: 'database', fingerprint: '', objects: ['public.users'] })).toMatch(
      /^[0-9a-f]{64}$/,
    );
    expect(await query("SELECT to_regnamespace('godwit') AS schema")).toEqual([{ schema: null }]);
  });
});

it('goes forward, back over several parts, and forward under one lease, and another', async () => {
  await withDomain(async (domain, { query }) => {
    const sql = (statement: string) => ({
      kind: 'db/sql',
      statements: [statement],
      locks: [],
      lockTimeoutMs: 500,
      statementTimeoutMs: 0,
    });
    const find = (kind: string) => domain.executors.find((one) => one.kind === kind);
    const context = (deed: string, direction: 'forward' | 'back') => executionContext('run-1', { deed, direction });
    const isThere = {
      kind: 'db/check',
      query: "SELECT age IS NULL AS ok, '' AS detail FROM public.users",
      code: 'drift',
      next: '',
    };
    await query('INSERT INTO users VALUES (1)');
    await domain.prepare();
    for (const cycle of ['', '~1']) {
      const lease = await domain.lease.acquire('run-1', never);
      if (cycle === '')
        await domain.journal.append(lease, { kind: 'run-started', planHash: 'f', planId: 'p', godwit: '0', at });
      // Nothing has taken effect: a part of the way back that reads the new column is skipped, and so is its mirror.
      const skipped = await find('db/check')?.execute(isThere, context(`expand-1#0${cycle}`, 'back'));
      expect(skipped?.detail).toBe('nothing of the step had taken effect');
      await find('db/sql')?.execute(
        sql('ALTER TABLE public.users ADD COLUMN age int'),
        context(`expand-1#0${cycle}`, 'forward'),
      );
      await find('db/check')?.execute(isThere, context(`expand-1#0${cycle}`, 'back'));
      await find('db/sql')?.execute(
        sql('ALTER TABLE public.users DROP COLUMN age'),
        context(`expand-1#1${cycle}`, 'back'),
      );
      await domain.journal.append(lease, { kind: 'step-undone', stepId: 'expand-1', at });
      await domain.lease.release(lease);
    }
    expect(await domain.journal.read('run-1')).toHaveLength(3);
    expect(
      await query("SELECT count(*)::int AS columns FROM information_schema.columns WHERE table_name = 'users'"),
    ).toEqual([{ columns: 2 }]);
  });
});
