import { Client } from 'pg';
import * as z from 'zod';

/** What `--json` prints of a run. */
export const runSchema = z.object({
  state: z.string(),
  restored: z.object({ schema: z.boolean(), data: z.boolean() }).optional(),
});

/** A table that takes a while to fill anew: `id` and a text of about a hundred bytes. */
export function usersTable(rows: number, place = ''): string {
  return `CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL)${place};
    INSERT INTO users SELECT i, repeat(md5(i::text), 3) FROM generate_series(1, ${rows}) AS i; ANALYZE users`;
}

/** Rows that backfills have gone over, as their checkpoints say; 0 before the journal is there. */
export async function rowsDone(url: string): Promise<number> {
  const [there] = await ask(url, "SELECT to_regclass('godwit.checkpoint') IS NOT NULL AS is");
  if (there?.is !== true) return 0;
  const [row] = await ask(url, 'SELECT coalesce(sum(rows), 0)::int AS rows FROM godwit.checkpoint');
  return Number(row?.rows);
}

/** Runs SQL on a connection of its own. */
export async function ask(url: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
