import { isFailure } from '#core/error';
import type { Finding } from '#core/finding';
import type { Driver, Rights } from './driver.ts';
import { plainName, type Snapshot } from './schema.ts';
import type { Connect, Session } from './session.ts';

/** A throw-away database with the schema of another one, on a server of our own. */
export type Scratch = {
  /** Such as `PostgreSQL 18.4`. */
  readonly server: string;
  /** As a role of the same name and rights as the one of the original. */
  readonly connect: Connect;
  /** As a superuser. */
  readonly connectAsAdmin: Connect;
  /** What could not be made as it is in the original. */
  readonly findings: readonly Finding[];
  close(): Promise<void>;
};

export type ScratchRequest = {
  readonly driver: Driver;
  readonly snapshot: Snapshot;
  readonly rights: Pick<Rights, 'role' | 'isSuperuser' | 'mayQuietTriggers'>;
  readonly signal: AbortSignal;
};

const database = 'rehearsal';

/**
 * Starts a server of the same major where that can be had, else of the installed one, and recreates the schema there
 * without its rows. The role owns everything. Throws `embedded-missing`.
 */
export async function openScratch(request: ScratchRequest): Promise<Scratch> {
  const { driver, snapshot, signal } = request;
  const { server, findings } = await startServer(snapshot, signal);
  try {
    const admin = driver.connect(server.urlOf('postgres'));
    await withSession(admin, signal, (session) => makeDatabase(session, request));
    const connectAsAdmin = driver.connect(server.urlOf(database));
    const missing = await withSession(connectAsAdmin, signal, (session) => recreate(session, request));
    return {
      server: `PostgreSQL ${server.version}`,
      connect: driver.connect(server.urlOf(database, request.rights.role)),
      connectAsAdmin,
      findings: [...findings, ...missing],
      close: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Speed over safety: what stands there is thrown away. */
async function startServer(snapshot: Snapshot, signal: AbortSignal) {
  const { startEmbedded } = await import('./drivers/postgres/embedded/start-embedded.ts');
  const settings = { shared_buffers: '128MB', max_wal_size: '4GB', checkpoint_timeout: '15min' };
  const wanted = Math.floor(snapshot.server.version / 10_000);
  try {
    return { server: await startEmbedded({ major: wanted, durable: false, settings, signal }), findings: [] };
  } catch (error) {
    if (wanted === 18 || !(isFailure(error, 'embedded-missing') || isFailure(error, 'bad-input'))) throw error;
    const server = await startEmbedded({ durable: false, settings, signal });
    return { server, findings: [otherMajor(wanted, server.version)] };
  }
}

function otherMajor(wanted: number, version: string): Finding {
  return {
    rule: 'rehearsal/other-major',
    severity: 'warning',
    message: `The database runs PostgreSQL ${wanted}, and the rehearsal ran on ${version}: a server of ${wanted} could not be had.`,
    cure: 'See that npm reaches its registry, so that the server of that major can be fetched, and rehearse again.',
  };
}

/** The role of the original with its rights, and every other role that a grant names, without a login. */
async function makeDatabase(session: Session, { driver, rights, snapshot }: ScratchRequest): Promise<void> {
  const { spelling } = driver;
  const role = spelling.name(rights.role);
  const others = rolesNamed(snapshot).filter((name) => name !== rights.role);
  const known = await session.query('SELECT rolname::text AS name FROM pg_roles');
  const isThere = new Set(known.rows.map(({ name }) => String(name)));
  for (const name of others.filter((one) => !isThere.has(one))) {
    await session.query(`CREATE ROLE ${spelling.name(name)} NOLOGIN`);
  }
  if (!isThere.has(rights.role)) {
    await session.query(`CREATE ROLE ${role} LOGIN ${rights.isSuperuser ? 'SUPERUSER' : 'NOSUPERUSER'}`);
  }
  if (rights.mayQuietTriggers && !rights.isSuperuser && session.version >= 150_000) {
    await session.query(`GRANT SET ON PARAMETER session_replication_role TO ${role}`);
  }
  await session.query(`CREATE DATABASE ${spelling.name(database)} OWNER ${role}`);
}

function rolesNamed(snapshot: Snapshot): readonly string[] {
  const grants = [...snapshot.tables, ...snapshot.views].flatMap((relation) => [
    ...relation.grants,
    ...('columns' in relation ? relation.columns.flatMap((column) => column.grants) : []),
  ]);
  const owners = snapshot.tables.map(({ owner }) => owner);
  return [...new Set([...grants.map(({ role }) => role), ...owners])].filter(
    (name) => !/^(public|pg_.*)?$/i.test(name),
  );
}

/** Statement by statement, as the role; what only a superuser may do (an extension, a language) as the superuser. */
async function recreate(
  session: Session,
  { driver, snapshot, rights, signal }: ScratchRequest,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const setRole = `SET ROLE ${driver.spelling.name(rights.role)}`;
  await session.query(`GRANT ALL ON SCHEMA public TO ${driver.spelling.name(rights.role)}`);
  for (const statement of driver.recreate(snapshot)) {
    signal.throwIfAborted();
    await session.query(setRole);
    const refused = await attempt(session, statement);
    if (refused === undefined) continue;
    await session.query('RESET ROLE');
    const why = await attempt(session, statement);
    if (why !== undefined) findings.push(notRecreated(statement, why));
  }
  await session.query('RESET ROLE');
  return [...findings, ...foreignTables(snapshot)];
}

async function attempt(session: Session, statement: string): Promise<string | undefined> {
  try {
    await session.query(statement);
    return undefined;
  } catch (error) {
    if (!isFailure(error) || error.code === 'interrupted' || error.code === 'connection-lost') throw error;
    return error.explanation.why;
  }
}

function notRecreated(statement: string, why: string): Finding {
  const head = statement.replace(/\s+/g, ' ').slice(0, 80);
  const extension = /^CREATE EXTENSION (?:IF NOT EXISTS )?("[^"]+"|\S+)/.exec(statement)?.[1]?.replaceAll('"', '');
  if (extension !== undefined)
    return {
      rule: 'rehearsal/extension-missing',
      severity: 'warning',
      message: `The extension ${extension} is not there on the rehearsal server: what needs it could not be rehearsed.`,
      cure: 'Try the plan on a staging server that has it.',
      object: extension,
    };
  return {
    rule: 'rehearsal/not-recreated',
    severity: 'warning',
    message: `This could not be recreated on the rehearsal server: ${head}: ${why}`,
    cure: 'Try the plan on a staging server too.',
  };
}

function foreignTables(snapshot: Snapshot): readonly Finding[] {
  return snapshot.tables
    .filter(({ kind }) => kind === 'foreign')
    .map((table) => ({
      rule: 'rehearsal/foreign-table',
      severity: 'warning' as const,
      message: `The foreign table ${plainName(table)} is left out: its server cannot be reached from a rehearsal.`,
      object: plainName(table),
    }));
}

/** Lends a session and closes it. */
export async function withSession<T>(
  connect: Connect,
  signal: AbortSignal,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await connect({ purpose: 'rehearsal', signal });
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}
