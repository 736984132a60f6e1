import { type ErrorCode, fail, isFailure } from '#core/error';
import { grantsForReading } from './read-grants.ts';

/** What the server or the network said, in the parts that we use. */
type Said = {
  readonly code: string;
  readonly message: string;
  readonly detail: string | undefined;
  readonly hint: string | undefined;
  readonly position: string | undefined;
};

/** What a failure is about: shown names only, never a credential. */
export type FailureContext = {
  /** As `describePlace` shows it. */
  readonly place: string;
  readonly user: string;
  readonly database: string;
  readonly host: string;
  readonly phase: 'connect' | 'query';
  /** The user is one who may only read. */
  readonly isReader: boolean;
  /** The session's signal, to tell an interruption from a timeout. */
  readonly signal: AbortSignal;
  /** Takes credentials out of the server's own words. */
  redact(text: string): string;
};

/**
 * SQLSTATE of the server's error behind a failure, or undefined where the server did not speak
 * (https://www.postgresql.org/docs/18/errcodes-appendix.html).
 */
export function sqlstateOf(error: unknown): string | undefined {
  const cause = isFailure(error) ? error.cause : error;
  const code = field(cause, 'code');
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** Turns what `pg` throws into a Failure with a stable code. A Failure passes through; our own mistakes too. */
export function toFailure(error: unknown, context: FailureContext): unknown {
  if (isFailure(error)) return error;
  const said = read(error, context);
  if (said === undefined) return error;
  const code = codeOf(said, context);
  if (code === undefined) return error;
  if (code === 'interrupted' && isFailure(context.signal.reason)) return context.signal.reason;
  return fail(code, explain(code, said, context), error);
}

function read(error: unknown, context: FailureContext): Said | undefined {
  if (!(error instanceof Error)) return undefined;
  const clean = (text: string | undefined) => (text === undefined ? undefined : context.redact(text));
  return {
    code: field(error, 'code') ?? field(firstOf(error), 'code') ?? '',
    message: context.redact(error.message === '' ? String(firstOf(error)) : error.message),
    detail: clean(field(error, 'detail')),
    hint: clean(field(error, 'hint')),
    position: field(error, 'position'),
  };
}

/** Node tries every address of a name and then throws them all together. */
function firstOf(error: unknown): unknown {
  return error instanceof AggregateError ? error.errors[0] : undefined;
}

function field(from: unknown, name: string): string | undefined {
  if (typeof from !== 'object' || from === null) return undefined;
  const value: unknown = Reflect.get(from, name);
  return typeof value === 'string' ? value : undefined;
}

const codes: Readonly<Record<string, ErrorCode>> = {
  '28P01': 'login-failed',
  '28000': 'login-failed',
  '3D000': 'login-failed',
  '57P03': 'connect-failed',
  '57P01': 'connection-lost',
  '57P02': 'connection-lost',
  '57P04': 'connection-lost',
  '57P05': 'connection-lost',
  '25P03': 'connection-lost',
  '25P04': 'statement-timeout',
  '55P03': 'lock-timeout',
  '40P01': 'lock-timeout',
  '53100': 'server-full',
  '53200': 'server-full',
  '53300': 'server-full',
  '42501': 'rights-missing',
};

const lostMessages = /connection terminated|connection ended|not queryable|client was closed|socket (hang up|closed)/i;
const networkCodes = /^(E[A-Z_]+|ERR_SSL.*|ERR_TLS.*|CERT_.*|SELF_SIGNED.*|DEPTH_ZERO.*|UNABLE_TO.*)$/;
const tlsMessages =
  /does not support SSL|SSL connection|certificate|password must be a string|connection timeout|timeout expired|SASL/i;

/** Undefined for an error that neither the server nor the network made: then it is a mistake of ours. */
function codeOf(said: Said, context: FailureContext): ErrorCode | undefined {
  if (context.signal.aborted && (said.code === '57014' || said.code === 'ABORT_ERR')) return 'interrupted';
  if (said.code === '57014') return 'statement-timeout';
  const known = codes[said.code];
  if (known !== undefined) return known;
  if (/password must be a string|SASL/.test(said.message)) return 'login-failed';
  const isNetwork = networkCodes.test(said.code) || /^08/.test(said.code) || lostMessages.test(said.message);
  if (context.phase === 'connect' && (isNetwork || tlsMessages.test(said.message))) return 'connect-failed';
  if (isNetwork) return 'connection-lost';
  return /^[0-9A-Z]{5}$/.test(said.code) ? 'step-failed' : undefined;
}

function explain(
  code: ErrorCode,
  said: Said,
  context: FailureContext,
): { readonly what: string; readonly why: string; readonly next: string } {
  const why = wordsOf(said);
  const { place, user, database } = context;
  switch (code) {
    case 'connect-failed':
      return { what: `The server at ${place} could not be reached.`, why, next: connectAdvice(said, context.host) };
    case 'login-failed':
      return {
        what: `The server refused user "${user}" for database "${database}" at ${place}.`,
        why,
        next: loginAdvice(said),
      };
    case 'connection-lost':
      return {
        what: `The connection to ${place} was lost.`,
        why,
        next: 'See that the server is up, then run the same command again: it goes on where it stopped.',
      };
    case 'lock-timeout':
      return {
        what: 'A lock was not granted in time.',
        why,
        next: 'Run the same command again when the transactions in the way have ended; `godwit doctor` names long ones.',
      };
    case 'statement-timeout':
      return {
        what: 'A statement was cancelled by the server or ran longer than its limit.',
        why,
        next: 'Run the same command again when the server is less busy, or raise the limit.',
      };
    case 'interrupted':
      return {
        what: 'The statement was cancelled because godwit was asked to stop.',
        why,
        next: 'Run the same command again to go on.',
      };
    case 'server-full':
      return {
        what: `The server at ${place} has no room left.`,
        why,
        next: 'Free disk space, memory or connections on the server, then run the same command again.',
      };
    case 'rights-missing':
      return {
        what: `User "${user}" lacks a right in database "${database}".`,
        why,
        next: rightsAdvice(said, context),
      };
    default:
      return {
        what: `The server at ${place} refused a statement.`,
        why,
        next: 'Correct the cause and run the same command again, or `godwit rollback`.',
      };
  }
}

function wordsOf(said: Said): string {
  const state =
    /^[0-9A-Z]{5}$/.test(said.code) && !networkCodes.test(said.code)
      ? ` (SQLSTATE ${said.code})`
      : said.code === ''
        ? ''
        : ` (${said.code})`;
  const parts = [said.detail, said.hint].filter((part) => part !== undefined && part !== '');
  return `${ended(said.message)}${parts.map((part) => ` ${ended(part ?? '')}`).join('')}${state}`.trim();
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function connectAdvice(said: Said, host: string): string {
  if (said.code === 'ENOTFOUND' || said.code === 'EAI_AGAIN')
    return `Check the spelling of the host name "${host}" and the name server.`;
  if (said.code === 'ENOENT') return 'No server listens on that socket: check the folder, or name a host.';
  if (said.code === '57P03') return 'The server is starting up, shutting down or recovering: try again in a moment.';
  if (/SSL|TLS|certificate|CERT|SELF_SIGNED|UNABLE_TO/i.test(`${said.code} ${said.message}`)) {
    return 'Check sslmode and sslrootcert in the URL: sslmode=require does not check the certificate, verify-full does.';
  }
  return 'Check that the server runs, that host and port are right, and that no firewall is in between.';
}

function rightsAdvice({ message }: Said, context: FailureContext): string {
  if (context.isReader) return grantsForReading(message, context);
  return 'Grant it, or run as the owner of the objects; `godwit doctor` lists the rights that are needed.';
}

function loginAdvice(said: Said): string {
  if (said.code === '3D000') return 'Create the database, or correct its name in the URL.';
  if (/password must be a string/.test(said.message))
    return 'Give a password in the URL, in PGPASSWORD or in ~/.pgpass.';
  return 'Check user and password, and pg_hba.conf on the server for this host.';
}
