import { readFile } from 'node:fs/promises';
import type { ConnectionOptions } from 'node:tls';
import type { Client, ClientConfig, QueryResult } from 'pg';
import { fail } from '#core/error';
import type { Row } from '../../session.ts';
import { type ConnectionPlace, describePlace, redact } from './connection-url.ts';
import { type FailureContext, toFailure } from './session-failure.ts';

/** What a statement gave back; `command` is the server's tag, e.g. `COMMIT`. */
export type LinkResult = { readonly rows: readonly Row[]; readonly rowCount: number; readonly command: string };

/** A bare connection: no session settings, no queue. Only connect.ts, pooler.ts and cancelling use it. */
export type Link = {
  /** Process id that the other side announced at login; a pooler announces one that is not the server's. */
  readonly announcedId: number | undefined;
  readonly context: FailureContext;
  query(text: string, parameters?: readonly unknown[]): Promise<LinkResult>;
  /** Says goodbye, and drops the connection where nobody answers within two seconds. */
  end(): Promise<void>;
  /** Drops the connection at once. */
  destroy(): void;
};

export type LinkOptions = {
  readonly url: string;
  readonly place: ConnectionPlace;
  readonly application: string;
  /** The user may only read: what it lacks is told as what to grant. */
  readonly isReader: boolean;
  readonly signal: AbortSignal;
};

/** Opens a bare connection. Throws connect-failed, login-failed, server-full or what the signal was aborted with. */
export async function openLink(options: LinkOptions): Promise<Link> {
  const { place, signal } = options;
  const context = contextOf(options);
  const wantsTls = place.sslMode !== 'disable' && !place.host.startsWith('/');
  const mayGoPlain = place.sslMode === 'prefer' || place.sslMode === 'allow';
  try {
    signal.throwIfAborted();
    if (!wantsTls) return linkOver(await connected(options, false), context);
    const ssl = await tlsOptions(place);
    return linkOver(await withoutTlsIfRefused(options, ssl, mayGoPlain), context);
  } catch (error) {
    if (signal.aborted) throw interrupted(signal, error);
    throw toFailure(error, context);
  }
}

/** The reason of an aborted signal where it is a Failure of ours, else `interrupted`. */
export function interrupted(signal: AbortSignal, cause?: unknown): unknown {
  if (signal.reason instanceof Error && signal.reason.name === 'Failure') return signal.reason;
  return fail(
    'interrupted',
    { what: 'Stopped.', why: 'godwit was asked to stop.', next: 'Run the same command again to go on.' },
    cause,
  );
}

async function withoutTlsIfRefused(options: LinkOptions, ssl: ConnectionOptions, mayGoPlain: boolean): Promise<Client> {
  try {
    return await connected(options, ssl);
  } catch (error) {
    const isRefused = error instanceof Error && error.message.includes('does not support SSL');
    if (!isRefused || !mayGoPlain) throw error;
    return await connected(options, false);
  }
}

async function connected(options: LinkOptions, ssl: ConnectionOptions | false): Promise<Client> {
  const { default: pg } = await import('pg');
  const client = new pg.Client(configOf(options, ssl));
  for (const type of typesKeptAsText) Reflect.apply(client.setTypeParser, client, [type, keepText]);
  client.on('error', ignore);
  const stop = () => client.connection.stream.destroy();
  options.signal.addEventListener('abort', stop, { once: true });
  try {
    await client.connect();
    return client;
  } catch (error) {
    stop();
    throw error;
  } finally {
    options.signal.removeEventListener('abort', stop);
  }
}

function configOf({ place, application }: LinkOptions, ssl: ConnectionOptions | false): ClientConfig {
  return {
    host: place.host,
    port: place.port,
    user: place.user,
    password: place.password,
    database: place.database,
    options: place.options,
    application_name: application,
    ssl,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: place.connectTimeoutMs,
  };
}

/** sslmode as libpq means it (https://www.postgresql.org/docs/18/libpq-ssl.html#LIBPQ-SSL-SSLMODE-STATEMENTS). */
async function tlsOptions(place: ConnectionPlace): Promise<ConnectionOptions> {
  const file = async (path: string | undefined) =>
    path === undefined || path === 'system' ? undefined : await readFile(path);
  const ca = await file(place.sslRootCertificateFile);
  const cert = await file(place.sslCertificateFile);
  const key = await file(place.sslKeyFile);
  const verifies = place.sslMode.startsWith('verify') || (place.sslMode === 'require' && ca !== undefined);
  return {
    rejectUnauthorized: verifies,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(place.sslMode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }),
  };
}

function linkOver(client: Client, context: FailureContext): Link {
  const about: FailureContext = {
    ...context,
    phase: 'query',
    user: client.user ?? context.user,
    database: client.database ?? context.database,
  };
  const announced: unknown = Reflect.get(client, 'processID');
  return {
    announcedId: typeof announced === 'number' ? announced : undefined,
    context: about,
    query: async (text, parameters) => {
      try {
        return resultOf(await (parameters === undefined ? client.query(text) : client.query(text, [...parameters])));
      } catch (error) {
        throw toFailure(error, about);
      }
    },
    end: () => ended(client),
    destroy: () => client.connection.stream.destroy(),
  };
}

async function ended(client: Client): Promise<void> {
  const limit = AbortSignal.timeout(2000);
  const drop = () => client.connection.stream.destroy();
  limit.addEventListener('abort', drop, { once: true });
  try {
    await client.end();
  } finally {
    limit.removeEventListener('abort', drop);
  }
}

/** `pg` gives an array for several statements at once: the last one counts. */
function resultOf(result: QueryResult | readonly QueryResult[]): LinkResult {
  const last = Array.isArray(result) ? result.at(-1) : result;
  return { rows: last?.rows ?? [], rowCount: last?.rowCount ?? 0, command: last?.command ?? '' };
}

/**
 * Dates, times, intervals, geometry and arrays of them stay the server's text: a JavaScript Date has no microseconds.
 * Numbers beyond a double (int8, numeric) are text by pg's own choice.
 */
const typesKeptAsText = [600, 718, 1017, 1082, 1114, 1115, 1182, 1184, 1185, 1186, 1187] as const;

function keepText(value: string): string {
  return value;
}

/** A connection that breaks while idle is noticed by the next query. */
function ignore(): void {}

function contextOf({ url, place, signal, isReader }: LinkOptions): FailureContext {
  return {
    place: describePlace(place),
    user: place.user ?? 'the default user',
    database: place.database ?? place.user ?? 'the default database',
    host: place.host,
    phase: 'connect',
    isReader,
    signal,
    redact: (text) => redact(text, url),
  };
}
