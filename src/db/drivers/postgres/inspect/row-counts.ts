import * as z from 'zod';
import type { Session } from '../../../session.ts';
import { quoteQualified } from '../quote.ts';
import type { RelationRow } from './relations.ts';

/** Tables up to this size are counted where the server never analysed them. */
const countedBytesMax = 8 * 1024 * 1024;
const pageBytes = 8192;
/** A guess for tables that were never analysed and are too large to count: measured on narrow rows of 4 columns. */
const rowBytesGuess = 64;
const countsPerQuery = 100;

/** Rows of every relation, by its oid: estimated, or counted where there is no estimate and the table is small. */
export async function readRowCounts(
  session: Session,
  relations: readonly RelationRow[],
): Promise<ReadonlyMap<number, number>> {
  const counts = new Map(relations.map((relation) => [relation.oid, estimate(relation)]));
  const unknown = relations.filter(isWorthCounting);
  for (let first = 0; first < unknown.length; first += countsPerQuery) {
    const some = unknown.slice(first, first + countsPerQuery);
    const { rows } = await session.query(some.map(countQuery).join(' UNION ALL '));
    for (const { oid, rows: counted } of countRow.array().parse(rows)) counts.set(oid, counted);
  }
  return counts;
}

const countRow = z.object({ oid: z.number(), rows: z.number() });

function countQuery(relation: RelationRow): string {
  return `SELECT ${relation.oid}::pg_catalog.oid AS oid, pg_catalog.count(*)::float8 AS rows FROM ONLY ${quoteQualified(relation)}`;
}

/** Before 14 a table that was never analysed has 0 rows in 0 pages, since then -1 rows. */
function isAnalysed(relation: RelationRow): boolean {
  return relation.reltuples > 0 || (relation.reltuples === 0 && relation.relpages > 0);
}

function isWorthCounting(relation: RelationRow): boolean {
  return (
    relation.kind === 'r' &&
    relation.may_count &&
    !isAnalysed(relation) &&
    relation.heap_bytes > 0 &&
    relation.heap_bytes <= countedBytesMax
  );
}

/** As the planner does: rows per page when it was analysed, times the pages there are now. */
function estimate(relation: RelationRow): number {
  if (!isAnalysed(relation)) return Math.round(relation.heap_bytes / rowBytesGuess);
  if (relation.relpages === 0) return Math.round(relation.reltuples);
  return Math.round((relation.reltuples / relation.relpages) * (relation.heap_bytes / pageBytes));
}
