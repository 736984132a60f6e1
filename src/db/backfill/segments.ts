import type { Lease } from '#core/domain';
import type { DeedOf } from '../deeds.ts';
import { fence } from '../lease-table.ts';
import type { Session } from '../session.ts';
import { newSegment, readSegments, type Segment, shortenSegment, writeSegments } from './checkpoint.ts';
import type { Place, Walk } from './walk.ts';

/** A range that has at least this many rows left is worth cutting in two. */
const rowsWorthCutting = 5_000;

/** Cuts a range at its borders. */
export function segmentsAt(borders: readonly Place[], range: { readonly from: Place | undefined; readonly to: Place }) {
  const ends = [...borders, range.to];
  return ends.map((to, place) => newSegment(place, place === 0 ? range.from : ends[place - 1], to));
}

export type Keeping = { readonly of: DeedOf; readonly lease: Lease; readonly walk: Walk };

/**
 * The segments of a walk: those of the checkpoints, or new ones for the workers, up to the last row that there is now.
 * What is inserted later belongs to the sync trigger.
 */
export async function openSegments(
  session: Session,
  { of, lease, walk }: Keeping,
  workers: number,
): Promise<readonly Segment[]> {
  return await session.transaction(async () => {
    await fence(session, lease);
    const kept = await readSegments(session, of);
    const to = kept.length > 0 ? undefined : await walk.last(session);
    if (to === undefined) return kept;
    const { borders } = await bordersOf(session, walk, { to, count: workers });
    const segments = segmentsAt(borders, { from: undefined, to });
    await writeSegments(session, of, segments);
    return segments;
  });
}

/** A segment for the whole table as it is now, for going over it once more. */
export async function nextPass(
  session: Session,
  { of, lease, walk }: Keeping,
  range: number,
): Promise<readonly Segment[]> {
  return await session.transaction(async () => {
    await fence(session, lease);
    const to = await walk.last(session);
    const segments = to === undefined ? [] : [newSegment(range, undefined, to)];
    await writeSegments(session, of, segments);
    return segments;
  });
}

/** Borders of a whole table for as many workers. */
export async function bordersOf(
  session: Session,
  walk: Walk,
  { to, count }: { readonly to: Place; readonly count: number },
): Promise<{ readonly borders: readonly Place[] }> {
  return count === 1 ? { borders: [] } : await walk.parts(session, { after: undefined, to }, count);
}

/** A segment without its second half, and that half. */
export type Halves = { readonly kept: Segment; readonly cut: Segment };

/** Halves what is left of a segment; undefined where that is too little. */
export async function halve(
  session: Session,
  walk: Walk,
  { segment, range }: { readonly segment: Segment; readonly range: number },
): Promise<Halves | undefined> {
  const { borders, rows } = await walk.parts(session, { after: segment.at, to: segment.to }, 2);
  const [border] = borders;
  if (border === undefined || rows < rowsWorthCutting) return undefined;
  return { kept: { ...segment, to: border }, cut: newSegment(range, border, segment.to) };
}

/** Writes that a segment was cut in two. */
export async function keepHalves(session: Session, { of, lease }: Keeping, { kept, cut }: Halves): Promise<void> {
  await session.transaction(async () => {
    await fence(session, lease);
    await shortenSegment(session, of, kept);
    await writeSegments(session, of, [cut]);
  });
}
