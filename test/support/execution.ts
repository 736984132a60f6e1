import { setTimeout as sleep } from 'node:timers/promises';
import type { Lease } from '#core/domain';
import type { ExecutionContext, Progress } from '#core/executor';
import { connectTo } from '#db/drivers/postgres/connect';
import { postgresSpelling } from '#db/drivers/postgres/spelling/index';
import { statementUses } from '#db/drivers/postgres/sql/uses';
import { defaultExecutionLimits, type ExecutionLimits, type ExecutionTools } from '#db/execution';
import { prepareGodwitSchema } from '#db/godwit-schema';
import { type LeaseTable, leaseTable } from '#db/lease-table';
import { shareSession } from '#db/shared-session';

/** A lease on a test database, opened as the domain does it, for tests that look at one part of it. */
export type TestLease = LeaseTable & { readonly end: () => Promise<void> };

/** Opens the lease of a database, with the schema godwit made. `place` is what messages say of the holder. */
export async function openLease(url: string, options: { readonly place?: string } = {}): Promise<TestLease> {
  const connect = connectTo(url);
  const ending = new AbortController();
  const life = ending.signal;
  const reader = shareSession(() => connect({ purpose: 'reader', isReadOnly: true, signal: life }));
  const asker = shareSession(() => connect({ purpose: 'asker', signal: life }));
  await asker.use(prepareGodwitSchema);
  const table = leaseTable({ connect, reader, life, place: options.place ?? 'test' });
  const end = async () => {
    await Promise.all([table.close(), reader.close(), asker.close()]);
    ending.abort();
  };
  return { ...table, end };
}

/** What an executor is made from, with limits that suit a test. */
export function executionTools(
  url: string,
  lease: Lease | undefined,
  limits: Partial<ExecutionLimits> = {},
): ExecutionTools {
  return {
    connect: connectTo(url),
    driver: { usesOf: statementUses, spelling: postgresSpelling },
    lease: () => lease,
    random: () => 0.5,
    limits: { ...defaultExecutionLimits, backoffFirstMs: 20, backoffMaxMs: 100, watchEveryMs: 50, ...limits },
  };
}

/** What the runner would give, with what it hears. */
export type Heard = { readonly progress: Progress[]; readonly exceptions: string[] };

/** A context for one execution, with the real clock. `deed` is `step-1#0` unless another is named. */
export function executionContext(
  runId: string,
  given: Partial<Pick<ExecutionContext, 'deed' | 'direction' | 'signal'>> = {},
): ExecutionContext & { readonly heard: Heard } {
  const heard: Heard = { progress: [], exceptions: [] };
  const signal = given.signal ?? new AbortController().signal;
  return {
    runId,
    deed: 'step-1#0',
    direction: 'forward',
    signal,
    ...given,
    heard,
    progress: (progress) => heard.progress.push(progress),
    pace: async () => ({ kind: 'go' }),
    exception: async (message) => {
      heard.exceptions.push(message);
    },
    wait: async (ms) => {
      await sleep(ms, undefined, { signal });
    },
    now: () => performance.now(),
  };
}

/** Waits for a condition, never for a time. */
export async function until(condition: () => Promise<boolean>, what: string, limitMs = 20_000): Promise<void> {
  const limit = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > limit) throw new Error(`not within ${limitMs} ms: ${what}`);
    await sleep(10);
  }
}
