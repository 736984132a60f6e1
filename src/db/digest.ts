import * as z from 'zod';
import { firstRow } from './rows.ts';
import { plainName, type QualifiedName } from './schema.ts';
import type { Session } from './session.ts';
import type { Spelling } from './spelling.ts';

const digestRow = z.object({ digest: z.string() });

/** Count and order-independent checksum of all rows of each table, by plain name; columns by name, not by place. */
export async function digestsOf(
  session: Session,
  tables: readonly QualifiedName[],
  spelling: Pick<Spelling, 'relation'>,
): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>();
  for (const table of tables) {
    const text = `SELECT pg_catalog.format('%s rows, %s', count(*),
      coalesce(sum(pg_catalog.hashtextextended(pg_catalog.to_jsonb(t)::text, 0)), 0)) AS digest FROM ${spelling.relation(table)} AS t`;
    digests.set(plainName(table), firstRow(await session.query(text), digestRow).digest);
  }
  return digests;
}
