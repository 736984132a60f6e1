import { fail, isFailure } from '#core/error';
import { describePlace, isLocalHost, parseConnectionUrl } from '#db/drivers/postgres/connection-url';
import type { Config, TargetClass } from './config.ts';

/** A database to work on: its URL (never shown), a name for messages and approvals, and how careful to be. */
export type DatabaseTarget = {
  readonly url: string;
  /** Of a user who may only read, where one is named: whatever only looks connects by it. */
  readonly readUrl?: string;
  readonly name: string;
  readonly class: TargetClass;
  /** Why it is of that class, where nobody has said so. */
  readonly classReason?: string;
  /** Command whose success is the evidence of a backup. */
  readonly backup: string | undefined;
};

/** What the user said of the target. */
export type TargetChoice = { readonly db?: string | undefined; readonly target?: string | undefined };

/** Names a URL for reading beside DATABASE_URL, --db, and targets without one of their own. */
export const readVariable = 'READ_DATABASE_URL';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The target: `--db` or `--target`, else DATABASE_URL, else the configuration's default. A URL that no target names is
 * development on loopback or a socket, else production. `readUrl` of the target, else READ_DATABASE_URL, is for what only
 * looks; it has to lead to the same database. Throws `no-target` or `bad-input`.
 */
export function chooseTarget(choice: TargetChoice, config: Config, env: Env): DatabaseTarget {
  const target = targetOf(choice, config, env);
  const readUrl = readUrlOf(target, config, env);
  return readUrl === undefined ? target : { ...target, readUrl };
}

function targetOf(choice: TargetChoice, config: Config, env: Env): DatabaseTarget {
  if (choice.db !== undefined && choice.target !== undefined) {
    throw fail('bad-input', {
      what: 'Two targets were named.',
      why: 'Both --db and --target were given.',
      next: 'Give one of them.',
    });
  }
  if (choice.target !== undefined) return namedTarget(choice.target, config, env);
  const url = choice.db ?? env.DATABASE_URL;
  if (url !== undefined && url !== '') return targetOfUrl(url, config, env);
  if (config.defaultTarget !== undefined) return namedTarget(config.defaultTarget, config, env);
  throw fail('no-target', {
    what: 'No database was named.',
    why: 'There is no --db, no --target, no DATABASE_URL and no defaultTarget in the configuration.',
    next: 'Add --db postgres://user@host/database, or set DATABASE_URL.',
  });
}

/** A URL without its password and with all else that a connection needs, to be pasted; `URL` where it cannot be read. */
export function pastableUrl(url: string): string {
  try {
    const kept = [...new URLSearchParams(/\?([^@?]*)$/.exec(url)?.[1] ?? '')].filter(([name]) =>
      /^(sslmode|sslrootcert|sslcert|sslkey|options|connect_timeout)$/.test(name),
    );
    const query = kept.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
    return `${describePlace(parseConnectionUrl(url))}${query === '' ? '' : `?${query}`}`;
  } catch (error) {
    if (isFailure(error, 'bad-input')) return 'URL';
    throw error;
  }
}

/** True where a target is named in any way. Throws `bad-input` where it is named wrongly. */
export function hasTarget({
  choice,
  config,
  env,
}: {
  readonly choice: TargetChoice;
  readonly config: Config;
  readonly env: Env;
}): boolean {
  try {
    chooseTarget(choice, config, env);
    return true;
  } catch (error) {
    if (isFailure(error, 'no-target')) return false;
    throw error;
  }
}

function namedTarget(name: string, config: Config, env: Env): DatabaseTarget {
  const stated = config.targets[name];
  if (stated === undefined) {
    const known = Object.keys(config.targets);
    throw fail('bad-input', {
      what: `There is no target ${name}.`,
      why: known.length === 0 ? 'The configuration names no targets.' : `The configuration names ${known.join(', ')}.`,
      next:
        known.length === 0
          ? `Give --db, or write a configuration with \`godwit init\` and add ${name} under \`targets\`.`
          : 'Use one of those, or add it under `targets` in godwit.config.',
    });
  }
  return { url: resolveUrl(stated.url, name, env), name, ...classOf(stated), backup: stated.backup };
}

function readUrlOf({ url, name }: DatabaseTarget, { targets }: Config, env: Env): string | undefined {
  const stated = targets[name]?.readUrl;
  const said = stated === undefined ? env[readVariable] : resolveUrl(stated, `${name} for reading`, env);
  if (said === undefined || said === '') return undefined;
  if (!samePlace(said, url)) {
    // The variable is about one database; a target of the configuration is not bound to it.
    if (stated === undefined && targets[name] !== undefined) return undefined;
    throw elsewhere(stated === undefined ? readVariable : `readUrl of target ${name}`, said, url);
  }
  const { user, options = '' } = parseConnectionUrl(url);
  if (user === undefined || options.includes('search_path')) throw untold(user === undefined);
  return said;
}

function elsewhere(source: string, said: string, url: string): Error {
  return fail('bad-input', {
    what: `${source} leads to another database than the target.`,
    why: `It is ${pastableUrl(said)}, and the target is ${pastableUrl(url)}: host, port and database have to be the same, so that what was looked at is what will be changed. A standby may be behind.`,
    next: `Correct ${source}, or leave it away: then the target's own user looks, in read-only transactions.`,
  });
}

/** A reader works out what the other user may do by its name; what only that user's own session knows it cannot. */
function untold(isNameless: boolean): Error {
  return fail('bad-input', {
    what: 'What the user of the target may do cannot be told by a user for reading.',
    why: isNameless ? 'The URL of the target names no user.' : 'The URL of the target sets search_path in its options.',
    next: isNameless
      ? 'Write the user into the URL: postgres://user@host/database.'
      : 'Give the search path to the role: ALTER ROLE … SET search_path = …;',
  });
}

function targetOfUrl(url: string, config: Config, env: Env): DatabaseTarget {
  const place = parseConnectionUrl(url);
  for (const [name, stated] of Object.entries(config.targets)) {
    const known = stated.url.startsWith('env:') ? env[stated.url.slice(4)] : stated.url;
    if (known !== undefined && samePlace(known, url)) return { url, name, ...classOf(stated), backup: stated.backup };
  }
  const name = `${place.host}:${place.port}/${place.database ?? place.user ?? ''}`;
  if (isLocalHost(place.host)) return { url, name, class: 'development', backup: undefined };
  const classReason = 'no target of godwit.config names it, and it is not on this machine';
  return { url, name, class: 'production', classReason, backup: undefined };
}

/** Whoever has not said how careful to be gets the most care: a tunnel to production is on loopback too. */
function classOf(stated: Config['targets'][string]): Pick<DatabaseTarget, 'class' | 'classReason'> {
  if (stated.class !== undefined) return { class: stated.class };
  return { class: 'production', classReason: 'godwit.config gives it no class' };
}

function samePlace(one: string, other: string): boolean {
  const [a, b] = [parseConnectionUrl(one), parseConnectionUrl(other)];
  return a.host === b.host && a.port === b.port && a.database === b.database;
}

function resolveUrl(url: string, name: string, env: Env): string {
  if (!url.startsWith('env:')) return url;
  const value = env[url.slice(4)];
  if (value !== undefined && value !== '') return value;
  throw fail('no-target', {
    what: `The URL of target ${name} is not there.`,
    why: `The configuration says it stands in the environment variable ${url.slice(4)}, which is not set.`,
    next: `Set ${url.slice(4)}, or give --db.`,
  });
}
