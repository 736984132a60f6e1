import { assert } from '#core/assert';
import type { Domain } from '#core/domain';
import type { Driver } from '#db/driver';
import { parseConnectionUrl } from '#db/drivers/postgres/connection-url';
import type { Connect, Session } from '#db/session';
import { chooseTarget, type DatabaseTarget } from './target.ts';
import type { Surroundings } from './verb.ts';

/** A database that was named, not connected to yet. */
export type OpenDatabase = {
  readonly target: DatabaseTarget;
  readonly driver: Driver;
  readonly connect: Connect;
  /** Role that runs change the database as, where the sessions are those of another one, who only reads. */
  readonly runner?: string;
};

/**
 * The database that the user means. What only looks connects as the user for reading, where there is one. The client library
 * is loaded here and not before. Throws `no-target`, `bad-input`.
 */
export async function openDatabase(surroundings: Surroundings): Promise<OpenDatabase> {
  const target = chooseTarget(surroundings.choice, surroundings.config, surroundings.env);
  const { postgres } = await import('#db/drivers/postgres/index');
  const { readUrl, url } = target;
  if (surroundings.sessions !== 'reader' || readUrl === undefined)
    return { target, driver: postgres, connect: postgres.connect(url) };
  const { user } = parseConnectionUrl(url);
  assert(user !== undefined, 'a target with a user for reading names its own user');
  return { target, driver: postgres, connect: postgres.connect(readUrl, { as: 'reader' }), runner: user };
}

/** Lends a session that can only read, and closes it. */
export async function withReader<T>(
  database: Pick<OpenDatabase, 'connect'>,
  signal: AbortSignal,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await database.connect({ purpose: 'reader', isReadOnly: true, signal });
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

/** The only place that knows which domains there are: opens the one of the target for running, and closes it. */
export async function withDomain<T>(
  surroundings: Surroundings,
  work: (opened: OpenDatabase & { readonly domain: Domain }) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(surroundings);
  const { openDatabaseDomain } = await import('#db/domain');
  const domain = openDatabaseDomain({
    driver: database.driver,
    connect: database.connect,
    place: `${surroundings.who}, process ${process.pid}`,
    random: surroundings.random,
    limits: { attemptsMaxMs: surroundings.config.limits.lockWaitMaxMs },
  });
  const { nameUsesExecutor } = await import('./code-uses/name-uses-executor.ts');
  const known = () => withReader(database, surroundings.signal, (session) => namesKnown(database, session));
  const executors = [...domain.executors, nameUsesExecutor({ driver: database.driver, known }, surroundings)];
  try {
    return await work({ ...database, domain: { ...domain, executors } });
  } finally {
    await domain.close();
  }
}

async function namesKnown({ driver, runner }: OpenDatabase, session: Session) {
  return { searchPath: await driver.searchPath(session, runner), snapshot: await driver.inspect(session) };
}
