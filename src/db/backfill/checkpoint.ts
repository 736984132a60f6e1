import * as z from 'zod';
import { fail } from '#core/error';
import type { DeedOf } from '../deeds.ts';
import { rowsOf } from '../rows.ts';
import type { Session } from '../session.ts';
import type { Place } from './walk.ts';

const placeSchema = z.array(z.string()).readonly();

const segmentSchema = z.object({
  range: z.number(),
  /** Where the segment begins, as it was cut, and where it ends. */
  from: placeSchema.optional(),
  to: placeSchema,
  /** How far it is done: batches go on after this place. */
  at: placeSchema.optional(),
  /** Rows that batches went over, rows that they changed, batches. */
  passed: z.number(),
  counted: z.number(),
  batches: z.number(),
  /** What could not be done, and some of it in words. */
  exceptions: z.number(),
  samples: z.array(z.string()).readonly(),
});
/** A part of a table that one worker goes through, and how far it is: one row of `godwit.checkpoint`. */
export type Segment = Readonly<z.infer<typeof segmentSchema>>;

/** A segment with nothing done yet. */
export function newSegment(range: number, from: Place | undefined, to: Place): Segment {
  const start = from === undefined ? {} : { from, at: from };
  return { range, ...start, to, passed: 0, counted: 0, batches: 0, exceptions: 0, samples: [] };
}

/** True where nothing is left of it. Places that are equal have equal text. */
export function isFinished({ at, to }: Segment): boolean {
  return at !== undefined && at.length === to.length && at.every((value, place) => value === to[place]);
}

/** All segments of a deed, in their order; none where it was never begun, or the table was empty. */
export async function readSegments(session: Session, of: DeedOf): Promise<readonly Segment[]> {
  const result = await session.query(
    `SELECT bounds || position || jsonb_build_object('range', range, 'counted', rows, 'batches', batches) AS segment
     FROM godwit.checkpoint WHERE run_id = $1 AND deed = $2 AND direction = $3 ORDER BY range`,
    [of.runId, of.deed, of.direction],
  );
  return rowsOf(result, z.object({ segment: segmentSchema })).map(({ segment }) => segment);
}

/** Writes new segments. Belongs into a transaction that has checked the fence. */
export async function writeSegments(session: Session, of: DeedOf, segments: readonly Segment[]): Promise<void> {
  for (const segment of segments) {
    await session.query(
      `INSERT INTO godwit.checkpoint (run_id, deed, direction, range, bounds, position) VALUES ($1, $2, $3, $4, $5, $6)`,
      [of.runId, of.deed, of.direction, segment.range, boundsOf(segment), positionOf(segment)],
    );
  }
}

/** Moves the end of a segment forward to a place that its worker has not reached. */
export async function shortenSegment(session: Session, of: DeedOf, segment: Segment): Promise<void> {
  const { rowCount } = await session.query(
    `UPDATE godwit.checkpoint SET bounds = $5
     WHERE run_id = $1 AND deed = $2 AND direction = $3 AND range = $4 AND position = $6::jsonb AND state = 'open'`,
    [of.runId, of.deed, of.direction, segment.range, boundsOf(segment), positionOf(segment)],
  );
  if (rowCount !== 1) throw moved(of);
}

/**
 * Moves the position of a segment in the transaction of its batch, if it is still where the batch began; so a batch
 * happens exactly once. `returning` is SQL whose values come back. Throws `lease-lost` where somebody else moved it.
 */
export async function advanceSegment(
  session: Session,
  of: DeedOf,
  { before, after, returning }: { readonly before: Segment; readonly after: Segment; readonly returning: string },
): Promise<ReturnType<Session['query']>> {
  const result = await session.query(
    `UPDATE godwit.checkpoint SET position = $5, rows = $6, batches = $7, state = $8, at = clock_timestamp()
     WHERE run_id = $1 AND deed = $2 AND direction = $3 AND range = $4 AND position = $9::jsonb AND state = 'open'
     RETURNING ${returning}`,
    [
      ...[of.runId, of.deed, of.direction, before.range, positionOf(after), after.counted, after.batches],
      ...[isFinished(after) ? 'done' : 'open', positionOf(before)],
    ],
  );
  if (result.rowCount !== 1) throw moved(of);
  return result;
}

function boundsOf({ from, to }: Segment): string {
  return JSON.stringify({ from, to });
}

function positionOf({ at, passed, exceptions, samples }: Segment): string {
  return JSON.stringify({ at, passed, exceptions, samples });
}

function moved({ deed }: DeedOf): Error {
  return fail('lease-lost', {
    what: `The checkpoint of ${deed} is not where this runner left it.`,
    why: 'Somebody else has gone on with this run; the batch was taken back.',
    next: 'Run the same command again when the other runner has ended.',
  });
}
