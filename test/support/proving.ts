import { hazardsOf, type Plan } from '#core/plan';
import { fingerprintOf } from '#db/drivers/postgres/fingerprint';
import { postgres } from '#db/drivers/postgres/index';
import type { AppVersion, Fields, WorkloadShape } from '#db/workload/shape';
import { startWorkload, type Weighted, type Workload } from '#db/workload/workload';
import type { RunResult } from '#run/options';
import { carry } from './carry.ts';
import { createDatabase, type Query } from './database.ts';
import { planOn } from './life.ts';
import { type ProvingCase, setupOf, shapeOf, versionsOf } from './proving-cases.ts';
import { seed } from './seed.ts';

/** What an application saw of a plan's whole life. All numbers and lists but `queries` and `hazards` shall be empty. */
export type Proof = {
  readonly failed: readonly string[];
  readonly lostAfterContract: readonly string[];
  readonly lostAfterRollback: readonly string[];
  readonly lostAtTheEnd: readonly string[];
  readonly exceptions: readonly string[];
  /** Stations at which the case's own query was not content. */
  readonly discontent: readonly string[];
  readonly isSchemaBack: boolean;
  readonly queries: number;
  readonly hazards: number;
  readonly longestWaitMs: number;
};

const rate = 400;
const connections = 4;
/** Operations that the application does at each station of the life. */
const stayOperations = 120;

/**
 * The whole life of a plan under the proving workload: forward with the old version, old and new together, new alone,
 * contract; back to the gate, both, old alone, back to the start; and forward again to the end.
 */
export async function prove(proving: ProvingCase): Promise<Proof> {
  const database = await createDatabase();
  try {
    await database.query(setupOf(proving));
    await database.query('CREATE SCHEMA IF NOT EXISTS godwit');
    const plan = await planOn(database, { setup: '', sql: proving.sql });
    const named = new Set(hazardsOf(plan).flatMap(({ sqlstates }) => sqlstates ?? []));
    const crew = await startCrew(proving, { url: database.url, named });
    try {
      const { url, query } = database;
      return await live({ proving, plan, crew, url, schema: () => schemaOf(url), query });
    } finally {
      await Promise.all(crew.map(({ workload }) => workload.close()));
    }
  } finally {
    await database.drop();
  }
}

/** The application at work on one of its tables, and what each of its versions is there. */
type Worker = { readonly workload: Workload; as(version: AppVersion): AppVersion };

async function startCrew(
  proving: ProvingCase,
  { url, named }: { readonly url: string; readonly named: ReadonlySet<string> },
): Promise<readonly Worker[]> {
  const { beside } = proving;
  const start = async (shape: WorkloadShape, version: AppVersion, seed: number) =>
    await startWorkload({
      url,
      shape,
      versions: [{ version, weight: 1 }],
      connections,
      rate,
      seed,
      named,
      rowsMax: Math.floor(shape.rows * 0.8),
    });
  const first = { workload: await start(shapeOf(proving), versionsOf(proving).old, seed), as: same };
  if (beside === undefined) return [first];
  const workload = await start(beside.shape, beside.old, seed + 1);
  return [first, { workload, as: ({ name }) => (name === 'old' ? beside.old : beside.young) }];
}

function same(version: AppVersion): AppVersion {
  return version;
}

type Living = {
  readonly proving: ProvingCase;
  readonly plan: Plan;
  readonly crew: readonly Worker[];
  readonly url: string;
  schema(): Promise<string>;
  query: Query;
};

async function live({ proving, plan, crew, url, schema, query }: Living): Promise<Proof> {
  const { old, young, returned } = versionsOf(proving);
  const exceptions: string[] = [];
  const discontent: string[] = [];
  const probe = async (station: 'done' | 'back') => {
    const [row] = proving.probe === undefined ? [{ ok: true }] : await query(proving.probe[station]);
    if (row?.ok !== true) discontent.push(`${station}: ${JSON.stringify(row)}`);
  };
  const carrier = carry({
    url,
    plan,
    on: (event) => {
      if (event.kind === 'exception' && proving.tellsExceptions !== true) exceptions.push(event.message);
    },
  });
  const both = [old, young].map((version) => ({ version, weight: 1 }));
  const work = (versions: readonly Weighted[]) =>
    Promise.all(
      crew.map(({ workload, as }) =>
        stay(
          workload,
          versions.map(({ version, weight }) => ({ version: as(version), weight })),
        ),
      ),
    );
  try {
    const origin = await schema();
    await work([{ version: old, weight: 1 }]);
    const first = await carrier.forward();
    await work(both);
    await work([{ version: young, weight: 1 }]);
    if (isAtGate(first)) await carrier.passGate();
    await work([{ version: young, weight: 1 }]);
    const lostAfterContract = await auditNow(crew, young);
    await probe('done');
    if (isAtGate(first)) await carrier.back('deploy');
    await work(both);
    await work([{ version: old, weight: 1 }]);
    await carrier.back();
    await work([{ version: old, weight: 1 }]);
    const isSchemaBack = (await schema()) === origin;
    const lostAfterRollback = await auditNow(crew, returned, proving.again);
    await probe('back');
    await carrier.forward();
    await work([{ version: young, weight: 1 }]);
    if (isAtGate(first)) await carrier.passGate();
    await work([{ version: young, weight: 1 }]);
    await Promise.all(crew.map(({ workload }) => workload.stop()));
    await probe('done');
    const lostAtTheEnd = await lostOf(crew, young);
    const measures = crew.map(({ workload }) => workload.measures);
    const failed = measures.flatMap(({ samples }) => samples.map((sample) => JSON.stringify(sample)));
    const [queries, hazards] = [sum(measures.map((one) => one.queries)), sum(measures.map((one) => one.hazards))];
    const longestWaitMs = Math.max(...measures.flatMap((one) => one.windows().map(({ maxMs }) => maxMs)));
    return {
      failed,
      lostAfterContract,
      lostAfterRollback,
      lostAtTheEnd,
      exceptions,
      discontent,
      isSchemaBack,
      queries,
      hazards,
      longestWaitMs,
    };
  } finally {
    await carrier.close();
  }
}

function isAtGate({ state }: RunResult): boolean {
  return state.state === 'waiting';
}

async function schemaOf(url: string): Promise<string> {
  const session = await postgres.connect(url)({ purpose: 'test', signal: new AbortController().signal });
  try {
    return fingerprintOf(await postgres.inspect(session));
  } finally {
    await session.close();
  }
}

/** These versions and no others, until they have done their operations. What others had under way is answered first. */
async function stay(workload: Workload, versions: readonly Weighted[]): Promise<void> {
  await workload.hold();
  workload.switchTo(versions);
  workload.go();
  const { measures } = workload;
  const wanted = measures.queries + stayOperations;
  for (let look = 0; look < 3_000 && measures.queries < wanted; look += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
}

async function auditNow(
  crew: readonly Worker[],
  version: AppVersion,
  again?: (fields: Fields) => Fields,
): Promise<readonly string[]> {
  await Promise.all(crew.map(({ workload }) => workload.hold()));
  const lost = await lostOf(crew, version);
  for (const { workload } of crew) {
    if (again !== undefined) workload.ledger.restate(again);
    workload.go();
  }
  return lost;
}

async function lostOf(crew: readonly Worker[], version: AppVersion): Promise<readonly string[]> {
  const audits = await Promise.all(crew.map(({ workload, as }) => workload.audit(as(version))));
  return audits.flatMap(samplesOf);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function samplesOf({ samples, lostWrites, damagedRows }: Awaited<ReturnType<Workload['audit']>>): readonly string[] {
  return lostWrites + damagedRows === 0 ? [] : [`${lostWrites} lost writes, ${damagedRows} damaged rows`, ...samples];
}
