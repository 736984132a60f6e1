import * as z from 'zod';
import { fail, isFailure } from '#core/error';
import type { ExecutionContext, Progress } from '#core/executor';
import type { IndexAction } from '../action.ts';
import { type Blocker, blockerOf, blockersOf, describeBlockers } from '../blockers.ts';
import type { ExecutionTools } from '../execution.ts';
import { rowsOf } from '../rows.ts';
import { plainName } from '../schema.ts';
import type { Session } from '../session.ts';
import type { SharedSession } from '../shared-session.ts';

/** Everything one execution works with. */
export type Building = {
  readonly action: IndexAction;
  readonly context: ExecutionContext;
  readonly tools: ExecutionTools;
  readonly session: Session;
  readonly monitor: SharedSession;
};

const buildSchema = z.object({
  phase: z.string(),
  blocksDone: z.coerce.number(),
  blocksTotal: z.coerce.number(),
  tuplesDone: z.coerce.number(),
  tuplesTotal: z.coerce.number(),
  locker: z.number().nullable(),
});

/**
 * Runs a CONCURRENTLY statement, tells how far it is and who keeps it waiting, and at the deadline cancels it from the
 * monitoring session. Throws `lock-timeout` then, naming who was in the way last.
 */
export async function untilDeadline(building: Building, statement: () => Promise<unknown>): Promise<void> {
  const { action, context, session } = building;
  const startMs = context.now();
  const deadlineMs = startMs + action.deadlineMs;
  const running = settling(statement);
  let inTheWay: readonly Blocker[] = [];
  while (!running.isSettled()) {
    await Promise.race([
      running.settled,
      context.wait(Math.max(1, Math.min(pollMs(building, startMs), deadlineMs - context.now()))),
    ]);
    if (running.isSettled()) break;
    if (context.now() >= deadlineMs) {
      await cancel(building, running);
      break;
    }
    inTheWay = await look(building);
  }
  const error = await running.settled;
  if (error === undefined) return;
  const isCancelled = isFailure(error, 'statement-timeout') && context.now() >= deadlineMs;
  if (!isCancelled) throw error;
  throw tooLong(building, inTheWay, session.backendId);
}

/** Often at first, so that a short build is not waited for, and soon at the usual pace. */
function pollMs({ tools, context }: Building, startMs: number): number {
  return Math.min(tools.limits.watchEveryMs, 20 + (context.now() - startMs) / 4);
}

type Settling = { readonly settled: Promise<unknown>; isSettled(): boolean };

function settling(statement: () => Promise<unknown>): Settling {
  let isSettled = false;
  const settled = statement().then(
    () => {
      isSettled = true;
      return undefined;
    },
    (error: unknown) => {
      isSettled = true;
      return error;
    },
  );
  return { settled, isSettled: () => isSettled };
}

const cancelsMax = 100;

/** Again and again until it has ended: a cancel that arrives between two statements is lost. */
async function cancel({ monitor, session }: Building, running: Settling): Promise<void> {
  for (let round = 0; round < cancelsMax && !running.isSettled(); round += 1) {
    await monitor.use((other) => other.query('SELECT pg_cancel_backend($1), pg_sleep(0.1)', [session.backendId]));
  }
}

async function look(building: Building): Promise<readonly Blocker[]> {
  const { monitor, session, context, action } = building;
  return await monitor.use(async (other) => {
    const result = await other.query(
      `SELECT phase, blocks_done AS "blocksDone", blocks_total AS "blocksTotal", tuples_done AS "tuplesDone",
         tuples_total AS "tuplesTotal", nullif(current_locker_pid, 0)::int4 AS locker
       FROM pg_stat_progress_create_index WHERE pid = $1`,
      [session.backendId],
    );
    const build = rowsOf(result, buildSchema)[0];
    const inTheWay = await waitedFor(other, session.backendId, build?.locker ?? undefined);
    const who = inTheWay.length === 0 ? undefined : `waiting for ${describeBlockers(inTheWay)}`;
    context.progress({ ...progressOf(build), ...(who === undefined ? {} : { throttled: `${action.index}: ${who}` }) });
    return inTheWay;
  });
}

/** A build waits for transactions one after the other, and shows for which; a drop is seen only by its lock. */
async function waitedFor(other: Session, backend: number, locker: number | undefined): Promise<readonly Blocker[]> {
  return locker === undefined ? await blockersOf(other, backend) : await blockerOf(other, locker);
}

function progressOf(build: z.infer<typeof buildSchema> | undefined): Progress {
  if (build === undefined) return { done: 0, total: undefined, unit: 'blocks' };
  if (build.blocksTotal > 0)
    return { done: build.blocksDone, total: build.blocksTotal, unit: `blocks (${build.phase})` };
  const total = build.tuplesTotal > 0 ? build.tuplesTotal : undefined;
  return { done: build.tuplesDone, total, unit: `rows (${build.phase})` };
}

function tooLong({ action }: Building, inTheWay: readonly Blocker[], backend: number): Error {
  const what = action.want === 'present' ? 'built' : 'dropped';
  return fail('lock-timeout', {
    what: `Index ${action.index} on ${plainName(action.table)} was not ${what} within ${action.deadlineMs / 1000} s, and was cancelled.`,
    why:
      inTheWay.length === 0
        ? `Nobody was seen in its way; it was at work in process ${backend}.`
        : `It waited for ${describeBlockers(inTheWay)}: CONCURRENTLY waits for every older transaction.`,
    next: 'Let those transactions end, or end them; then run the same command again. What the build left behind is dropped then.',
  });
}
