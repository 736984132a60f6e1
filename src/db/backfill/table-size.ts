import * as z from 'zod';
import { firstRow } from '../rows.ts';
import type { QualifiedName } from '../schema.ts';
import type { Session } from '../session.ts';

/** How large a table is now, with its partitions. `rows` is an estimate, undefined where the server has none. */
export type TableSize = { readonly blocks: number; readonly rows: number | undefined };

/** Size of a table from its files and the server's statistics, without reading it. */
export async function tableSize(session: Session, table: QualifiedName): Promise<TableSize> {
  const result = await session.query(
    `WITH RECURSIVE part AS (
       SELECT class.oid FROM pg_class AS class JOIN pg_namespace AS place ON place.oid = class.relnamespace
       WHERE place.nspname = $1 AND class.relname = $2
       UNION ALL
       SELECT inherits.inhrelid FROM part JOIN pg_inherits AS inherits ON inherits.inhparent = part.oid)
     SELECT coalesce(sum(size.blocks), 0)::float8 AS blocks,
       sum(greatest(CASE WHEN class.relpages > 0 THEN class.reltuples::float8 / class.relpages * size.blocks END,
         pg_stat_get_live_tuples(class.oid)))::float8 AS rows
     FROM part JOIN pg_class AS class USING (oid),
       LATERAL (SELECT pg_relation_size(class.oid) / current_setting('block_size')::int8 AS blocks) AS size`,
    [table.schema, table.name],
  );
  const { blocks, rows } = firstRow(result, z.object({ blocks: z.number(), rows: z.number().nullable() }));
  return { blocks, rows: rows === null || rows <= 0 ? undefined : Math.round(rows) };
}
