import { Client } from 'pg';
import type { EmbeddedServer } from '#db/drivers/postgres/embedded/start-embedded';
import { startEmbedded } from '#db/drivers/postgres/embedded/start-embedded';

/** A throw-away server with a database whose owner is an ordinary role. */
export type Stage = {
  readonly version: string;
  /** Of the owner, who is no superuser. */
  readonly url: string;
  query(text: string): Promise<void>;
  close(): Promise<void>;
};

/** Room for a table of some hundred thousand rows without checkpoints in between; durable as a real server is. */
const settings = { shared_buffers: '256MB', max_wal_size: '4GB', checkpoint_timeout: '15min' };

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
