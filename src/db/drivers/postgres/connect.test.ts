import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ErrorCode, fail, isFailure } from '#core/error';
import { createDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { withSession } from '../../../../test/support/open-session.ts';
import { openSession } from './connect.ts';
import { sqlstateOf } from './session-failure.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase({ hasPassword: true });
});
afterAll(async () => {
  await database.drop();
});

async function failureOf(
  work: Promise<unknown>,
): Promise<{ readonly code: ErrorCode; readonly text: string; readonly state: string | undefined }> {
  try {
    await work;
  } catch (error) {
    if (isFailure(error))
      return { code: error.code, text: JSON.stringify(error.explanation), state: sqlstateOf(error) };
    throw error;
  }
  throw new Error('it did not fail');
}

async function eventually(query: () => Promise<readonly unknown[]>): Promise<void> {
  await expect.poll(async () => (await query()).length, { timeout: 10_000, interval: 20 }).toBeGreaterThan(0);
}

function withUrl(change: (url: URL) => void): string {
  const url = new URL(database.url);
  change(url);
  return url.href;
}

describe('openSession', () => {
  test('sets what every session of ours is set to, whatever the role starts with', async () => {
    await database.superQuery(`ALTER ROLE "${database.role}" SET statement_timeout = 250`);
    try {
      await withSession(database.url, async (session) => {
        const { rows } = await session.query(
          "SELECT name, setting FROM pg_settings WHERE name IN ('row_security', 'search_path', 'lock_timeout', 'statement_timeout', 'application_name') ORDER BY name",
        );
        expect(rows.map((row) => row.setting)).toEqual([
          'godwit - - test',
          '500',
          'off',
          '"pg_catalog", "pg_temp"',
          '0',
        ]);
        expect(session.version).toBeGreaterThanOrEqual(120_000);
        expect((await session.query('SELECT pg_backend_pid() AS id')).rows).toEqual([{ id: session.backendId }]);
      });
    } finally {
      await database.superQuery(`ALTER ROLE "${database.role}" RESET statement_timeout`);
    }
  });

  test('opens on a busy server though the role may take but a millisecond for a statement', async () => {
    await database.superQuery(`ALTER ROLE "${database.role}" SET statement_timeout = 1`);
    try {
      const open = () => openSession(database.url, { purpose: 'test', signal: new AbortController().signal });
      for (let round = 0; round < 4; round += 1) {
        const sessions = await Promise.all(Array.from({ length: 20 }, open));
        await Promise.all(sessions.map((session) => session.close()));
      }
    } finally {
      await database.superQuery(`ALTER ROLE "${database.role}" RESET statement_timeout`);
    }
  });

  test('says run and token in application_name, and can be read-only', async () => {
    const options = { purpose: 'worker 2', run: { runId: 'r1', token: 7 }, isReadOnly: true, searchPath: ['public'] };
    await withSession(
      database.url,
      async (session) => {
        const { rows } = await session.query(
          "SELECT current_setting('application_name') AS name, current_setting('search_path') AS path",
        );
        expect(rows).toEqual([{ name: 'godwit r1 7 worker 2', path: '"pg_catalog", "public", "pg_temp"' }]);
        expect((await failureOf(session.query('CREATE TABLE public.x ()'))).state).toBe('25006');
      },
      options,
    );
  });

  test.each<readonly [string, (url: URL) => void, ErrorCode, string]>([
    [
      'a wrong password',
      (url) => {
        url.password = 'wrong-secret';
      },
      'login-failed',
      'pg_hba.conf',
    ],
    [
      'no password',
      (url) => {
        url.password = '';
      },
      'login-failed',
      'PGPASSWORD',
    ],
    [
      'an unknown database',
      (url) => {
        url.pathname = '/nowhere';
      },
      'login-failed',
      'nowhere',
    ],
    [
      'an unknown host',
      (url) => {
        url.hostname = 'nowhere.invalid';
      },
      'connect-failed',
      'nowhere.invalid',
    ],
    [
      'a port where nobody listens',
      (url) => {
        url.port = '1';
      },
      'connect-failed',
      'firewall',
    ],
    [
      'TLS that the server does not have',
      (url) => {
        url.search = '?sslmode=require';
      },
      'connect-failed',
      'sslmode',
    ],
  ])('%s', async (_, change, code, hint) => {
    const url = withUrl(change);
    const failure = await failureOf(withSession(url, async () => undefined));
    expect(failure.code).toBe(code);
    expect(failure.text).toContain(hint);
    for (const secret of [new URL(database.url).password, 'wrong-secret']) expect(failure.text).not.toContain(secret);
  });
});

describe('a session', () => {
  test.each<readonly [string, ErrorCode, string]>([
    ['SELECT 1/0', 'step-failed', '22012'],
    ['SELECT * FROM pg_authid', 'rights-missing', '42501'],
    [
      "SELECT set_config('statement_timeout', '20', false), pg_sleep(0); SELECT pg_sleep(5)",
      'statement-timeout',
      '57014',
    ],
    ['SELECT pg_terminate_backend(pg_backend_pid())', 'connection-lost', '57P01'],
  ])('%s', async (statement, code, state) => {
    const failure = await withSession(database.url, (session) => failureOf(session.query(statement)));
    expect(failure).toMatchObject({ code, state });
    expect(failure.text).toContain(state);
  });

  test('gives up on a lock within its budget', async () => {
    await database.query('CREATE TABLE held ()');
    await withSession(database.url, async (holder) => {
      await holder.query('BEGIN; LOCK TABLE public.held');
      const failure = await withSession(
        database.url,
        (session) => failureOf(session.query('SELECT FROM public.held')),
        {
          lockTimeoutMs: 50,
        },
      );
      expect(failure.code).toBe('lock-timeout');
      await holder.query('ROLLBACK');
    });
  });

  test('is cancelled on the server when the signal aborts, and refuses to go on', async () => {
    const stop = new AbortController();
    await withSession(
      database.url,
      async (session) => {
        const running = failureOf(session.query('SELECT pg_sleep(60)'));
        await eventually(() =>
          database.query("SELECT FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'", [session.backendId]),
        );
        stop.abort();
        expect((await running).code).toBe('interrupted');
        expect((await failureOf(session.query('SELECT 1'))).code).toBe('interrupted');
        expect(
          await database.query("SELECT FROM pg_stat_activity WHERE pid = $1 AND state = 'active'", [session.backendId]),
        ).toEqual([]);
      },
      { signal: stop.signal },
    );
  });

  test('rejects with the failure that it was aborted with', async () => {
    const stop = new AbortController();
    const reason = fail('lease-lost', { what: 'a', why: 'b', next: 'c' });
    await withSession(
      database.url,
      async (session) => {
        const running = session.query('SELECT pg_sleep(60)');
        stop.abort(reason);
        await expect(running).rejects.toBe(reason);
      },
      { signal: stop.signal },
    );
  });

  test('rolls back what throws or is aborted in the middle, and never takes a rollback for a commit', async () => {
    await database.query('CREATE TABLE kept (n integer)');
    const stop = new AbortController();
    await withSession(
      database.url,
      async (session) => {
        const insert = () => session.query('INSERT INTO public.kept VALUES (1)');
        await expect(
          session.transaction(async () => {
            await insert();
            throw new Error('mine');
          }),
        ).rejects.toThrow('mine');
        const passedOver = session.transaction(async () => {
          await insert();
          await session.query('SELECT 1/0').catch(() => undefined);
        });
        expect((await failureOf(passedOver)).code).toBe('step-failed');
        expect(
          (
            await failureOf(
              session.transaction(async () => {
                await insert();
                stop.abort();
              }),
            )
          ).code,
        ).toBe('interrupted');
        expect(await database.query('SELECT n FROM kept')).toEqual([]);
        expect(
          await database.query("SELECT FROM pg_stat_activity WHERE pid = $1 AND state LIKE 'idle in%'", [
            session.backendId,
          ]),
        ).toEqual([]);
      },
      { signal: stop.signal },
    );
  });

  test('keeps what a JavaScript value would lose', async () => {
    await withSession(database.url, async (session) => {
      const { rows, rowCount } = await session.query(
        "SELECT 9007199254740993::int8 AS big, '2020-02-02 10:00:00.123456'::timestamp AS at, $1::jsonb AS data, $2::text[] AS list",
        [{ a: 1 }, ['x', null]],
      );
      expect(rows).toEqual([
        { big: '9007199254740993', at: '2020-02-02 10:00:00.123456', data: { a: 1 }, list: ['x', null] },
      ]);
      expect(rowCount).toBe(1);
      expect((await session.query('SELECT 1 AS a; SELECT 2 AS b')).rows).toEqual([{ b: 2 }]);
    });
  });

  test('that was killed says so, closes, and does not disturb anybody', async () => {
    const session = await openSession(database.url, { purpose: 'test', signal: new AbortController().signal });
    await database.superQuery('SELECT pg_terminate_backend($1)', [session.backendId]);
    await eventually(async () =>
      (await database.superQuery('SELECT FROM pg_stat_activity WHERE pid = $1', [session.backendId])).length === 0
        ? [1]
        : [],
    );
    expect((await failureOf(session.query('SELECT 1'))).code).toBe('connection-lost');
    await session.close();
    await session.close();
  });
});
