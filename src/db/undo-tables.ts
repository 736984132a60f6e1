import * as z from 'zod';
import { hashOf } from '#core/canonical';
import { isFailure } from '#core/error';
import type { Plan } from '#core/plan';
import { hasGodwitSchema } from './godwit-schema.ts';
import { rowsOf } from './rows.ts';
import type { Session } from './session.ts';
import type { CaptureSpelling, NameSpelling } from './spelling.ts';
import { forgettingName } from './undo.ts';

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

/** How often the lock on a table is asked for, each time for as long as the session's lock_timeout. */
const attemptsMax = 20;

/**
 * Drops undo tables with the triggers that watch over what they keep, each in a transaction of its own. One that is gone
 * already is fine. Throws `lock-timeout` when the application's table is in use all the time; then nothing of it is gone.
 */
export async function dropUndoTables(
  session: Session,
  tables: readonly UndoTable[],
  spelling: Pick<NameSpelling, 'relation'> & Pick<CaptureSpelling, 'endForgetting'>,
): Promise<void> {
  for (const { name } of tables) {
    await patiently(session, spelling.endForgetting(forgettingName(name)));
    await session.query(`DROP TABLE IF EXISTS ${spelling.relation({ schema: 'godwit', name })}`);
  }
}

async function patiently(session: Session, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await session.query(statement);
      return;
    } catch (error) {
      if (!isFailure(error, 'lock-timeout') || attempt >= attemptsMax) throw error;
    }
  }
}
