import { actionSchema } from '#core/plan';
import type { BatchesAction } from '#db/action';
import { type BackfillLimits, defaultBackfillLimits } from '#db/backfill/backfill';
import { batchesExecutor } from '#db/executors/batches';
import type { TestDatabase } from './database.ts';
import { executionContext, executionTools, openLease } from './execution.ts';

/** `name type` pairs of a key. */
export type TestKey = readonly (readonly [name: string, type: string])[];

/** Adds one to `n` of every row of `public.rows`: a change that shows when it happens twice. */
export function incrementAll(key: TestKey, more: Partial<BatchesAction> = {}): BatchesAction {
  return {
    kind: 'db/batches',
    over: { table: { schema: 'public', name: 'rows' }, key: key.map(([name, type]) => ({ name, type })) },
    statements: ['UPDATE public.rows AS t SET n = n + 1 WHERE $range'],
    counted: 0,
    isIdempotent: false,
    workers: 1,
    targetMs: 50,
    settings: { 'godwit.quiet': 'on' },
    quietTriggers: false,
    ...more,
  };
}

/** How a test runs batches. */
export type BatchesRun = {
  readonly context?: Parameters<typeof executionContext>[1];
  /** Replaces parts of the context. */
  readonly instead?: Partial<ReturnType<typeof executionContext>>;
  readonly limits?: Partial<BackfillLimits>;
  readonly runId?: string;
  /** Instead of the owner's. */
  readonly url?: string;
};

/** Carries out batches as a runner would: with the lease of the database, given back at the end. */
export async function runBatches(database: TestDatabase, action: BatchesAction, how: BatchesRun = {}) {
  const { url = database.url, runId = 'run-1' } = how;
  const leases = await openLease(url);
  try {
    const lease = await leases.acquire(runId, new AbortController().signal);
    const context = { ...executionContext(runId, how.context), ...how.instead };
    const executor = batchesExecutor(executionTools(url, lease), { ...defaultBackfillLimits, ...how.limits });
    const outcome = await executor.execute(actionSchema.parse(action), context);
    await leases.release(lease);
    return { ...outcome, heard: context.heard };
  } finally {
    await leases.end();
  }
}
