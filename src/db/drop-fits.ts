import * as z from 'zod';
import type { Plan } from '#core/plan';
import { rowsOf } from './rows.ts';
import type { Session } from './session.ts';
import type { FitSpelling } from './spelling.ts';
import { planTag } from './undo-tables.ts';

/** Drops the functions that say whether a value has an older form: without undo data nobody asks any more. */
export async function dropFits(session: Session, plan: Plan, spelling: Pick<FitSpelling, 'dropFit'>): Promise<void> {
  const result = await session.query(
    `SELECT p.proname::text AS name FROM pg_catalog.pg_proc AS p
     JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
     WHERE n.nspname = 'godwit' AND pg_catalog.starts_with(p.proname, $1) ORDER BY 1`,
    [`godwit_${planTag(plan)}_fits_`],
  );
  for (const { name } of rowsOf(result, z.object({ name: z.string() })))
    await session.query(spelling.dropFit({ name }));
}
