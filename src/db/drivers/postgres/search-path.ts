import * as z from 'zod';
import { firstRow } from '../../rows.ts';
import type { Session } from '../../session.ts';

/**
 * The schemas in which this role's own sessions look up a name without a schema: the search path that database and
 * role give (`ALTER ROLE … SET`), with those that are there. Sessions of ours have another one.
 */
export async function searchPathOf(session: Session): Promise<readonly string[]> {
  return session.transaction(
    async () => {
      await session.query('SET LOCAL search_path TO DEFAULT');
      const result = await session.query('SELECT pg_catalog.to_json(pg_catalog.current_schemas(false)) AS path');
      return firstRow(result, z.object({ path: z.array(z.string()) })).path;
    },
    { isReadOnly: true },
  );
}
