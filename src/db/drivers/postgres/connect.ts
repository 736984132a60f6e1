import * as z from 'zod';
import { assert } from '#core/assert';
import { fail, isFailure } from '#core/error';
import type { Connect, Row, Session, SessionOptions } from '../../session.ts';
import { parseConnectionUrl } from './connection-url.ts';
import { interrupted, type Link, type LinkResult, openLink } from './link.ts';
import { poolerFailure, whatIsBetween } from './pooler.ts';
import { type PostgresSessionOptions, settle } from './session-settings.ts';

const oldestVersion = 120_000;
const cancelsMax = 50;
const openingTriesMax = 20;

const factsRow = z.object({ id: z.number(), version: z.number(), build: z.string() });
const factsQuery = `SELECT pg_catalog.pg_backend_pid() AS id, pg_catalog.version() AS build,
  pg_catalog.current_setting('server_version_num')::int4 AS version`;

/** Sessions on the server that a URL names. Throws bad-input where the URL cannot be read. */
export function connectTo(url: string, use?: { readonly as: 'reader' }): Connect {
  parseConnectionUrl(url);
  return (options) => openSession(url, use === undefined ? options : { ...options, ...use, isReadOnly: true });
}

/**
 * Opens a session. Throws connect-failed, login-failed, server-full, version-unsupported or pooler; what it throws and
 * shows never holds the password.
 */
export async function openSession(url: string, options: PostgresSessionOptions): Promise<Session> {
  const place = parseConnectionUrl(url);
  const application = applicationName(options);
  const open = (signal: AbortSignal) =>
    openLink({ url, place, application, signal, isReader: options.as === 'reader' });
  const link = await open(options.signal);
  const opening = untimed(link, options.signal);
  try {
    const facts = factsRow.parse((await opening.query(factsQuery)).rows[0]);
    if (facts.version < oldestVersion) throw tooOld(facts.version, link.context.place);
    const between = await whatIsBetween(opening, () => open(options.signal));
    if (between === 'transaction-pooler') throw poolerFailure(link.context.place);
    await settle(opening, options, facts);
    return new PostgresSession({
      link,
      open,
      version: facts.version,
      backendId: facts.id,
      signal: options.signal,
      isReadOnly: options.isReadOnly === true,
    });
  } catch (error) {
    await link.end();
    throw error;
  }
}

/**
 * The link for the queries before our settings hold, when the role's own statement_timeout still does: a busy server
 * may need longer for the first query of a new backend than a short limit allows. Asked again, it is quick.
 */
function untimed(link: Link, signal: AbortSignal): Link {
  const query = async (text: string, parameters?: readonly unknown[]): Promise<LinkResult> => {
    for (let tries = 1; tries < openingTriesMax; tries += 1) {
      try {
        return await link.query(text, parameters);
      } catch (error) {
        if (!isFailure(error, 'statement-timeout') || signal.aborted) throw error;
      }
    }
    return await link.query(text, parameters);
  };
  return { ...link, query };
}

/** `godwit <run> <token> <purpose>`: how a successor finds what a dead runner left behind. `-` where there is no run. */
export function applicationName(options: Pick<SessionOptions, 'purpose' | 'run'>): string {
  const { run, purpose } = options;
  return `godwit ${run === undefined ? '- -' : `${run.runId} ${run.token}`} ${purpose}`;
}

type Parts = {
  readonly link: Link;
  readonly open: (signal: AbortSignal) => Promise<Link>;
  readonly version: number;
  readonly backendId: number;
  readonly signal: AbortSignal;
  readonly isReadOnly: boolean;
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
    const isAlone = this.parts.isReadOnly && !this.isInTransaction;
    return await this.inTurn(() => (isAlone ? this.onlyReading(text, parameters) : this.cancellable(text, parameters)));
  }

  async transaction<T>(work: () => Promise<T>, options?: { readonly isReadOnly?: boolean }): Promise<T> {
    assert(!this.isInTransaction, 'two transactions at once on one session');
    this.isInTransaction = true;
    try {
      const isReadOnly = this.parts.isReadOnly || options?.isReadOnly === true;
      await this.query(isReadOnly ? 'BEGIN READ ONLY' : 'BEGIN');
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

  /**
   * In a transaction that says itself that it only reads. The session's default is not enough: a function of the user's that
   * a query calls can change it (set_config) for what comes after, but not the transaction that it is called in.
   */
  private async onlyReading(text: string, parameters: readonly unknown[] | undefined): Promise<LinkResult> {
    const { link } = this.parts;
    await this.cancellable('BEGIN READ ONLY', undefined);
    try {
      const result = await this.cancellable(text, parameters);
      await link.query('COMMIT');
      return result;
    } catch (error) {
      await rolledBack(link);
      throw error;
    }
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

  /** Also after an abort. */
  private async rollBack(): Promise<void> {
    await this.inTurn(() => rolledBack(this.parts.link));
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

/** A connection that is lost has rolled back by itself. */
async function rolledBack(link: Link): Promise<void> {
  try {
    await link.query('ROLLBACK');
  } catch (error) {
    if (!isFailure(error, 'connection-lost')) throw error;
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
