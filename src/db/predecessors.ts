import * as z from 'zod';
import { fail, isFailure } from '#core/error';
import { rowsOf } from './rows.ts';
import type { Session } from './session.ts';

/** Whose backends to end, and for how long to wait until they are gone. */
export type Ending = {
  /** Runners with a lower token. Without it: all with a token up to the one in `godwit.lease`. */
  readonly before?: number;
  /** One backend of ours more, whatever its token. */
  readonly backend?: number;
  readonly limitMs: number;
  readonly signal: AbortSignal;
};

const pollMs = 20;

const backendSchema = z.object({ pid: z.number(), role: z.string().nullable(), application: z.string() });
type Backend = z.infer<typeof backendSchema>;

/**
 * Ends the backends of earlier runners in this database, and waits until they are gone: afterwards nothing that they
 * began can still be written. A role may end its own backends, and others' as a member of pg_signal_backend
 * (https://www.postgresql.org/docs/18/functions-admin.html#FUNCTIONS-ADMIN-SIGNAL). Throws `lease-held` with the process
 * ids where it may not, or where one does not end in time.
 */
export async function endPredecessors(session: Session, ending: Ending): Promise<void> {
  const roundsMax = ending.limitMs / pollMs;
  let left = await predecessors(session, ending);
  for (let round = 0; round < roundsMax && left.length > 0; round += 1) {
    ending.signal.throwIfAborted();
    for (const backend of left) await end(session, backend);
    await session.query('SELECT pg_catalog.pg_sleep($1)', [pollMs / 1000]);
    left = await predecessors(session, ending);
  }
  if (left.length > 0) throw notGone(left, `they were told to end, and did not within ${ending.limitMs / 1000} s`);
}

/** application_name is shown to every role, whoever's backend it is. */
async function predecessors(session: Session, { before, backend }: Ending): Promise<readonly Backend[]> {
  const result = await session.query(
    `SELECT activity.pid, activity.usename::text AS role, activity.application_name AS application
     FROM pg_stat_activity AS activity
     WHERE activity.datname = current_database() AND activity.pid <> pg_backend_pid()
       AND activity.application_name LIKE 'godwit %'
       AND (activity.pid = $2 OR substring(activity.application_name FROM '^godwit \\S+ ([0-9]{1,18})( |$)')::int8
         < coalesce($1::int8, (SELECT token + 1 FROM godwit.lease)))`,
    [before ?? null, backend ?? null],
  );
  return rowsOf(result, backendSchema);
}

async function end(session: Session, backend: Backend): Promise<void> {
  try {
    await session.query('SELECT pg_catalog.pg_terminate_backend($1)', [backend.pid]);
  } catch (error) {
    if (!isFailure(error, 'rights-missing')) throw error;
    throw notGone([backend], `this role may not end a backend of role "${backend.role ?? 'unknown'}"`, error);
  }
}

function notGone(left: readonly Backend[], why: string, cause?: unknown): Error {
  const list = left.map(({ pid }) => pid).join(', ');
  return fail(
    'lease-held',
    {
      what: `An earlier runner's backends are still there: ${left.map(({ pid, application }) => `${pid} (${application})`).join(', ')}.`,
      why: `They may still write, and ${why}.`,
      next: `Have an administrator run: SELECT ${left.map(({ pid }) => `pg_terminate_backend(${pid})`).join(', ')}; then run the same command again once ${list} ${left.length === 1 ? 'is' : 'are'} gone.`,
    },
    cause,
  );
}
