import { Client } from 'pg';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { until } from '../support/execution.ts';
import { document, errorSchema, type Godwit, godwitOn } from '../support/godwit.ts';
import { type Death, deaths, type MortalServer, startMortal } from '../support/mortal-server.ts';

const rows = 400_000;
const stateSchema = z.object({
  state: z.string(),
  restored: z.object({ schema: z.boolean(), data: z.boolean() }).optional(),
});

/** The server's writer of WAL sleeps long: what no commit waits for is lost when it dies. */
const settings = { wal_writer_delay: '10s', wal_writer_flush_after: '1GB', wal_buffers: '64MB' };

it('a server that dies again and again in a backfill: every row is counted exactly once, there and back', async () => {
  const server = await startMortal({ settings });
  const godwit = await godwitOn(server.urlOf('crashes', 'app'));
  try {
    await prepare(server);
    expect((await godwit.run('plan', 'UPDATE counters SET n = n + 1')).exit).toBe(0);
    let lost = 0;
    for (const [place, how] of [...deaths, ...deaths].entries()) {
      lost += await dieWhen(server, godwit, { how, args: ['apply'], least: (place + 1) * 50_000 });
    }
    expect(lost, 'rows that were seen as done and that a death took back').toBeGreaterThan(0);
    expect(document(await godwit.run('apply', '--json'), stateSchema).state).toBe('done');
    expect(await totals(server)).toEqual({ rows, wrong: 0, told: rows });

    for (const [place, how] of deaths.entries()) {
      await dieWhen(server, godwit, { how, args: ['rollback'], least: (place + 1) * 90_000 });
    }
    const back = document(await godwit.run('rollback', '--json'), stateSchema);
    expect(back).toMatchObject({ state: 'rolled-back', restored: { schema: true, data: true } });
    expect(await one(server, 'SELECT count(*)::int AS rows, sum(n)::int AS sum FROM counters')).toEqual({
      rows,
      sum: 0,
    });
  } finally {
    await godwit.remove();
    await server.remove();
  }
});

async function prepare(server: MortalServer): Promise<void> {
  await query(server.url, 'CREATE ROLE app LOGIN');
  await query(server.url, 'CREATE DATABASE crashes OWNER app');
  await query(
    server.urlOf('crashes', 'app'),
    `CREATE TABLE counters (id bigint PRIMARY KEY, n int NOT NULL);
     INSERT INTO counters SELECT i, 0 FROM generate_series(1, ${rows}) AS i; ANALYZE counters`,
  );
}

type Dying = { readonly how: Death; readonly args: readonly string[]; readonly least: number };

/** Starts the command, lets the server die when so many rows are changed, starts it again. Returns how many rows that took. */
async function dieWhen(server: MortalServer, godwit: Godwit, { how, args, least }: Dying): Promise<number> {
  const running = godwit.start(...args, '--json');
  const observer = await open(server.urlOf('crashes', 'app'));
  const direction = args[0] === 'apply' ? 'forward' : 'back';
  let seen = 0;
  const look = async () => {
    seen = await changed(observer, direction);
    return seen >= least;
  };
  await until(look, `${least} rows are changed`, 60_000);
  await server.die(how);
  await observer.end().catch(() => undefined);
  const ran = await running.ended;
  expect([ran.exit, document(ran, errorSchema).error]).toEqual([
    1,
    {
      code: expect.stringMatching(/^connect(ion-lost|-failed)$/),
      what: expect.stringContaining('127.0.0.1'),
      why: expect.stringMatching(/\w/),
      next: expect.stringMatching(/\w/),
    },
  ]);
  await server.rise();
  const survivor = await open(server.urlOf('crashes', 'app'));
  const left = await changed(survivor, direction);
  await survivor.end();
  return Math.max(0, seen - left);
}

/** What the checkpoints say; the journal's tables are not there at the first moment. */
async function changed(client: Client, direction: 'forward' | 'back'): Promise<number> {
  const there = await client.query("SELECT to_regclass('godwit.checkpoint') IS NOT NULL AS is");
  if (there.rows[0]?.is !== true) return 0;
  const text = 'SELECT coalesce(sum(rows), 0)::int AS told FROM godwit.checkpoint WHERE direction = $1';
  return Number((await client.query(text, [direction])).rows[0]?.told);
}

async function totals(server: MortalServer) {
  return await one(
    server,
    `SELECT count(*)::int AS rows, count(*) FILTER (WHERE n <> 1)::int AS wrong,
       (SELECT sum(rows)::int FROM godwit.checkpoint) AS told FROM counters`,
  );
}

async function one(server: MortalServer, sql: string): Promise<unknown> {
  const client = await open(server.urlOf('crashes', 'app'));
  const result = await client.query(sql);
  await client.end();
  return result.rows[0];
}

async function query(url: string, sql: string): Promise<void> {
  const client = await open(url);
  await client.query(sql);
  await client.end();
}

async function open(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
