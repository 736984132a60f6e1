import type { ExecutionContext, Outcome } from '#core/executor';
import type { BatchesAction } from '../action.ts';
import { type ExecutionTools, leaseOf, withSession } from '../execution.ts';
import { plainName } from '../schema.ts';
import type { Session } from '../session.ts';
import { type BatchTools, runBatch } from './batch.ts';
import { defaultSizeLimits, type SizeLimits } from './batch-size.ts';
import { type Board, boardOf } from './board.ts';
import { exceptionMessage } from './exceptions.ts';
import { halve, keepHalves, nextPass, openSegments } from './segments.ts';
import { tableSize } from './table-size.ts';
import { together } from './together.ts';
import { watchTraffic } from './traffic.ts';
import { walkOver } from './walk-over.ts';
import { runWorker, type Work } from './worker.ts';
import { prepareWorker } from './worker-session.ts';

/** Bounds of a backfill. Times in milliseconds. */
export type BackfillLimits = SizeLimits & {
  /** No batch holds its rows for longer: the server then cancels it, and it is halved. */
  readonly batchMaxMs: number;
  /** On an idle table batches may take so many times their target. */
  readonly idleFactor: number;
  /** Fewer rows than this are not worth another worker. */
  readonly rowsPerWorkerMin: number;
};

export const defaultBackfillLimits: BackfillLimits = {
  ...defaultSizeLimits,
  batchMaxMs: 10_000,
  idleFactor: 10,
  rowsPerWorkerMin: 5_000,
};

/** Everything one backfill works with. */
export type Backfill = {
  readonly action: BatchesAction;
  readonly context: ExecutionContext;
  readonly tools: ExecutionTools;
  readonly limits: BackfillLimits;
  /** An earlier runner had begun it: what happened in between nobody has seen. */
  readonly isResumed: boolean;
};

/**
 * Carries out the statements of a `db/batches` for a table: all of it, or what the checkpoints leave to be done.
 * `session` becomes the first worker's. Throws what a batch throws for good, with the rows that it was about.
 */
export async function runBackfill(backfill: Backfill, session: Session): Promise<Outcome> {
  const { action, context, tools, limits } = backfill;
  const walk = walkOver(action.over, tools.driver.spelling, session.version);
  const keeping = { of: context, lease: leaseOf(tools, context), walk };
  const { rows } = await tableSize(session, action.over.table);
  const workers = Math.min(action.workers, Math.max(1, Math.floor((rows ?? 0) / limits.rowsPerWorkerMin)));
  const isQuiet = await prepareWorker(session, action, limits.batchMaxMs);
  const traffic = await watchTraffic(session, action.over.table, context.now);
  const board = boardOf(await openSegments(session, keeping, workers));
  const batch = { ...keeping, action, traffic };
  await runPass(backfill, batch, { session, workers, board, total: rows, isAgain: false });
  const mayHaveMoved = action.over.key.length === 0 || backfill.isResumed || traffic.wasUsed();
  for (let pass = 2; action.isSelfLimiting === true && mayHaveMoved && pass <= passesMax; pass += 1) {
    const before = sumOf(board, 'counted');
    for (const segment of await nextPass(session, keeping, board.nextRange())) board.add(segment);
    await runPass(backfill, batch, { session, workers, board, total: rows, isAgain: true });
    if (sumOf(board, 'counted') === before) break;
  }
  return await outcomeOf(backfill, board, isQuiet);
}

/** Rows that the application moves behind the walk become fewer with every pass; one that finds none is the last. */
const passesMax = 10;

type Pass = {
  readonly session: Session;
  readonly workers: number;
  readonly board: Board;
  readonly total: number | undefined;
  readonly isAgain: boolean;
};

/** All workers, until no segment is open. */
async function runPass(backfill: Backfill, batch: BatchTools, pass: Pass): Promise<void> {
  const { action, context, tools, limits } = backfill;
  const work = workOf(backfill, batch, pass);
  await together(context.signal, [
    (signal) => runWorker({ ...work, signal }, pass.session),
    ...Array.from({ length: pass.workers - 1 }, (_, place) => (signal: AbortSignal) => {
      return withSession(tools, { purpose: `worker ${place + 2}`, signal }, async (other) => {
        await prepareWorker(other, action, limits.batchMaxMs);
        await runWorker({ ...work, signal }, other);
      });
    }),
  ]);
}

function workOf(backfill: Backfill, batch: BatchTools, { board, total, isAgain }: Pass): Omit<Work, 'signal'> {
  const { action, context, tools, limits } = backfill;
  const { traffic, walk } = batch;
  const passedBefore = isAgain ? sumOf(board, 'passed') : 0;
  const unit = isAgain ? 'rows looked at again' : 'rows';
  return {
    walk,
    board,
    context,
    limits: { ...limits, ...tools.limits },
    subject: plainName(action.over.table),
    random: tools.random,
    targetMs: () => (traffic.isBusy() ? action.targetMs * traffic.patience() : action.targetMs * limits.idleFactor),
    batch: async (session, asked) => {
      await traffic.look(session);
      return await runBatch(batch, session, asked);
    },
    split: async (session, segment) => {
      const halves = await halve(session, walk, { segment, range: board.nextRange() });
      if (halves !== undefined) await keepHalves(session, batch, halves);
      return halves;
    },
    report: (throttled) => {
      const done = sumOf(board, 'passed') - passedBefore;
      const why = throttled ?? (traffic.patience() < 1 ? 'sessions were waiting for rows of a batch' : undefined);
      const known = total === undefined ? undefined : Math.max(done, total);
      context.progress({ done, total: known, unit, ...(why === undefined ? {} : { throttled: why }) });
    },
  };
}

async function outcomeOf({ action, context }: Backfill, board: Board, isQuiet: boolean): Promise<Outcome> {
  const [rows, batches, passed] = [sumOf(board, 'counted'), sumOf(board, 'batches'), sumOf(board, 'passed')];
  const exceptions = sumOf(board, 'exceptions');
  const message = exceptionMessage(board.segments, action.exceptions?.message ?? '');
  if (message !== undefined) await context.exception(message);
  context.progress({ done: passed, total: passed, unit: 'rows' });
  const fired = isQuiet ? '' : '; triggers of the table fired, because this role may not set session_replication_role';
  return {
    ok: true,
    detail: `${numbered(rows, 'row')} of ${plainName(action.over.table)} in ${numbered(batches, 'batch', 'batches')}${fired}`,
    measures: { rows, batches, passed, exceptions },
  };
}

function numbered(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

function sumOf(board: Board, what: 'counted' | 'batches' | 'passed' | 'exceptions'): number {
  return board.segments.reduce((sum, segment) => sum + segment[what], 0);
}
