import type { Lease } from '#core/domain';
import type { BatchesAction } from '../action.ts';
import type { DeedOf } from '../deeds.ts';
import { fence } from '../lease-table.ts';
import type { Session } from '../session.ts';
import { advanceSegment, type Segment } from './checkpoint.ts';
import { exceptionsIn } from './exceptions.ts';
import type { Traffic } from './traffic.ts';
import type { Walk } from './walk.ts';
import type { Asked } from './worker.ts';

/** What every batch of a backfill needs. */
export type BatchTools = {
  readonly action: BatchesAction;
  readonly of: DeedOf;
  readonly lease: Lease;
  readonly walk: Walk;
  readonly traffic: Traffic;
};

/**
 * One batch: the statements for the next range of the segment and the checkpoint, in one transaction that has checked
 * the fence. Either all of it happens, once, or nothing.
 */
export async function runBatch(tools: BatchTools, session: Session, asked: Asked): Promise<Segment> {
  const { action, of, lease, walk, traffic } = tools;
  const { segment } = asked;
  return await session.transaction(async () => {
    await fence(session, lease);
    const found = await walk.next(session, { after: segment.at, to: segment.to }, asked.rows);
    const range = { after: segment.at, to: found.to };
    asked.tell(range);
    let counted = 0;
    let { exceptions, samples } = segment;
    for (const [place, statement] of action.statements.entries()) {
      const { text, parameters } = walk.bind(statement, range);
      const result = await session.query(text, parameters);
      if (place === action.counted) counted = result.rowCount;
      if (place === action.exceptions?.statement) ({ exceptions, samples } = exceptionsIn(result, segment));
    }
    const after: Segment = {
      ...segment,
      at: found.to,
      passed: segment.passed + (found.rows ?? counted),
      counted: segment.counted + counted,
      batches: segment.batches + 1,
      exceptions,
      samples,
    };
    const moved = await advanceSegment(session, of, { before: segment, after, returning: traffic.signs });
    traffic.note(moved.rows[0]);
    return after;
  });
}
