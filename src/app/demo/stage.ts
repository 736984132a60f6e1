import { Client } from 'pg';
import type { EmbeddedServer } from '#db/drivers/postgres/embedded/start-embedded';
import { startEmbedded } from '#db/drivers/postgres/embedded/start-embedded';

/** A throw-away server with a database whose owner is an ordinary role. */
export type Stage = {
  readonly version: string;
  /** Of the owner, who is no superuser. */
  readonly url: string;
  query(text: string): Promise<void>;
  /** Makes the server one that has been running for a while. To be called when the tables are there. */
  settle(): Promise<void>;
  close(): Promise<void>;
};

/** Room for a table of some hundred thousand rows without checkpoints in between; durable as a real server is. */
const settings = { shared_buffers: '256MB', min_wal_size: '2GB', max_wal_size: '4GB', checkpoint_timeout: '15min' };

/**
 * A new server makes each WAL segment of 16 MB when it is first needed, zeros and syncs it while everybody who commits
 * waits (measured: 50 to 100 ms); one that has been running takes old ones again, after a checkpoint
 * (https://www.postgresql.org/docs/18/wal-configuration.html). So some are used up and left for it.
 */
const usedSegments = 48;

/** Starts the server of the demo. It ends with `close`, and with this process. */
export async function openStage(signal: AbortSignal): Promise<Stage> {
  const server = await startEmbedded({ settings, signal });
  try {
    await prepare(server);
    const url = server.urlOf('demo', 'app');
    const client = new Client({ connectionString: url, application_name: 'godwit demo' });
    await client.connect();
    return {
      version: server.version,
      url,
      query: async (text) => {
        await client.query(text);
      },
      settle: () => asSuperuser(server.urlOf('demo'), settling),
      close: async () => {
        await client.end();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

const settling = [
  ...Array.from({ length: usedSegments }, () => `SELECT pg_logical_emit_message(false, '', ''), pg_switch_wal()`),
  'CHECKPOINT',
];

async function prepare(server: EmbeddedServer): Promise<void> {
  await asSuperuser(server.url, ['CREATE ROLE app LOGIN', 'CREATE DATABASE demo OWNER app']);
  await asSuperuser(server.urlOf('demo'), [
    'CREATE EXTENSION pg_stat_statements',
    'GRANT CREATE, USAGE ON SCHEMA public TO app',
  ]);
}

async function asSuperuser(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
