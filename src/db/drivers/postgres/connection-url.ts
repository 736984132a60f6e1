import { fail } from '#core/error';

/** Where a URL points, before any connection. `undefined` leaves the choice to the client library (PGUSER, ~/.pgpass). */
export type ConnectionPlace = {
  readonly host: string;
  readonly port: number;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly database: string | undefined;
  readonly sslMode: SslMode;
  readonly sslRootCertificateFile: string | undefined;
  readonly sslCertificateFile: string | undefined;
  readonly sslKeyFile: string | undefined;
  /** Server options such as `-c geqo=off`. */
  readonly options: string | undefined;
  readonly connectTimeoutMs: number;
};

const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
export type SslMode = (typeof sslModes)[number];

const hostPattern = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/;
const defaultConnectTimeoutMs = 10_000;

/**
 * Reads `postgres://user:password@host:port/database?sslmode=…` as libpq does
 * (https://www.postgresql.org/docs/18/libpq-connect.html#LIBPQ-CONNSTRING-URIS), and is lenient where that cannot be
 * misread: the password may hold unescaped `@ : / #`. A socket folder stands in `?host=/folder` or percent-encoded as
 * host. Without sslmode, TLS is tried first except on loopback and sockets. Throws bad-input without repeating the URL.
 */
export function parseConnectionUrl(url: string): ConnectionPlace {
  const match = /^postgres(?:ql)?:\/\/(.*)$/s.exec(url.trim());
  if (match === null) throw badUrl('it does not start with postgres:// or postgresql://');
  const rest = match[1] ?? '';
  const { authority, database, query } = split(rest);
  const at = authority.lastIndexOf('@');
  const login = at < 0 ? '' : authority.slice(0, at);
  const place = hostAndPort(authority.slice(at + 1), query);
  const colon = login.indexOf(':');
  return {
    ...place,
    user: query.get('user') ?? optional(decode(colon < 0 ? login : login.slice(0, colon))),
    password: query.get('password') ?? (colon < 0 ? undefined : decode(login.slice(colon + 1))),
    database: query.get('dbname') ?? optional(decode(database)),
    sslMode: sslModeOf(query.get('sslmode'), place.host),
    sslRootCertificateFile: query.get('sslrootcert') ?? undefined,
    sslCertificateFile: query.get('sslcert') ?? undefined,
    sslKeyFile: query.get('sslkey') ?? undefined,
    options: query.get('options') ?? undefined,
    connectTimeoutMs: timeoutOf(query.get('connect_timeout')),
  };
}

/** `postgres://user@host:port/database`: a place to show to people, without its password. */
export function describePlace(place: Pick<ConnectionPlace, 'host' | 'port' | 'user' | 'database'>): string {
  const login = place.user === undefined ? '' : `${encodeURIComponent(place.user)}@`;
  const host = place.host.startsWith('/') ? encodeURIComponent(place.host) : bracketed(place.host);
  return `postgres://${login}${host}:${place.port}/${encodeURIComponent(place.database ?? '')}`;
}

/** Whether a place is this machine: a socket, or a loopback address. */
export function isLocalHost(host: string): boolean {
  return host.startsWith('/') || host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** `text` with the password of the URL, and the URL itself, taken out in every spelling they may have. */
export function redact(text: string, url: string): string {
  const secrets = secretsOf(url);
  const shown = url === '' ? text : text.replaceAll(url, shownUrl(url));
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, '***'), shown);
}

/** A URL as it may be shown: without its password, also where the URL cannot be read. */
export function shownUrl(url: string): string {
  try {
    return describePlace(parseConnectionUrl(url));
  } catch {
    return 'the given URL';
  }
}

function secretsOf(url: string): readonly string[] {
  const login = /^[a-z]+:\/\/[^:/@?]*:(.*)@/is.exec(url)?.[1] ?? '';
  const parameter = /[?&]password=([^&]*)/.exec(url)?.[1] ?? '';
  const written = [login, parameter].filter((secret) => secret !== '');
  const spelt = written.flatMap((secret) => [secret, decode(secret), encodeURIComponent(decode(secret))]);
  return [...new Set(spelt)].sort((one, other) => other.length - one.length);
}

/** Authority up to the first `/` or `?`; but a raw one of these in the password moves its end behind the last `@`. */
function split(rest: string): {
  readonly authority: string;
  readonly database: string;
  readonly query: URLSearchParams;
} {
  const plain = /^[^/?]*/.exec(rest)?.[0] ?? '';
  const isWhole = plain.includes('@') || !rest.includes('@') || hostPattern.test(plain);
  const loginLength = isWhole ? 0 : rest.lastIndexOf('@');
  const match = /^([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/s.exec(rest.slice(loginLength));
  return {
    authority: rest.slice(0, loginLength) + (match?.[1] ?? ''),
    database: match?.[2] ?? '',
    query: new URLSearchParams((match?.[3] ?? '').replaceAll('+', '%2B')),
  };
}

function hostAndPort(text: string, query: URLSearchParams): { readonly host: string; readonly port: number } {
  if (text.includes(',')) throw badUrl('it names several hosts, and a migration needs to know which one it runs on');
  const match = hostPattern.exec(text);
  if (match === null)
    throw badUrl('its host or port cannot be read; a : / ? # @ in the password is written %3A %2F %3F %23 %40');
  const host = query.get('host') ?? decode((match[1] ?? '').replace(/^\[|\]$/g, ''));
  const port = Number(query.get('port') ?? (match[2] || '5432'));
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw badUrl('its port is not a number from 1 to 65535');
  return { host: host === '' ? 'localhost' : host, port };
}

function sslModeOf(stated: string | null, host: string): SslMode {
  if (stated === null) return isLocalHost(host) ? 'disable' : 'prefer';
  const mode = sslModes.find((known) => known === stated);
  if (mode === undefined) throw badUrl(`its sslmode is not one of ${sslModes.join(', ')}`);
  return mode;
}

function timeoutOf(stated: string | null): number {
  const seconds = Number(stated ?? 0);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : defaultConnectTimeoutMs;
}

function decode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escaped) => {
    try {
      return decodeURIComponent(escaped);
    } catch {
      return escaped;
    }
  });
}

function optional(text: string): string | undefined {
  return text === '' ? undefined : text;
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function badUrl(why: string): Error {
  return fail('bad-input', {
    what: 'The database URL cannot be read.',
    why: `Of the given URL: ${why}.`,
    next: 'Write it as postgres://user:password@host:5432/database.',
  });
}
