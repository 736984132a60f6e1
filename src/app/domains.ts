import type { Domain } from '#core/domain';
import type { Driver } from '#db/driver';
import type { Connect, Session } from '#db/session';
import { chooseTarget, type DatabaseTarget } from './target.ts';
import type { Surroundings } from './verb.ts';

/** A database that was named, not connected to yet. */
export type OpenDatabase = {
  readonly target: DatabaseTarget;
  readonly driver: Driver;
  readonly connect: Connect;
};

/** The database that the user means. Its client library is loaded here and not before. Throws `no-target`, `bad-input`. */
export async function openDatabase(surroundings: Surroundings): Promise<OpenDatabase> {
  const target = chooseTarget(surroundings.choice, surroundings.config, surroundings.env);
  const { postgres } = await import('#db/drivers/postgres/index');
  return { target, driver: postgres, connect: postgres.connect(target.url) };
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
  const known = () => withReader(database, surroundings.signal, (session) => namesKnown(database.driver, session));
  const executors = [...domain.executors, nameUsesExecutor({ driver: database.driver, known }, surroundings)];
  try {
    return await work({ ...database, domain: { ...domain, executors } });
  } finally {
    await domain.close();
  }
}

async function namesKnown(driver: Driver, session: Session) {
  return { searchPath: await driver.searchPath(session), snapshot: await driver.inspect(session) };
}
