import { z } from 'zod';
import { hashOf } from '#core/canonical';
import type { Plan } from '#core/plan';
import { hasGodwitSchema } from './godwit-schema.ts';
import { rowsOf } from './rows.ts';
import type { Session } from './session.ts';
import type { NameSpelling } from './spelling.ts';

/** A table in which a plan keeps what it overwrote or dropped, until its retention ends. */
export type UndoTable = { readonly name: string; readonly rows: number; readonly bytes: number };

/** Eight hex digits that stand in the name of every object that a plan makes for itself. */
export function planTag({ intent, origin }: Pick<Plan, 'intent' | 'origin'>): string {
  return hashOf({ intent, origin }).slice(0, 8);
}

const undoRow = z.object({ name: z.string(), rows: z.coerce.number(), bytes: z.coerce.number() });

/** The undo tables of a plan that are there, by name. */
export async function undoTables(session: Session, plan: Plan): Promise<readonly UndoTable[]> {
  if (!(await hasGodwitSchema(session))) return [];
  const result = await session.query(
    `SELECT c.relname::text AS name, greatest(c.reltuples, 0)::int8 AS rows, pg_catalog.pg_total_relation_size(c.oid) AS bytes
     FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
     WHERE n.nspname = 'godwit' AND c.relkind = 'r' AND pg_catalog.starts_with(c.relname, $1) ORDER BY 1`,
    [`undo_${planTag(plan)}`],
  );
  return rowsOf(result, undoRow);
}

/** Drops undo tables, each in a transaction of its own. One that is gone already is fine. */
export async function dropUndoTables(
  session: Session,
  tables: readonly UndoTable[],
  spelling: Pick<NameSpelling, 'relation'>,
): Promise<void> {
  for (const { name } of tables)
    await session.query(`DROP TABLE IF EXISTS ${spelling.relation({ schema: 'godwit', name })}`);
}
