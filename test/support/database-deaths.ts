import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { isFailure } from '#core/error';
import type { Plan } from '#core/plan';
import { openDatabaseDomain } from '#db/domain';
import { fingerprintOf } from '#db/drivers/postgres/fingerprint';
import { postgres } from '#db/drivers/postgres/index';
import { applyPlan } from '#run/apply';
import type { RunOptions, RunResult } from '#run/options';
import { rollBack } from '#run/roll-back';
import { createDatabase, type TestDatabase } from './database.ts';
import { planOn } from './life.ts';
import { mortalDomain } from './mortal-domain.ts';

/** A rename of a unique column: shadow, trigger, backfill, index build, comparison, gate, swap. */
export const uniqueRename: Story = {
  setup: `CREATE TABLE users (id bigint PRIMARY KEY, mail text NOT NULL UNIQUE);
    INSERT INTO users SELECT n, 'mail ' || n FROM generate_series(1, 40) AS n`,
  sql: 'ALTER TABLE users RENAME COLUMN mail TO email',
  rows: 'SELECT to_json(users)::text AS row FROM users ORDER BY id',
};

/** A primary key and a column that refers to it change their types together, and a column is dropped. */
export const linkedKeys: Story = {
  setup: `CREATE TABLE users (id integer PRIMARY KEY, old text);
    INSERT INTO users SELECT n, 'old ' || n FROM generate_series(1, 40) AS n;
    CREATE TABLE orders (id bigint PRIMARY KEY, user_id integer NOT NULL REFERENCES users ON DELETE CASCADE);
    INSERT INTO orders SELECT n, n FROM generate_series(1, 40) AS n`,
  sql: `ALTER TABLE users ALTER COLUMN id TYPE bigint; ALTER TABLE orders ALTER COLUMN user_id TYPE bigint;
    ALTER TABLE users DROP COLUMN old`,
  // jsonb, because a column that was replaced comes back as the last of its table.
  rows: 'SELECT to_jsonb(users)::text || to_jsonb(orders)::text AS row FROM users JOIN orders ON user_id = users.id ORDER BY users.id',
};

export type Wish = 'forward' | 'back';
export type Story = { readonly setup: string; readonly sql: string; readonly rows: string };
export type End = {
  readonly schema: string;
  readonly rows: readonly unknown[];
  readonly leftovers: readonly unknown[];
  readonly state: string;
};

/**
 * Fulfils the wishes on a database of its own, the process dying once at point `deadlyPoint`; a new process then goes
 * on with the same wish, or with `afterDeath`. Returns where it ends and how many points there were.
 */
export async function deathAt(
  story: Story,
  wishes: readonly Wish[],
  deadlyPoint: number | undefined,
  afterDeath?: readonly Wish[],
): Promise<{ readonly end: End; readonly points: number }> {
  const database = await createDatabase();
  try {
    await database.query(story.setup);
    const plan = await planOn(database, story);
    return await fulfil({ database, plan, story }, wishes, deadlyPoint, afterDeath);
  } finally {
    await database.drop();
  }
}

type Stage = { readonly database: TestDatabase; readonly plan: Plan; readonly story: Story };

async function fulfil(
  stage: Stage,
  wishes: readonly Wish[],
  deadlyPoint: number | undefined,
  afterDeath: readonly Wish[] | undefined,
): Promise<{ readonly end: End; readonly points: number }> {
  let left = wishes;
  let points = 0;
  let result: RunResult | undefined;
  for (let life = 0; left.length > 0 && life < 40; life += 1) {
    const [wish] = left;
    if (wish === undefined) break;
    const lived = await oneLife(stage, wish, deadlyPoint === undefined ? undefined : deadlyPoint - points);
    points += lived.points;
    if (lived.isDead) left = afterDeath ?? left;
    if (lived.result === undefined) continue;
    result = lived.result;
    const reached = wish === 'forward' ? 'done' : 'rolled-back';
    if (result.state.state === reached) left = left.slice(1);
  }
  return { end: await endOf(stage, result?.state.state ?? 'none'), points };
}

async function oneLife(
  { database, plan }: Stage,
  wish: Wish,
  deadlyPoint: number | undefined,
): Promise<{ readonly result: RunResult | undefined; readonly isDead: boolean; readonly points: number }> {
  const real = openDatabaseDomain({
    driver: postgres,
    connect: postgres.connect(database.url),
    place: 'test',
    random: () => 0.5,
  });
  const mortal = mortalDomain(real, deadlyPoint !== undefined && deadlyPoint > 0 ? deadlyPoint : undefined);
  try {
    const options = optionsOf(plan, mortal.domain);
    const result = wish === 'forward' ? await applyPlan(options) : await rollBack(options);
    return { result, isDead: mortal.isDead(), points: mortal.points() };
  } catch (error) {
    // A run that died before its first entry was never begun: there is nothing to take back.
    const isNothing = wish === 'back' && isFailure(error, 'no-run');
    if (!mortal.isDead() && !isNothing) throw error;
    return { result: isNothing ? neverBegun(plan) : undefined, isDead: mortal.isDead(), points: mortal.points() };
  } finally {
    await real.close();
  }
}

function neverBegun(plan: Plan): RunResult {
  const state = {
    planHash: plan.planHash,
    planId: plan.id,
    state: 'rolled-back' as const,
    steps: {},
    gatesPassed: [],
    gateWaiting: undefined,
  };
  const rest = {
    rollbackTo: undefined,
    direction: 'back' as const,
    why: undefined,
    exceptions: [],
    purged: false,
    events: 0,
  };
  return { runId: 'none', planHash: plan.planHash, state: { ...state, ...rest }, findings: [] };
}

function optionsOf(plan: Plan, domain: RunOptions['domain']): RunOptions {
  return {
    plan,
    domain,
    target: { name: 'here', class: 'development' },
    consent: { confirm: async () => ({ by: 'tester', means: 'typed' }) },
    surroundings: {
      version: 'test',
      who: 'tester',
      now: () => new Date().toISOString(),
      monotonicMs: () => performance.now(),
      wait: async (ms, signal) => {
        await setTimeout(ms, undefined, { signal });
      },
      randomId: () => `run-${Math.random().toString(36).slice(2)}`,
      signal: new AbortController().signal,
      on: () => undefined,
      runCommand: async () => ({ exitCode: 0, output: '', errors: '' }),
      temporaryDirectory: '/tmp',
    },
  };
}

/** Schema, rows, and what of ours is left on the user's tables. */
async function endOf({ database, story }: Stage, state: string): Promise<End> {
  const session = await postgres.connect(database.url)({ purpose: 'test', signal: new AbortController().signal });
  try {
    const snapshot = await postgres.inspect(session);
    return {
      state,
      schema: fingerprintOf(snapshot),
      rows: await database.query(story.rows),
      leftovers: await database.query(
        `SELECT tgname::text AS name FROM pg_trigger WHERE tgname LIKE '%godwit%'
         UNION ALL SELECT proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace WHERE nspname = 'godwit'
         UNION ALL SELECT conname FROM pg_constraint WHERE conname LIKE 'godwit%'
         UNION ALL SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE relname LIKE 'godwit%' AND nspname = 'public'`,
      ),
    };
  } finally {
    await session.close();
  }
}
