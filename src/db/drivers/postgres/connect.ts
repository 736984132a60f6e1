import { assert } from '#core/assert';
import { fail, isFailure } from '#core/error';
import type { Connect, Row, Session, SessionOptions } from '../../session.ts';
import { parseConnectionUrl } from './connection-url.ts';
import { interrupted, type Link, type LinkResult, openLink } from './link.ts';
import { poolerFailure, whatIsBetween } from './pooler.ts';

/** What a session of ours is set to, beside what all sessions share. Times in milliseconds; 0 means no limit. */
export type PostgresSessionOptions = SessionOptions & {
  readonly lockTimeoutMs?: number;
  readonly statementTimeoutMs?: number;
  /** Default: only `pg_catalog`, so that the server prints every other name with its schema. */
  readonly searchPath?: readonly string[];
};

const lockTimeoutDefaultMs = 500;
const idleInTransactionMaxMs = 60_000;
const oldestVersion = 120_000;
const cancelsMax = 50;

/** Sessions on the server that a URL names. Throws bad-input where the URL cannot be read. */
export function connectTo(url: string): Connect {
  parseConnectionUrl(url);
  return (options) => openSession(url, options);
}

/**
 * Opens a session. Throws connect-failed, login-failed, server-full, version-unsupported or pooler; what it throws and
 * shows never holds the password.
 */
export async function openSession(url: string, options: PostgresSessionOptions): Promise<Session> {
  const place = parseConnectionUrl(url);
  const application = applicationName(options);
  const open = (signal: AbortSignal) => openLink({ url, place, application, signal });
  const link = await open(options.signal);
  try {
    const facts = await link.query(
      "SELECT pg_catalog.pg_backend_pid() AS id, pg_catalog.current_setting('server_version_num')::int4 AS version",
    );
    const version = Number(facts.rows[0]?.version);
    if (version < oldestVersion) throw tooOld(version, link.context.place);
    const between = await whatIsBetween(link, () => open(options.signal));
    if (between === 'transaction-pooler') throw poolerFailure(link.context.place);
    await settle(link, options, version);
    return new PostgresSession({
      link,
      open,
      version,
      backendId: Number(facts.rows[0]?.id),
      signal: options.signal,
    });
  } catch (error) {
    await link.end();
    throw error;
  }
}

/** `godwit <run> <token> <purpose>`: how a successor finds what a dead runner left behind. `-` where there is no run. */
export function applicationName(options: Pick<SessionOptions, 'purpose' | 'run'>): string {
  const { run, purpose } = options;
  return `godwit ${run === undefined ? '- -' : `${run.runId} ${run.token}`} ${purpose}`;
}

/**
 * Settings of every session, in one query. A role's or database's own defaults (ALTER ROLE … SET) must not change what
 * our statements mean or how long they may take. After 14 the server itself notices within five seconds that we have
 * died in the middle of a statement (client_connection_check_interval).
 */
async function settle(link: Link, options: PostgresSessionOptions, version: number): Promise<void> {
  const settings: readonly (readonly [string, string])[] = [
    ['row_security', 'off'],
    [
      'search_path',
      ['pg_catalog', ...(options.searchPath ?? []), 'pg_temp']
        .map((name) => `"${name.replaceAll('"', '""')}"`)
        .join(', '),
    ],
    ['lock_timeout', `${options.lockTimeoutMs ?? lockTimeoutDefaultMs}ms`],
    ['statement_timeout', `${options.statementTimeoutMs ?? 0}ms`],
    ['idle_in_transaction_session_timeout', `${idleInTransactionMaxMs}ms`],
    ['default_transaction_read_only', options.isReadOnly === true ? 'on' : 'off'],
    ['default_transaction_isolation', 'read committed'],
    ['default_transaction_deferrable', 'off'],
    ['client_min_messages', 'warning'],
    ['standard_conforming_strings', 'on'],
    ['tcp_keepalives_idle', '30'],
    ['tcp_keepalives_interval', '10'],
    ['tcp_keepalives_count', '3'],
    ...(version >= 140_000
      ? ([
          ['idle_session_timeout', '0'],
          ['client_connection_check_interval', '5s'],
        ] as const)
      : []),
    ...(version >= 170_000 ? ([['transaction_timeout', '0']] as const) : []),
  ];
  const calls = settings.map((_, place) => `pg_catalog.set_config($${2 * place + 1}, $${2 * place + 2}, false)`);
  await link.query(`SELECT ${calls.join(', ')}`, settings.flat());
}

type Parts = {
  readonly link: Link;
  readonly open: (signal: AbortSignal) => Promise<Link>;
  readonly version: number;
  readonly backendId: number;
  readonly signal: AbortSignal;
};

/** One statement at a time: callers that share a session queue up, so that a cancel always hits the right statement. */
class PostgresSession implements Session {
  readonly backendId: number;
  readonly version: number;
  private readonly parts: Parts;
  private turn: Promise<unknown> = Promise.resolve();
  private isInTransaction = false;
  private isClosed = false;

  constructor(parts: Parts) {
    this.parts = parts;
    this.backendId = parts.backendId;
    this.version = parts.version;
  }

  async query(
    text: string,
    parameters?: readonly unknown[],
  ): Promise<{ readonly rows: readonly Row[]; readonly rowCount: number }> {
    return await this.inTurn(() => this.cancellable(text, parameters));
  }

  async transaction<T>(work: () => Promise<T>, options?: { readonly isReadOnly?: boolean }): Promise<T> {
    assert(!this.isInTransaction, 'two transactions at once on one session');
    this.isInTransaction = true;
    try {
      await this.query(options?.isReadOnly === true ? 'BEGIN READ ONLY' : 'BEGIN');
      return await this.committed(work);
    } finally {
      this.isInTransaction = false;
    }
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    await this.parts.link.end();
  }

  /** COMMIT answers ROLLBACK, without an error, where a failed statement was passed over. */
  private async committed<T>(work: () => Promise<T>): Promise<T> {
    try {
      const value = await work();
      const { command } = await this.inTurn(() => this.cancellable('COMMIT', undefined));
      if (command === 'COMMIT') return value;
    } catch (error) {
      await this.rollBack();
      throw error;
    }
    throw notCommitted(this.parts.link.context.place);
  }

  /** Also after an abort. A connection that is lost has rolled back by itself. */
  private async rollBack(): Promise<void> {
    try {
      await this.inTurn(() => this.parts.link.query('ROLLBACK'));
    } catch (error) {
      if (!isFailure(error, 'connection-lost')) throw error;
    }
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    const before = this.turn;
    const { promise, done } = openEnd();
    this.turn = promise;
    await before;
    try {
      return await work();
    } finally {
      done();
    }
  }

  private async cancellable(text: string, parameters: readonly unknown[] | undefined): Promise<LinkResult> {
    const { signal, link } = this.parts;
    if (signal.aborted) throw interrupted(signal);
    const settled = new AbortController();
    let cancelling: Promise<void> | undefined;
    const onAbort = () => {
      cancelling = cancelBackend(this.parts, settled.signal);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await link.query(text, parameters);
    } finally {
      signal.removeEventListener('abort', onAbort);
      settled.abort();
      await cancelling;
    }
  }
}

/**
 * Cancels the running statement from a second connection, again and again until it has ended: a cancel that arrives
 * before the statement has begun is lost. Where that cannot be done, the connection is dropped.
 */
async function cancelBackend({ open, link, backendId }: Parts, settled: AbortSignal): Promise<void> {
  try {
    const second = await open(AbortSignal.timeout(5000));
    try {
      for (let round = 0; round < cancelsMax && !settled.aborted; round += 1) {
        await second.query('SELECT pg_catalog.pg_cancel_backend($1), pg_catalog.pg_sleep(0.1)', [backendId]);
      }
    } finally {
      await second.end();
    }
  } catch (error) {
    if (!isFailure(error)) throw error;
  }
  if (!settled.aborted) link.destroy();
}

function openEnd(): { readonly promise: Promise<void>; readonly done: () => void } {
  let done = () => {};
  const promise = new Promise<void>((resolve) => {
    done = resolve;
  });
  return { promise, done };
}

function tooOld(version: number, place: string): Error {
  return fail('version-unsupported', {
    what: `The server at ${place} is PostgreSQL ${Math.floor(version / 10_000)}.`,
    why: 'godwit works with PostgreSQL 12 and later.',
    next: 'Upgrade the server first.',
  });
}

function notCommitted(place: string): Error {
  return fail('step-failed', {
    what: `A transaction at ${place} was rolled back instead of committed.`,
    why: 'A statement in it had failed.',
    next: 'Run the same command again.',
  });
}
