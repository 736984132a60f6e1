import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStage, type Stage } from '#app/demo/stage';
import { definePlan, hazardsOf, type Plan } from '#core/plan';
import { postgres } from '#db/drivers/postgres/index';
import { defaultPlanLimits, planDatabase } from '#db/plan';
import { usersShape, usersTable, usersVersion } from '#db/workload/users';
import { startWorkload, type Workload } from '#db/workload/workload';
import type { RunProgress } from '#run/surroundings';
import { type Carrier, carry } from '../test/support/carry.ts';
import { type Bench, type BenchContext, median, rounded } from './support/bench.ts';
import { countOf } from './support/options.ts';

const goals = { failed: 0, lostWrites: 0, p99OfIdle: 2, longestWaitMs: defaultPlanLimits.lockTimeoutMs + 100 };
const oldVersion = usersVersion('old', 'users', 'name');
const newVersion = usersVersion('new', 'users', 'full_name');

/**
 * A whole rename, to the end and all the way back, on a table that an application reads and writes all the time. Several
 * rounds, each beside idle stretches right before and after it: the median tells the plan from the weather of a machine.
 */
export const availability: Bench = async (context) => {
  const { options, signal } = context;
  const asked = {
    rows: countOf(options, 'rows', 200_000),
    rate: countOf(options, 'rate', 400),
    connections: countOf(options, 'connections', 6),
    seed: countOf(options, 'seed', Date.now() % 1_000_000),
    idleMs: countOf(options, 'idle', 4_000),
    rounds: countOf(options, 'rounds', 3),
  };
  const stage = await openStage(signal);
  try {
    for (const statement of usersTable('users', asked.rows)) await stage.query(statement);
    const plan = await planOn(stage.url, signal);
    const sqlstates = hazardsOf(plan).flatMap((hazard) => hazard.sqlstates ?? []);
    const workload = await startWorkload({
      ...asked,
      url: stage.url,
      shape: usersShape(asked.rows),
      versions: [{ version: oldVersion, weight: 1 }],
      named: new Set(sqlstates),
    });
    try {
      return judge(await live({ plan, workload, stage, context, asked }), asked, context);
    } finally {
      await workload.close();
    }
  } finally {
    await stage.close();
  }
};

type Asked = Readonly<Record<'rows' | 'rate' | 'connections' | 'seed' | 'idleMs' | 'rounds', number>>;
type Living = {
  readonly plan: Plan;
  readonly workload: Workload;
  readonly stage: Stage;
  readonly context: BenchContext;
  readonly asked: Asked;
};
type Lived = {
  readonly workload: Workload;
  readonly lostWrites: number;
  readonly rows: number;
  readonly stallMs: number;
};

async function live({ plan, workload, stage, context, asked }: Living): Promise<Lived> {
  const { signal, note } = context;
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  let round = 0;
  const mark = (name: string) => workload.measures.mark(`${round} ${name}`);
  const idle = async (name: string) => {
    mark(name);
    await sleep(asked.idleMs, undefined, { signal });
  };
  const carrier = carry({ plan, url: stage.url, signal, on: (event) => hear(event, { mark, note }) });
  try {
    for (round = 1; round <= asked.rounds; round += 1) {
      mark('settling');
      await stage.settle();
      await idle('warm');
      await idle('idle');
      stalls.enable();
      await forwardAndBack(carrier, { workload, mark, signal });
      stalls.disable();
      await idle('idle');
    }
    await workload.stop();
    const audit = await workload.audit(oldVersion);
    const lostWrites = audit.lostWrites + audit.damagedRows;
    return { workload, lostWrites, rows: audit.rows, stallMs: stalls.percentile(99) / 1e6 };
  } finally {
    await carrier.close();
  }
}

type Marking = { readonly workload: Workload; readonly mark: (name: string) => void; readonly signal: AbortSignal };

async function forwardAndBack(carrier: Carrier, { workload, mark, signal }: Marking): Promise<void> {
  const both = [oldVersion, newVersion].map((version) => ({ version, weight: 1 }));
  const stay = async (name: string) => {
    mark(name);
    await sleep(1_500, undefined, { signal });
  };
  await carrier.forward();
  workload.switchTo(both);
  await stay('both versions');
  workload.switchTo([{ version: newVersion, weight: 1 }]);
  await stay('new version');
  await carrier.passGate();
  await stay('contracted');
  await carrier.back('deploy');
  workload.switchTo(both);
  await stay('both versions');
  workload.switchTo([{ version: oldVersion, weight: 1 }]);
  await stay('old version');
  await carrier.back();
}

/** Every step is a stretch of time of its own, so that the wait of an application has a culprit. */
function hear(event: RunProgress, { mark, note }: Pick<Marking, 'mark'> & Pick<BenchContext, 'note'>): void {
  if (event.kind === 'step-started') mark(`${event.direction} ${event.stepId} ${event.part + 1}`);
  if (event.kind === 'evidence') mark(`gate ${event.id}`);
  if (event.kind === 'step-done') note(`${event.direction} ${event.stepId} ${Math.round(event.ms)} ms ${event.detail}`);
}

/** One round's stretches: with nothing going on, with the plan going on, and of that while a step is at work. */
function roundOf({ measures }: Workload, round: number) {
  const names = measures.windows().flatMap(({ name }) => (name.startsWith(`${round} `) ? [name] : []));
  const aside = ['settling', 'warm', 'idle'].map((name) => `${round} ${name}`);
  const during = names.filter((name) => !aside.includes(name));
  return {
    idle: measures.over([`${round} idle`]),
    during: measures.over(during),
    steps: measures.over(during.filter((name) => /^\d+ (forward|back) /.test(name))),
  };
}

function judge(lived: Lived, asked: Asked, { print, note }: BenchContext): boolean {
  const { measures } = lived.workload;
  for (const { name, queries, p50Ms, p99Ms, maxMs } of measures.windows())
    note(
      `${name.padEnd(46)} ${queries} operations, p50 ${rounded(p50Ms)}, p99 ${rounded(p99Ms)}, longest ${rounded(maxMs)} ms`,
    );
  for (const sample of measures.samples) note(JSON.stringify(sample));
  const rounds = Array.from({ length: asked.rounds }, (_, place) => roundOf(lived.workload, place + 1));
  const each = (of: 'idle' | 'during' | 'steps') => rounds.map((round) => rounded(round[of].p99Ms));
  const ratio = (of: 'during' | 'steps') => rounded(median(rounds.map((round) => round[of].p99Ms / round.idle.p99Ms)));
  const ratios = { p99OfIdle: ratio('during'), stepsP99OfIdle: ratio('steps') };
  const longestWaitMs = Math.max(...rounds.map(({ during }) => during.maxMs));
  const met = {
    failed: measures.failed === 0,
    lostWrites: lived.lostWrites === 0,
    p99OfIdle: ratios.p99OfIdle <= goals.p99OfIdle,
    stepsP99OfIdle: ratios.stepsP99OfIdle <= goals.p99OfIdle,
    longestWaitMs: longestWaitMs <= goals.longestWaitMs,
  };
  print({
    ...asked,
    operations: rounds.reduce((sum, { during }) => sum + during.queries, 0),
    queries: measures.queries,
    failed: measures.failed,
    hazards: measures.hazards,
    lostWrites: lived.lostWrites,
    comparedRows: lived.rows,
    p99IdleMs: each('idle'),
    p99DuringMs: each('during'),
    p99StepsMs: each('steps'),
    longestIdleMs: rounded(Math.max(...rounds.map(({ idle }) => idle.maxMs))),
    longestWaitMs: rounded(longestWaitMs),
    ownStallP99Ms: rounded(lived.stallMs),
    ratios,
    goals,
    met,
  });
  return Object.values(met).every((isMet) => isMet);
}

async function planOn(url: string, signal: AbortSignal): Promise<Plan> {
  const session = await postgres.connect(url)({ purpose: 'bench', isReadOnly: true, signal });
  try {
    const snapshot = await postgres.inspect(session);
    const draft = await planDatabase({
      text: 'ALTER TABLE users RENAME COLUMN name TO full_name',
      snapshot,
      driver: postgres,
      rights: await postgres.rights(session, snapshot),
      searchPath: ['public'],
      limits: defaultPlanLimits,
    });
    return definePlan(draft, { day: '20260101', slug: 'availability' });
  } finally {
    await session.close();
  }
}
