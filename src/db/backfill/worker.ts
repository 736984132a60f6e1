import { fail, isFailure } from '#core/error';
import type { ExecutionContext } from '#core/executor';
import type { Session } from '../session.ts';
import { type BatchSize, firstSize, halfSize, nextSize, type SizeLimits } from './batch-size.ts';
import type { Board } from './board.ts';
import { isFinished, type Segment } from './checkpoint.ts';
import { obeyPace } from './obey-pace.ts';
import type { Range, Walk } from './walk.ts';

/** What a worker does and by what measure. */
export type Work = {
  readonly walk: Walk;
  readonly board: Board;
  readonly context: ExecutionContext;
  /** Aborts also when another worker fails. */
  readonly signal: AbortSignal;
  readonly limits: WorkLimits;
  /** The table's name, for messages. */
  readonly subject: string;
  random(): number;
  /** How long the next batch shall take, in milliseconds. */
  targetMs(): number;
  /** One batch of about `rows` rows from where the segment is. Tells its range, and gives the segment afterwards. */
  batch(session: Session, asked: Asked): Promise<Segment>;
  /** Cuts what is left of a segment in two, where it is worth it. */
  split(session: Session, segment: Segment): Promise<{ readonly kept: Segment; readonly cut: Segment } | undefined>;
  /** Hears of every batch that is done, and why it goes slower than it could. */
  report(throttled: string | undefined): void;
};

/** A batch to be done. */
export type Asked = { readonly segment: Segment; readonly rows: number; readonly tell: (range: Range) => void };

export type WorkLimits = SizeLimits & {
  readonly attemptsMax: number;
  readonly attemptsMaxMs: number;
  readonly backoffFirstMs: number;
  readonly backoffMaxMs: number;
};

/** Works on segments until none is left. Stops between two batches when the signal aborts. */
export async function runWorker(work: Work, session: Session): Promise<void> {
  const { board, signal } = work;
  const stop = () => board.stop();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  let size = firstSize(work.limits);
  let throttled: string | undefined;
  // Bounded: every batch moves its segment forward, and every segment ends.
  for (let segment = await board.claim(); segment !== undefined; segment = await board.claim()) {
    const refused = new Set<number>();
    while (!isFinished(segment)) {
      signal.throwIfAborted();
      if (board.isHungry() && !refused.has(segment.range)) segment = await share(work, session, { segment, refused });
      const done: Done = await batchWithRetries(work, session, { segment, size });
      segment = done.segment;
      size = done.size;
      board.update(segment);
      work.report(throttled);
      throttled = await obeyPace(work, done.ms);
    }
  }
}

type Sharing = { readonly segment: Segment; readonly refused: Set<number> };

async function share({ split, board }: Work, session: Session, { segment, refused }: Sharing): Promise<Segment> {
  const parts = await split(session, segment);
  if (parts === undefined) {
    refused.add(segment.range);
    return segment;
  }
  board.update(parts.kept);
  board.add(parts.cut);
  return parts.kept;
}

type Done = { readonly segment: Segment; readonly size: BatchSize; readonly ms: number };

/**
 * A batch, again where a lock was not granted, a deadlock was ended or a transaction was not serializable (each time
 * with half the rows, so that fewer of them are held while waiting), and with half the rows where it took too long.
 */
async function batchWithRetries(
  work: Work,
  session: Session,
  { segment, size }: { readonly segment: Segment; readonly size: BatchSize },
): Promise<Done> {
  const { context, limits } = work;
  const start = context.now();
  let current = size;
  let range: Range = { after: segment.at, to: segment.to };
  const tell = (told: Range) => {
    range = told;
  };
  for (let attempt = 1; ; attempt += 1) {
    const [targetMs, startMs] = [work.targetMs(), context.now()];
    try {
      const after = await work.batch(session, { segment, rows: current.rows, tell });
      const ms = context.now() - startMs;
      const measured = { rows: after.passed - segment.passed, ms, targetMs };
      return { segment: after, ms, size: nextSize(current, measured, { ...limits, targetMs: work.targetMs() }) };
    } catch (error) {
      const isSpent = attempt >= limits.attemptsMax || context.now() - start > limits.attemptsMaxMs;
      if (!mayRetry(error) || isSpent || (isTooSlow(error) && current.rows <= limits.rowsMin)) {
        throw explained(error, work, { range, rows: current.rows, attempt });
      }
      current = halfSize(current, limits);
      if (!isTooSlow(error)) await context.wait(backoffMs(attempt, work));
    }
  }
}

function isTooSlow(error: unknown): boolean {
  return isFailure(error, 'statement-timeout');
}

function mayRetry(error: unknown): boolean {
  return isTooSlow(error) || isFailure(error, 'lock-timeout') || sqlstateOf(error) === '40001';
}

function sqlstateOf(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
}

function backoffMs(attempt: number, { limits, random }: Work): number {
  const ceiling = Math.min(limits.backoffMaxMs, limits.backoffFirstMs * 2 ** (attempt - 1));
  return ceiling / 2 + (random() * ceiling) / 2;
}

type Attempted = { readonly range: Range; readonly rows: number; readonly attempt: number };

/** The failure with the rows that it was about. */
function explained(error: unknown, work: Work, { range, rows, attempt }: Attempted): unknown {
  if (!isFailure(error)) return error;
  const { why, next } = error.explanation;
  const where = work.walk.describe(range);
  const message = (what: string) => fail(error.code, { what, why, next }, error);
  if (isTooSlow(error)) return message(`A batch of ${rows} rows of ${work.subject} (${where}) took too long.`);
  if (mayRetry(error)) return message(`A batch of ${work.subject} (${where}) got no lock in ${attempt} attempts.`);
  if (error.code === 'step-failed') return message(`The server refused a batch of ${work.subject} (${where}).`);
  return error;
}
