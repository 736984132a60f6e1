import { randomBytes } from 'node:crypto';
import { escapeIdentifier, Pool } from 'pg';
import { inject } from 'vitest';
import { postgres } from '#db/drivers/postgres/index';
import type { Snapshot } from '#db/schema';
import { shareSession } from '#db/shared-session';

export type DatabaseOptions = {
  /** True: the role must give its password, which stands in `url`. Default false: every password is taken. */
  readonly hasPassword?: boolean;
  /** True: `role` is a superuser. Default false, so that every test shows that the owner's rights are enough. */
  readonly isSuperuser?: boolean;
  /** Made by the superuser, which most extensions want; for example `pg_stat_statements`. */
  readonly extensions?: readonly string[];
  /** The superuser's URL of another server than the one of the run. */
  readonly serverUrl?: string;
};

export type Row = Record<string, unknown>;
export type Query = (sql: string, parameters?: readonly unknown[]) => Promise<Row[]>;

export type TestDatabase = {
  /** As the owner. */
  readonly url: string;
  /** The same database, as the superuser. */
  readonly superUrl: string;
  readonly name: string;
  /** Owns the database, may log in, and is no superuser. */
  readonly role: string;
  /** Runs SQL as the owner and returns the rows; several statements may stand in one text without parameters. */
  readonly query: Query;
  readonly superQuery: Query;
  /**
   * What godwit reads of it, always in the same session, as the owner: a new one has to read all of the catalog anew,
   * which takes ten times as long.
   */
  readonly snapshot: () => Promise<Snapshot>;
  /** Removes database and role, whoever is still connected. */
  readonly drop: () => Promise<void>;
};

/** Makes an empty database with a new owner. The caller drops it; `withDatabase` does so by itself. */
export async function createDatabase(options: DatabaseOptions = {}): Promise<TestDatabase> {
  const word = randomBytes(5).toString('hex');
  const [name, role, password] = [`test_${word}`, `owner_${word}`, `secret_${word}`];
  const serverUrl = options.serverUrl ?? inject('serverUrl');
  const onServer = serverQuery(serverUrl);
  const rights = options.isSuperuser === true ? 'SUPERUSER' : 'NOSUPERUSER';
  await onServer(`CREATE ROLE ${escapeIdentifier(role)} LOGIN ${rights} PASSWORD '${password}'`);
  if (options.hasPassword === true) await demandPassword(onServer, role);
  await onServer(`CREATE DATABASE ${escapeIdentifier(name)} OWNER ${escapeIdentifier(role)}`);
  const superUrl = urlOf(serverUrl, { name });
  const url = urlOf(serverUrl, { name, role, password: options.hasPassword === true ? password : '' });
  const owner = poolOf(url);
  const superuser = poolOf(superUrl);
  for (const extension of options.extensions ?? [])
    await superuser.query(`CREATE EXTENSION ${escapeIdentifier(extension)}`);
  const never = new AbortController().signal;
  const reader = shareSession(() => postgres.connect(url)({ purpose: 'test', signal: never }));
  const drop = async () => {
    await Promise.all([owner.end(), superuser.end(), reader.close()]);
    await dropDatabase(onServer, name, role);
  };
  return {
    url,
    superUrl,
    name,
    role,
    query: queryOf(owner),
    superQuery: queryOf(superuser),
    snapshot: () => reader.use((session) => postgres.inspect(session)),
    drop,
  };
}

/** Runs `work` on a database of its own and drops it afterwards. */
export async function withDatabase<Result>(
  work: (database: TestDatabase) => Promise<Result>,
  options: DatabaseOptions = {},
): Promise<Result> {
  const database = await createDatabase(options);
  try {
    return await work(database);
  } finally {
    await database.drop();
  }
}

/** Every member of this role must give its password: the embedded server's pg_hba.conf says so. */
async function demandPassword(query: Query, role: string): Promise<void> {
  await query(`DO $$ BEGIN
    CREATE ROLE password_required;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END $$`);
  await query(`GRANT password_required TO ${escapeIdentifier(role)}`);
}

async function dropDatabase(query: Query, name: string, role: string): Promise<void> {
  // WITH (FORCE) is not there before PostgreSQL 13.
  await query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
  const [version] = await query('SHOW server_version_num');
  const force = Number(version?.server_version_num) >= 130_000 ? ' WITH (FORCE)' : '';
  await query(`DROP DATABASE ${escapeIdentifier(name)}${force}`);
  await query(`DROP ROLE ${escapeIdentifier(role)}`);
}

type Login = { readonly name: string; readonly role?: string; readonly password?: string };

function urlOf(serverUrl: string, { name, role, password }: Login): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  if (role !== undefined) url.username = role;
  if (password !== undefined) url.password = password;
  return url.href;
}

const servers = new Map<string, Query>();

/** The superuser on a server, through sessions that all databases of this process share; idle, they end by themselves. */
function serverQuery(url: string): Query {
  const known = servers.get(url) ?? queryOf(poolOf(url));
  servers.set(url, known);
  return known;
}

function poolOf(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 3, allowExitOnIdle: true, application_name: 'godwit-test' });
  // An idle connection that is ended from outside (a test that kills, a forced drop) is no error of the test.
  pool.on('error', () => undefined);
  return pool;
}

function queryOf(pool: Pool): Query {
  return async (sql, parameters) => {
    const result = await pool.query<Row>(sql, parameters === undefined ? undefined : [...parameters]);
    return result.rows;
  };
}
