import * as z from 'zod';
import { isFailure } from '#core/error';
import type { LockClaim } from './action.ts';
import { rowsOf } from './rows.ts';
import type { Session } from './session.ts';

/** Above deadlock_timeout, so that the server's own check comes first. */
const marginMs = 500;

/**
 * Makes autovacuum give way on these relations. The server cancels it only when somebody has waited for it for
 * deadlock_timeout (1 s), which our attempts never do; so this waits as long, for a lock that conflicts with nothing
 * that an application takes, and lets go of it at once. One that guards against wraparound does not give way.
 */
export async function endAutovacuum(session: Session, locks: readonly LockClaim[]): Promise<void> {
  for (const table of await tablesOf(session, locks)) {
    try {
      await session.transaction(async () => {
        await session.query(
          `SELECT set_config('lock_timeout', (setting::int + $1)::text, true) FROM pg_settings WHERE name = 'deadlock_timeout'`,
          [marginMs],
        );
        await session.query(`LOCK TABLE ONLY ${table} IN SHARE UPDATE EXCLUSIVE MODE`);
      });
    } catch (error) {
      if (!isFailure(error, 'lock-timeout')) throw error;
    }
  }
}

/** Quoted by the server. */
async function tablesOf(session: Session, locks: readonly LockClaim[]): Promise<readonly string[]> {
  const result = await session.query(
    `SELECT format('%I.%I', schema.nspname, class.relname) AS name
     FROM pg_class AS class JOIN pg_namespace AS schema ON schema.oid = class.relnamespace
     WHERE class.relkind IN ('r', 'p') AND schema.nspname || '.' || class.relname = ANY ($1)`,
    [locks.map(({ relation }) => relation)],
  );
  return rowsOf(result, z.object({ name: z.string() })).map(({ name }) => name);
}
