import type { SessionOptions } from '../../session.ts';
import type { Link } from './link.ts';
import { quoteNames } from './quote.ts';

/** What a session of ours is set to, beside what all sessions share. Times in milliseconds; 0 means no limit. */
export type PostgresSessionOptions = SessionOptions & {
  readonly lockTimeoutMs?: number;
  readonly statementTimeoutMs?: number;
  /** Default: only `pg_catalog`, so that the server prints every other name with its schema. */
  readonly searchPath?: readonly string[];
  /** The session of a user who may only read: what is refused there names what is to be granted. */
  readonly as?: 'reader';
};

const lockTimeoutDefaultMs = 500;
const idleInTransactionMaxMs = 60_000;

/**
 * Settings of every session, in one query. A role's or database's own defaults (ALTER ROLE … SET) must not change what
 * our statements mean or how long they may take.
 *
 * From 14 on, the server notices within five seconds that we have died in the middle of a statement
 * (client_connection_check_interval). It refuses that where the system cannot tell, so only Linux is asked for it
 * (https://www.postgresql.org/docs/18/runtime-config-connection.html#GUC-CLIENT-CONNECTION-CHECK-INTERVAL).
 */
export async function settle(
  link: Link,
  options: PostgresSessionOptions,
  server: { readonly version: number; readonly build: string },
): Promise<void> {
  const seesLostClients = server.version >= 140_000 && server.build.includes('linux');
  const settings: Readonly<Record<string, string>> = {
    row_security: 'off',
    search_path: quoteNames(['pg_catalog', ...(options.searchPath ?? []), 'pg_temp']),
    lock_timeout: `${options.lockTimeoutMs ?? lockTimeoutDefaultMs}ms`,
    statement_timeout: `${options.statementTimeoutMs ?? 0}ms`,
    idle_in_transaction_session_timeout: `${idleInTransactionMaxMs}ms`,
    default_transaction_read_only: options.isReadOnly === true ? 'on' : 'off',
    default_transaction_isolation: 'read committed',
    default_transaction_deferrable: 'off',
    client_min_messages: 'warning',
    standard_conforming_strings: 'on',
    tcp_keepalives_idle: '30',
    tcp_keepalives_interval: '10',
    tcp_keepalives_count: '3',
    ...(server.version >= 140_000 ? { idle_session_timeout: '0' } : {}),
    ...(seesLostClients ? { client_connection_check_interval: '5s' } : {}),
    ...(server.version >= 170_000 ? { transaction_timeout: '0' } : {}),
  };
  const entries = Object.entries(settings);
  const calls = entries.map((_, place) => `pg_catalog.set_config($${2 * place + 1}, $${2 * place + 2}, false)`);
  await link.query(`SELECT ${calls.join(', ')}`, entries.flat());
}
