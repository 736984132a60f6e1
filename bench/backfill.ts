import { setTimeout as sleep } from 'node:timers/promises';
import { actionSchema } from '#core/plan';
import { postgresSpelling } from '#db/drivers/postgres/spelling/index';
import { batchesExecutor } from '#db/executors/batches';
import { executionContext, executionTools, openLease } from '../test/support/execution.ts';
import { type Bench, type BenchContext, median, rounded } from './support/bench.ts';
import { countOf } from './support/options.ts';
import { pgrollSetup, pgrollStyle } from './support/pgroll-style.ts';
import { openStage, type Stage } from './support/stage.ts';
import { type Latency, withTraffic } from './support/traffic.ts';

/** What fills the new column of all rows, and what has to be there beforehand. */
type Contender = { readonly setup: readonly string[]; run(stage: Stage): Promise<void> };

/** How long the application runs alone. */
const idleMs = 4_000;
/** How long batches shall take while the application is at work, in milliseconds: the plan's own, and gentler. */
const targetsMs = [50, 20, 10];

const goals = { oneOfPlain: 0.85, twoOfPlain: 1.25, oneOfPgroll: 1.7, twoOfPgroll: 2.7, p99OfIdle: 2 };

const sync = postgresSpelling.createSync({
  table: { schema: 'public', name: 'users' },
  name: 'godwit_sync_bench',
  from: { column: 'name', type: 'text', omitted: { kind: 'same', sql: 'NULL' } },
  to: { column: 'full_name', type: 'text', omitted: { kind: 'same', sql: 'NULL' } },
  up: 'new."name"',
  down: 'new."full_name"',
  lockValues: false,
  searchPath: ['public'],
});

/** As a plan for a rename has it: rows that a trigger has filled already are passed over. */
const fill = `UPDATE public.users AS t SET full_name = t.name WHERE $range AND ${postgresSpelling.isDifferent('t.full_name', 't.name')}`;

const contenders: Readonly<Record<string, Contender>> = {
  plain: {
    setup: [],
    run: async (stage) => {
      await stage.query('UPDATE users SET full_name = name');
    },
  },
  one: { setup: sync, run: (stage) => godwit(stage, 1) },
  two: { setup: sync, run: (stage) => godwit(stage, 2) },
  pgroll: { setup: pgrollSetup, run: (stage) => pgrollStyle(stage.url) },
};

/** Rows per second of a backfill by one and two workers, beside one plain UPDATE and pgroll's method. */
export const backfill: Bench = async (context) => {
  const rows = countOf(context.options, 'rows', 500_000);
  const rounds = countOf(context.options, 'rounds', 3);
  const stage = await openStage(rows, context.signal);
  try {
    const rates = await race(stage, context, { rows, rounds });
    const paces = await underTraffic(stage, context, { rows, rounds });
    const gentle = paces.filter(({ p99OfIdle }) => p99OfIdle <= goals.p99OfIdle);
    const traffic = gentle.sort((a, b) => b.rate - a.rate)[0];
    const of = (name: string, base: string) => rounded(median(ratiosOf(rates, name, base)));
    const ratios = {
      oneOfPlain: of('one', 'plain'),
      twoOfPlain: of('two', 'plain'),
      oneOfPgroll: of('one', 'pgroll'),
      twoOfPgroll: of('two', 'pgroll'),
      traffic: traffic === undefined ? 0 : rounded(traffic.rate / median(rates.plain ?? [])),
    };
    const met = {
      oneOfPlain: ratios.oneOfPlain >= goals.oneOfPlain,
      twoOfPlain: ratios.twoOfPlain >= goals.twoOfPlain,
      oneOfPgroll: ratios.oneOfPgroll >= goals.oneOfPgroll,
      twoOfPgroll: ratios.twoOfPgroll >= goals.twoOfPgroll,
      p99OfIdle: traffic !== undefined,
    };
    const medians = Object.fromEntries(Object.entries(rates).map(([name, all]) => [name, Math.round(median(all))]));
    context.print({ rows, indexes: 3, rounds, contenders: medians, paces, ratios, goals, met });
    return Object.values(met).every((isMet) => isMet);
  } finally {
    await stage.close();
  }
};

type Rates = Readonly<Record<string, readonly number[]>>;

/** Each contender once a round, on a fresh copy, each round beginning with another. */
async function race(
  stage: Stage,
  { note, signal }: BenchContext,
  { rows, rounds }: { readonly rows: number; readonly rounds: number },
): Promise<Rates> {
  const names = Object.keys(contenders);
  const rates: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const place of names.keys()) {
      signal.throwIfAborted();
      const name = names[(place + round) % names.length] ?? '';
      const rate = await rateOf(stage, name, rows);
      rates[name]?.push(rate);
      note(`round ${round + 1}: ${name} ${Math.round(rate).toLocaleString('en')} rows/s`);
    }
  }
  return rates;
}

async function rateOf(stage: Stage, name: string, rows: number): Promise<number> {
  const contender = contenders[name];
  if (contender === undefined) throw new Error(`no contender ${name}`);
  await clear(stage);
  await stage.refresh(contender.setup);
  const start = performance.now();
  await contender.run(stage);
  const ms = performance.now() - start;
  const [left] = await stage.query('SELECT count(*)::int AS left FROM users WHERE full_name IS DISTINCT FROM name');
  if (left?.left !== 0) throw new Error(`${name} left ${left?.left} rows`);
  return (rows * 1_000) / ms;
}

async function clear(stage: Stage): Promise<void> {
  await stage.query('DROP TABLE IF EXISTS users');
  await stage.query('DROP FUNCTION IF EXISTS godwit.godwit_sync_bench');
  await stage.query('CREATE SCHEMA IF NOT EXISTS godwit');
}

/** The real executor, under a lease; what it takes to get that is not counted as work on rows. */
async function godwit(stage: Stage, workers: number, targetMs = 50): Promise<void> {
  const leases = await openLease(stage.url);
  const lease = await leases.acquire(`bench-${performance.now()}`, new AbortController().signal);
  try {
    const action = actionSchema.parse({
      kind: 'db/batches',
      over: { table: { schema: 'public', name: 'users' }, key: [{ name: 'id', type: 'bigint' }] },
      statements: [fill],
      counted: 0,
      isIdempotent: true,
      isSelfLimiting: true,
      workers,
      targetMs,
      settings: postgresSpelling.quiet,
      quietTriggers: false,
    });
    await batchesExecutor(executionTools(stage.url, lease)).execute(action, executionContext(lease.runId));
  } finally {
    await leases.release(lease);
    await leases.end();
  }
}

/** For each pace the rate of one worker, and the application's latency meanwhile against the same just before. */
async function underTraffic(
  stage: Stage,
  { note, signal }: BenchContext,
  { rows, rounds }: { readonly rows: number; readonly rounds: number },
) {
  const seen = targetsMs.map((targetMs) => {
    const all: Beside[] = [];
    return { targetMs, all };
  });
  for (let round = 0; round < rounds; round += 1) {
    for (const { targetMs, all } of seen) {
      signal.throwIfAborted();
      const one = await besideTraffic(stage, rows, targetMs);
      all.push(one);
      note(
        `under traffic, batches of ${targetMs} ms: ${one.rate} rows/s, p99 ${one.during.p99} ms, idle ${one.idle.p99} ms`,
      );
    }
  }
  return seen.map(({ targetMs, all }) => ({
    targetMs,
    rate: Math.round(median(all.map(({ rate }) => rate))),
    p99Ms: rounded(median(all.map(({ during }) => during.p99))),
    longestMs: Math.max(...all.map(({ during }) => during.max)),
    p99OfIdle: rounded(median(all.map(({ during, idle }) => during.p99 / idle.p99))),
  }));
}

type Beside = { readonly rate: number; readonly idle: Latency; readonly during: Latency };

async function besideTraffic(stage: Stage, rows: number, targetMs: number): Promise<Beside> {
  await clear(stage);
  await stage.refresh(sync);
  const idle = await withTraffic(stage.url, rows, () => sleep(idleMs));
  let ms = 0;
  const during = await withTraffic(stage.url, rows, async () => {
    const start = performance.now();
    await godwit(stage, 1, targetMs);
    ms = performance.now() - start;
  });
  return { rate: Math.round((rows * 1_000) / ms), idle, during };
}

function ratiosOf(rates: Rates, name: string, base: string): readonly number[] {
  return (rates[name] ?? []).map((rate, round) => rate / (rates[base]?.[round] ?? Number.NaN));
}
