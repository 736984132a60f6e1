import { Client } from 'pg';
import * as z from 'zod';
import { type EmbeddedServer, startEmbedded } from '#db/drivers/postgres/embedded/start-embedded';
import { exampleSchema } from '#db/lint/example-schema';
import { exampleRows } from './example-rows.ts';

/** A server of one major on which statements are observed, one at a time. It has a tablespace `fast`. */
export type ProofServer = {
  readonly major: number;
  /** A session in a database with the example schema and its rows, which has to be left as it was found. */
  readonly standing: Client;
  /** Gives a copy of that database to `work`, and removes it with all databases and roles that were made meanwhile. */
  withCopy<Result>(work: (copy: Copy) => Promise<Result>): Promise<Result>;
  /** Waits until nobody else observes on this server. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>;
  stop(): Promise<void>;
};

/** A database to be thrown away. Its sessions are closed at the end, at the latest. */
export type Copy = {
  readonly open: () => Promise<Client>;
  /** A session in another database, as the superuser. */
  readonly watcher: Client;
};

/** Starts a server for each major at the same time. Whoever gets them stops them. */
export async function startProofServers(majors: readonly number[]): Promise<readonly ProofServer[]> {
  const started = await Promise.allSettled(majors.map((major) => startProofServer(major)));
  const servers = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = started.find((one) => one.status === 'rejected');
  if (failed === undefined) return servers;
  await Promise.all(servers.map((server) => server.stop()));
  throw failed.reason;
}

/** Commits wait for a standby that there is not only where a session asks for it; see bare-statement.ts. */
const settings = {
  max_connections: '20',
  synchronous_standby_names: 'nobody',
  synchronous_commit: 'local',
  autovacuum: 'off',
  checkpoint_timeout: '1h',
  // What a worker reads is not counted in the session that it works for.
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
};

const [template, standingName] = ['proof_template', 'proof_standing'];

/** Starts a server of the major and makes the databases. */
export async function startProofServer(major: number): Promise<ProofServer> {
  const server = await startEmbedded({ major, durable: false, settings });
  try {
    const admin = await openClient(server, 'postgres');
    await admin.query(`CREATE DATABASE ${template}`);
    const filler = await openClient(server, template);
    await filler.query(exampleSchema);
    await filler.query(exampleRows);
    await filler.query('ANALYZE');
    await filler.end();
    await makeTablespace(admin, server);
    await copyTemplate(admin, standingName);
    return await serverOf(server, admin);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function serverOf(server: EmbeddedServer, admin: Client): Promise<ProofServer> {
  const standing = await openClient(server, standingName);
  const known = await ownNames(admin);
  let turn: Promise<unknown> = Promise.resolve();
  let copies = 0;
  return {
    major: server.major,
    standing,
    withCopy: async (work) => {
      copies += 1;
      return await inCopy({ server, admin, known, name: `proof_copy_${copies}` }, work);
    },
    inTurn: (work) => {
      const result = turn.then(work);
      turn = result.catch(() => undefined);
      return result;
    },
    stop: async () => {
      await Promise.all([standing.end(), admin.end()]);
      await server.stop();
    },
  };
}

type Place = {
  readonly server: EmbeddedServer;
  readonly admin: Client;
  readonly known: ReadonlySet<string>;
  readonly name: string;
};

async function inCopy<Result>(place: Place, work: (copy: Copy) => Promise<Result>): Promise<Result> {
  const { server, admin, known, name } = place;
  const clients: Client[] = [];
  const open = async () => {
    const client = await openClient(server, name);
    clients.push(client);
    return client;
  };
  await copyTemplate(admin, name);
  try {
    return await work({ open, watcher: admin });
  } finally {
    await Promise.all(clients.map((client) => client.end()));
    await removeUnknown(admin, known);
  }
}

/** Only what says so waits longer than this for anything. */
const statementTimeoutMs = 20_000;

async function openClient(server: EmbeddedServer, database: string): Promise<Client> {
  const options = `-c client_min_messages=debug1 -c statement_timeout=${statementTimeoutMs}`;
  const client = new Client({ connectionString: server.urlOf(database), options, application_name: 'godwit-proof' });
  // A session that an example ends is missed by the next query on it.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function copyTemplate(admin: Client, name: string): Promise<void> {
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
}

/** The directory must be the server's account's own, so the server makes it; a program that reads nothing breaks the pipe. */
async function makeTablespace(admin: Client, server: EmbeddedServer): Promise<void> {
  const directory = `${server.directory}/data/fast`;
  const program = `cat > /dev/null; mkdir '${directory.replaceAll("'", `'\\''`)}'`;
  await admin.query(`COPY (SELECT 1) TO PROGRAM ${admin.escapeLiteral(program)}`);
  await admin.query(`CREATE TABLESPACE fast LOCATION ${admin.escapeLiteral(directory)}`);
}

const ownNamesQuery = `SELECT 'DATABASE ' || pg_catalog.quote_ident(datname) FROM pg_catalog.pg_database
  UNION ALL SELECT 'ROLE ' || pg_catalog.quote_ident(rolname) FROM pg_catalog.pg_roles
  ORDER BY 1`;

async function ownNames(admin: Client): Promise<ReadonlySet<string>> {
  const { rows } = await admin.query({ text: ownNamesQuery, rowMode: 'array' });
  return new Set(
    z
      .array(z.tuple([z.string()]))
      .parse(rows)
      .map(([name]) => name),
  );
}

async function removeUnknown(admin: Client, known: ReadonlySet<string>): Promise<void> {
  for (const name of await ownNames(admin)) if (!known.has(name)) await admin.query(`DROP ${name}`);
  await admin.query('ALTER SYSTEM RESET ALL');
}
