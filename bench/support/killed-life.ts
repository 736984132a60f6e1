import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { startEmbedded } from '#db/drivers/postgres/embedded/start-embedded';
import { fingerprintOf } from '#db/drivers/postgres/fingerprint';
import { postgres } from '#db/drivers/postgres/index';
import { operations } from '#db/operations/index';
import type { Random } from '#db/workload/shape';

/** A server with a table and a plan for it, from which every life gets a copy. */
export type Nest = {
  readonly cwd: string;
  readonly plan: string;
  readonly rows: number;
  /** The plan adds one to a number in every row: done twice, it shows. */
  readonly hasCounter: boolean;
  urlOf(database: string): string;
  superQuery(sql: string): Promise<void>;
  close(): Promise<void>;
};

/** What stands in the database at one station of a life, in a form that compares. */
export type EndState = { readonly at: string; readonly state: Readonly<Record<string, unknown>> };

const main = process.env.GODWIT_MAIN ?? join(import.meta.dirname, '../../dist/interfaces/cli/main.js');
const commandMaxMs = 120_000;

/** Makes the server, the table and the plan. The table's own trigger counts how often each row was updated. */
export async function openNest(rows: number, signal: AbortSignal): Promise<Nest> {
  const server = await startEmbedded({ durable: false, settings: { max_connections: '60' }, signal });
  const superQuery = (sql: string) => execute(server.url, sql);
  const cwd = await mkdtemp(join(tmpdir(), 'godwit-resume-'));
  const urlOf = (database: string) => server.urlOf(database, 'app');
  const close = async () => {
    await server.stop();
    await rm(cwd, { recursive: true, force: true });
  };
  try {
    await superQuery('CREATE ROLE app LOGIN CREATEDB');
    await superQuery('CREATE DATABASE base OWNER app');
    await execute(urlOf('base'), tableOf(rows));
    const hasCounter = operations.some(({ id }) => String(id) === 'update-rows');
    const intent = [
      'ALTER TABLE users RENAME COLUMN name TO full_name',
      'CREATE INDEX users_town ON users (town)',
      ...(hasCounter ? ['UPDATE users SET visits = visits + 1'] : []),
    ].join('; ');
    const nest = { cwd, rows, hasCounter, urlOf, superQuery, close, plan: '' };
    await finish(nest, 'base', { args: ['plan', intent], exits: [0] });
    const [id] = await readdir(join(cwd, 'migrations'));
    if (id === undefined) throw new Error('there is no plan');
    return { ...nest, plan: join('migrations', id) };
  } catch (error) {
    await close();
    throw error;
  }
}

function tableOf(rows: number): string {
  return `CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL UNIQUE, town text, visits integer NOT NULL DEFAULT 0);
    INSERT INTO users SELECT n, 'name ' || n, 'town ' || n % 100, n % 7 FROM generate_series(1, ${rows}) AS n;
    CREATE TABLE changes (user_id bigint NOT NULL);
    CREATE FUNCTION count_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN INSERT INTO public.changes VALUES (new.id); RETURN NULL; END $$;
    CREATE TRIGGER count_change AFTER UPDATE ON users FOR EACH ROW EXECUTE FUNCTION count_change();`;
}

/** How long each way took without a death, and how many events it journaled. */
export type Calm = Readonly<Record<string, { readonly ms: number; readonly events: number }>>;

type Way = { readonly at: string; readonly args: readonly string[]; readonly exits: readonly number[] };

/** Exit 3: at the gate already, and nobody has said that it may be passed. */
function waysOf(plan: string): readonly Way[] {
  return [
    { at: 'gate', args: ['apply', plan], exits: [0, 3] },
    { at: 'end', args: ['apply', plan, '--confirm', 'deploy'], exits: [0] },
    { at: 'start', args: ['rollback', plan], exits: [0] },
  ];
}

/** A life of the plan: to the gate, through contract, and back. With chance, it is killed on each of the three ways. */
export async function livePlan(nest: Nest, name: string, chance?: { readonly random: Random; readonly calm: Calm }) {
  await nest.superQuery(`CREATE DATABASE ${name} TEMPLATE base OWNER app`);
  const client = await open(nest.urlOf(name));
  const states: EndState[] = [];
  const where: string[] = [];
  const calm: Record<string, { readonly ms: number; readonly events: number }> = {};
  try {
    for (const way of waysOf(nest.plan)) {
      const [startMs, before] = [performance.now(), await eventsIn(client)];
      if (chance !== undefined) where.push(...(await disturb({ nest, name, client, way, ...chance })));
      await finish(nest, name, way);
      states.push({ at: way.at, state: await stateOf(client, nest.urlOf(name)) });
      calm[way.at] = { ms: performance.now() - startMs, events: (await eventsIn(client)) - before };
    }
    return { states, where, calm };
  } finally {
    await client.end();
    await nest.superQuery(`DROP DATABASE ${name} WITH (FORCE)`);
  }
}

type Disturbing = {
  readonly nest: Nest;
  readonly name: string;
  readonly client: Client;
  readonly way: Way;
  readonly random: Random;
  readonly calm: Calm;
};

/** Kills the command once, after a random time, or at or shortly after a random event of the journal. Says where, if it came to that. */
async function disturb({ nest, name, client, way, random, calm }: Disturbing): Promise<readonly string[]> {
  const { ms, events } = calm[way.at] ?? { ms: 0, events: 0 };
  const [isByTime, share, before] = [random() < 0.2, random(), await eventsIn(client)];
  // Between two events lies a deed: half of the deaths are to fall into it.
  const laterMs = random() < 0.5 ? random() * 150 : 0;
  const child = start(nest, name, way.args);
  const ended = once(child, 'close');
  const startMs = performance.now();
  const isTime = async () =>
    isByTime ? performance.now() - startMs >= share * ms : (await eventsIn(client)) >= before + share * events;
  while (child.exitCode === null && !(await isTime())) await sleep(1);
  await sleep(laterMs);
  const isAlive = child.exitCode === null && child.kill('SIGKILL');
  await ended;
  return isAlive ? [`before ${way.at}, at event ${(await eventsIn(client)) - before}`] : [];
}

/** Runs a command to its end. Throws where it ends in any other way than wanted. */
async function finish(nest: Nest, name: string, { args, exits }: Omit<Way, 'at'>): Promise<void> {
  const child = start(nest, name, args);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const timer = setTimeout(() => child.kill('SIGKILL'), commandMaxMs);
  const [code] = await once(child, 'close');
  clearTimeout(timer);
  if (!exits.includes(Number(code))) throw new Error(`${name}: godwit ${args.join(' ')} ended with ${code}: ${said}`);
}

function start({ cwd, urlOf }: Nest, name: string, args: readonly string[]): ChildProcess {
  const env = { ...process.env, DATABASE_URL: urlOf(name) };
  return spawn(process.execPath, [main, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function stateOf(client: Client, url: string): Promise<EndState['state']> {
  const session = await postgres.connect(url)({ purpose: 'bench', signal: new AbortController().signal });
  try {
    const schema = fingerprintOf(await postgres.inspect(session));
    const [rows] = await ask(
      client,
      'SELECT count(*)::int, md5(string_agg(u::text, $$,$$ ORDER BY id)) FROM users AS u',
    );
    const changes = await ask(
      client,
      `SELECT times::int, count(*)::int AS rows
       FROM (SELECT user_id, count(*) AS times FROM changes GROUP BY user_id) AS counted GROUP BY times ORDER BY times`,
    );
    return { schema, rows, changes };
  } finally {
    await session.close();
  }
}

async function eventsIn(client: Client): Promise<number> {
  const [there] = await ask(client, "SELECT to_regclass('godwit.journal') IS NOT NULL AS is");
  if (there?.is !== true) return 0;
  const [row] = await ask(client, 'SELECT count(*)::int AS events FROM godwit.journal');
  return Number(row?.events);
}

async function ask(client: Client, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return (await client.query<Record<string, unknown>>(sql)).rows;
}

async function open(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function execute(url: string, sql: string): Promise<void> {
  const client = await open(url);
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
