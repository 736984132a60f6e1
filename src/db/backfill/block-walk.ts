import type { Session } from '../session.ts';
import { replaceRange } from './replace-range.ts';
import { type TableSize, tableSize } from './table-size.ts';
import type { Over, Place, Walk } from './walk.ts';

/** Rows in a block where the server has no statistics yet. */
const rowsPerBlockDefault = 50;
/** No row takes less: a header of 24 bytes and its pointer of 4 (MaxHeapTuplesPerPage in htup_details.h). */
const rowBytesMin = 28;
/** From here on the server scans a range of ctid without reading the table's other blocks. */
const tidRangeVersion = 140_000;

/**
 * Walks a table without a key by its blocks. A place is the number of blocks that lie before it. Rows that the
 * application changes meanwhile may move behind the walk or past its end: it is for statements that may be repeated.
 */
export function blockWalk(over: Over, version: number): Walk {
  let size: Promise<TableSize> | undefined;
  const sizeOf = (session: Session) => (size ??= tableSize(session, over.table));
  const blocksOf = (rows: number, size: TableSize) => {
    const perBlock = size.rows === undefined ? rowsPerBlockDefault : Math.max(1, size.rows / Math.max(1, size.blocks));
    return Math.max(1, Math.round(rows / perBlock));
  };
  return {
    last: async (session) => {
      const { blocks } = await tableSize(session, over.table);
      return blocks === 0 ? undefined : placeAt(blocks);
    },
    next: async (session, range, rows) => {
      const step = blocksOf(rows, await sizeOf(session));
      return { to: placeAt(Math.min(blockOf(range.to), blockOf(range.after) + step)), rows: undefined };
    },
    parts: async (session, range, count) => {
      const size = await tableSize(session, over.table);
      const [from, to] = [blockOf(range.after), blockOf(range.to)];
      const rows = ((to - from) * (size.rows ?? size.blocks * rowsPerBlockDefault)) / Math.max(1, size.blocks);
      const borders = Array.from({ length: count - 1 }, (_, part) =>
        Math.round(from + ((to - from) * (part + 1)) / count),
      );
      return { borders: to - from < count ? [] : borders.map(placeAt), rows };
    },
    bind: (statement, range) => {
      const text = replaceRange(statement, predicate(version));
      return { text, parameters: text === statement ? [] : [String(blockOf(range.after)), String(blockOf(range.to))] };
    },
    describe: (range) => `blocks ${blockOf(range.after)} to ${blockOf(range.to) - 1}`,
  };
}

function predicate(version: number): string {
  if (version >= tidRangeVersion)
    return "(t.ctid >= ('('||$1::text||',0)')::tid AND t.ctid < ('('||$2::text||',0)')::tid)";
  return `(t.ctid = ANY (ARRAY(SELECT format('(%s,%s)', block, item)::tid
    FROM generate_series($1::text::int8, $2::text::int8 - 1) AS block, 
      generate_series(1, current_setting('block_size')::int4 / ${rowBytesMin}) AS item)))`;
}

function blockOf(place: Place | undefined): number {
  return Number(place?.[0] ?? 0);
}

function placeAt(block: number): Place {
  return [String(block)];
}
