import { Client } from 'pg';
import { startEmbedded } from '#db/drivers/postgres/embedded/start-embedded';

/** A durable server with a table `users` that each contender gets as a fresh copy. */
export type Stage = {
  /** As the owner of the table, who is no superuser. */
  readonly url: string;
  /** Runs SQL as the owner, on one connection. */
  query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Runs SQL as a superuser. */
  superQuery(sql: string): Promise<void>;
  /** Puts a fresh copy of the table in place, vacuumed, analysed and on disk; `extra` are statements before that. */
  refresh(extra?: readonly string[]): Promise<void>;
  close(): Promise<void>;
};

/**
 * The same server for all: commits are durable, autovacuum and timed checkpoints do not fall on one contender and not
 * on another, and nothing else is changed.
 */
const settings = { autovacuum: 'off', max_wal_size: '8GB', checkpoint_timeout: '1h' };

const table = (name: string) => `CREATE TABLE ${name} (
  id bigint PRIMARY KEY, name text NOT NULL, email text NOT NULL, created_at timestamptz NOT NULL, full_name text)`;

/** Starts the server and fills the table with so many rows. */
export async function openStage(rows: number, signal: AbortSignal): Promise<Stage> {
  const server = await startEmbedded({ durable: true, settings, signal });
  const superuser = await open(server.url);
  await superuser.query('CREATE ROLE owner LOGIN');
  await superuser.query('CREATE DATABASE bench OWNER owner');
  await superuser.query('GRANT pg_checkpoint TO owner');
  const url = server.urlOf('bench', 'owner');
  const owner = await open(url);
  await owner.query(table('original'));
  await owner.query(`INSERT INTO original
    SELECT i, 'name ' || i || ' ' || md5(i::text), 'user' || i || '@example.org', now() - i * interval '1 s', NULL
    FROM generate_series(1, ${rows}) AS i`);
  const refresh = async (extra: readonly string[] = []) => {
    await owner.query('DROP TABLE IF EXISTS users');
    await owner.query(table('users'));
    await owner.query('INSERT INTO users SELECT * FROM original ORDER BY id');
    await owner.query('CREATE INDEX ON users (email)');
    await owner.query('CREATE INDEX ON users (created_at)');
    for (const statement of extra) await owner.query(statement);
    await owner.query('VACUUM ANALYZE users');
    await owner.query('CHECKPOINT');
  };
  return {
    url,
    refresh,
    query: async (sql) => (await owner.query<Record<string, unknown>>(sql)).rows,
    superQuery: async (sql) => {
      await superuser.query(sql);
    },
    close: async () => {
      await Promise.all([owner.end(), superuser.end()]);
      await server.stop();
    },
  };
}

async function open(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  await client.connect();
  return client;
}
