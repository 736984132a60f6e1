import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStage } from '#app/demo/stage';
import { definePlan, hazardsOf, type Plan } from '#core/plan';
import { postgres } from '#db/drivers/postgres/index';
import { defaultPlanLimits, planDatabase } from '#db/plan';
import { usersShape, usersTable, usersVersion } from '#db/workload/users';
import { startWorkload, type Workload } from '#db/workload/workload';
import type { RunProgress } from '#run/surroundings';
import { type Carrier, carry } from '../test/support/carry.ts';
import { type Bench, type BenchContext, rounded } from './support/bench.ts';
import { countOf } from './support/options.ts';

const goals = { failed: 0, lostWrites: 0, p99OfIdle: 2, longestWaitMs: defaultPlanLimits.lockTimeoutMs + 100 };
const oldVersion = usersVersion('old', 'users', 'name');
const newVersion = usersVersion('new', 'users', 'full_name');

/** A whole rename, to the end and all the way back, on a table that an application reads and writes all the time. */
export const availability: Bench = async (context) => {
  const { options, signal } = context;
  const asked = {
    rows: countOf(options, 'rows', 200_000),
    rate: countOf(options, 'rate', 400),
    connections: countOf(options, 'connections', 6),
    seed: countOf(options, 'seed', Date.now() % 1_000_000),
    idleMs: countOf(options, 'idle', 6_000),
  };
  const stage = await openStage(signal);
  try {
    for (const statement of usersTable('users', asked.rows)) await stage.query(statement);
    await stage.settle();
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
      return judge(await live({ plan, workload, url: stage.url, context, idleMs: asked.idleMs }), asked, context);
    } finally {
      await workload.close();
    }
  } finally {
    await stage.close();
  }
};

type Living = {
  readonly plan: Plan;
  readonly workload: Workload;
  readonly url: string;
  readonly context: BenchContext;
  readonly idleMs: number;
};
type Lived = {
  readonly workload: Workload;
  readonly lostWrites: number;
  readonly rows: number;
  readonly stallMs: number;
};

async function live(living: Living): Promise<Lived> {
  const { workload, context, idleMs } = living;
  const { measures } = workload;
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  const carrier = carry({ ...living, signal: context.signal, on: (event) => mark(living, event) });
  const idle = async (name: string) => {
    measures.mark(name);
    await sleep(idleMs, undefined, { signal: context.signal });
  };
  try {
    await idle('warm');
    await idle('idle');
    stalls.enable();
    await forwardAndBack(carrier, workload, context.signal);
    stalls.disable();
    await idle('idle');
    await workload.stop();
    const audit = await workload.audit(oldVersion);
    const lostWrites = audit.lostWrites + audit.damagedRows;
    return { workload, lostWrites, rows: audit.rows, stallMs: stalls.percentile(99) / 1e6 };
  } finally {
    await carrier.close();
  }
}

async function forwardAndBack(carrier: Carrier, workload: Workload, signal: AbortSignal): Promise<void> {
  const both = [oldVersion, newVersion].map((version) => ({ version, weight: 1 }));
  const stay = async (name: string) => {
    workload.measures.mark(name);
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
function mark({ workload, context }: Living, event: RunProgress): void {
  if (event.kind === 'step-started') workload.measures.mark(`${event.direction} ${event.stepId} ${event.part + 1}`);
  if (event.kind === 'evidence') workload.measures.mark(`gate ${event.id}`);
  if (event.kind === 'step-done')
    context.note(`${event.direction} ${event.stepId} ${Math.round(event.ms)} ms ${event.detail}`);
}

function judge(lived: Lived, asked: Readonly<Record<string, number>>, { print, note }: BenchContext): boolean {
  const { measures } = lived.workload;
  const windows = measures.windows();
  for (const { name, queries, p50Ms, p99Ms, maxMs } of windows)
    note(
      `${name.padEnd(44)} ${queries} operations, p50 ${rounded(p50Ms)}, p99 ${rounded(p99Ms)}, longest ${rounded(maxMs)} ms`,
    );
  for (const sample of measures.samples) note(JSON.stringify(sample));
  const idle = measures.over(['idle']);
  const names = windows.map(({ name }) => name).filter((name) => !['start', 'warm', 'idle'].includes(name));
  const during = measures.over(names);
  const steps = measures.over(names.filter((name) => name.startsWith('forward ') || name.startsWith('back ')));
  const ratios = { p99OfIdle: rounded(during.p99Ms / idle.p99Ms), stepsP99OfIdle: rounded(steps.p99Ms / idle.p99Ms) };
  const met = {
    failed: measures.failed === 0,
    lostWrites: lived.lostWrites === 0,
    p99OfIdle: ratios.p99OfIdle <= goals.p99OfIdle,
    stepsP99OfIdle: ratios.stepsP99OfIdle <= goals.p99OfIdle,
    longestWaitMs: during.maxMs <= goals.longestWaitMs,
  };
  print({
    ...asked,
    operations: during.queries,
    queries: measures.queries,
    failed: measures.failed,
    hazards: measures.hazards,
    lostWrites: lived.lostWrites,
    comparedRows: lived.rows,
    p99IdleMs: rounded(idle.p99Ms),
    p99DuringMs: rounded(during.p99Ms),
    p99StepsMs: rounded(steps.p99Ms),
    longestIdleMs: rounded(idle.maxMs),
    longestWaitMs: rounded(during.maxMs),
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
