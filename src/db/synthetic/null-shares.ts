import * as z from 'zod';
import { rowsOf } from '../rows.ts';
import type { Session } from '../session.ts';

const shareRow = z.object({ name: z.string(), share: z.number() });

/** Share of NULLs by `schema.table.column`, as far as the server has statistics that the role may see. */
export async function readNullShares(session: Session): Promise<ReadonlyMap<string, number>> {
  const shares = rowsOf(await session.query(sharesQuery), shareRow);
  return new Map(shares.map(({ name, share }) => [name, share]));
}

const sharesQuery = `SELECT pg_catalog.format('%s.%s.%s', schemaname, tablename, attname) AS name,
  null_frac::float8 AS share FROM pg_catalog.pg_stats WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'godwit')`;
