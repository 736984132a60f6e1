import { definePlan, hazardsOf } from '#core/plan';
import { usersShape, usersTable, usersVersion } from '#db/workload/users';
import { startWorkload, type Weighted } from '#db/workload/workload';
import { draftPlan } from '../draft-plan.ts';
import type { Surroundings } from '../verb.ts';
import { intent } from './demo-result.ts';
import { openStage, type Stage } from './stage.ts';

const oldVersion = usersVersion('old', 'users', 'name');
const newVersion = usersVersion('new', 'users', 'full_name');

/** Which versions of the application are deployed: before the rename, while it is rolled out, after it. */
export const deployments = ['old', 'both', 'new'] as const;
export type Deployment = (typeof deployments)[number];

/** What the application saw since it was started. */
export type Seen = {
  readonly deployed: Deployment;
  readonly queries: number;
  readonly failed: number;
  /** Failures that the plan of the rename names beforehand; the application went on by the cure that stands there. */
  readonly hazards: number;
  readonly longestWaitMs: number;
};

/** What it saw to its end, and the table beside its own ledger of acknowledged writes. */
export type SeenToTheEnd = Seen & { readonly rows: number; readonly lostWrites: number };

/** A server and an application that stay until `end`, for somebody who wants to try godwit on them. */
export type StayingDemo = {
  readonly url: string;
  readonly version: string;
  deploy(deployment: Deployment): void;
  seen(): Seen;
  /** Stops the application, counts, and takes the server away. */
  end(): Promise<SeenToTheEnd>;
};

export type StayOptions = { readonly rows: number; readonly seed: number; readonly surroundings: Surroundings };

/** Starts the server with the table `users` and the application in its old version. */
export async function openStayingDemo(options: StayOptions): Promise<StayingDemo> {
  const stage = await openStage(options.surroundings.signal);
  try {
    for (const statement of usersTable('users', options.rows)) await stage.query(statement);
    return await stayOn(stage, options);
  } catch (error) {
    await stage.close();
    throw error;
  }
}

async function stayOn(stage: Stage, { rows, seed, surroundings }: StayOptions): Promise<StayingDemo> {
  const there = { ...surroundings, choice: { db: stage.url, target: undefined } };
  const plan = definePlan(await draftPlan({ text: intent }, there), { day: '00000000', slug: 'demo' });
  const workload = await startWorkload({
    url: stage.url,
    shape: usersShape(rows),
    versions: versionsOf('old'),
    connections: 4,
    rate: 200,
    seed,
    named: new Set(hazardsOf(plan).flatMap(({ sqlstates }) => sqlstates ?? [])),
  });
  let deployed: Deployment = 'old';
  const seen = (): Seen => {
    const { queries, failed, hazards } = workload.measures;
    const { maxMs } = workload.measures.over(['start']);
    return { deployed, queries, failed, hazards, longestWaitMs: Math.round(maxMs) };
  };
  return {
    url: stage.url,
    version: stage.version,
    seen,
    deploy: (deployment) => {
      deployed = deployment;
      workload.switchTo(versionsOf(deployment));
    },
    end: async () => {
      try {
        await workload.stop();
        const audit = await workload.audit(deployed === 'new' ? newVersion : oldVersion);
        await workload.close();
        return { ...seen(), rows: audit.rows, lostWrites: audit.lostWrites + audit.damagedRows };
      } finally {
        await stage.close();
      }
    },
  };
}

function versionsOf(deployment: Deployment): readonly Weighted[] {
  const old = { version: oldVersion, weight: 1 };
  const next = { version: newVersion, weight: 1 };
  return deployment === 'old' ? [old] : deployment === 'new' ? [next] : [old, next];
}
