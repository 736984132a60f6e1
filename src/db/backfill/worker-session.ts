import { isFailure } from '#core/error';
import type { BatchesAction } from '../action.ts';
import type { Session } from '../session.ts';

/**
 * For a session that walks: the key's index rather than the whole table for each range, whatever the statistics say; no
 * compilation and no helpers, which would cost each range more than it takes; and keys printed so that they can be read
 * again without loss (https://www.postgresql.org/docs/18/datatype-numeric.html#DATATYPE-FLOAT), whatever the role's own
 * settings are.
 */
const walking = {
  enable_seqscan: 'off',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  extra_float_digits: '1',
  datestyle: 'ISO',
};

/**
 * A batch and its checkpoint are one transaction: a server that crashes loses both or neither, so no batch need wait for
 * the disk or a standby, nor make the application's commits wait behind it. The journal's next event does, and with it
 * all that was written before (https://www.postgresql.org/docs/18/wal-async-commit.html).
 */
const lazy = { synchronous_commit: 'off' };

/** Makes a session one that only looks at ranges. */
export async function prepareReader(session: Session): Promise<void> {
  await setAll(session, walking);
}

/**
 * Makes a session one of a backfill's: it also has what the action sets, for all its transactions, and a limit for each
 * statement. Where the role may, the user's triggers are kept from firing
 * (https://www.postgresql.org/docs/18/runtime-config-client.html#GUC-SESSION-REPLICATION-ROLE). False where the action
 * asks for that and the role may not.
 */
export async function prepareWorker(
  session: Session,
  { settings, quietTriggers }: Pick<BatchesAction, 'settings' | 'quietTriggers'>,
  batchMaxMs: number,
): Promise<boolean> {
  await setAll(session, {
    ...walking,
    ...lazy,
    ...settings,
    statement_timeout: `${batchMaxMs}ms`,
  });
  if (!quietTriggers) return true;
  try {
    await setAll(session, { session_replication_role: 'replica' });
    return true;
  } catch (error) {
    // The plan has named this hazard: then they fire.
    if (!isFailure(error, 'rights-missing')) throw error;
    return false;
  }
}

async function setAll(session: Session, settings: Readonly<Record<string, string>>): Promise<void> {
  const entries = Object.entries(settings);
  const calls = entries.map((_, place) => `set_config($${2 * place + 1}, $${2 * place + 2}, false)`);
  await session.query(`SELECT ${calls.join(', ')}`, entries.flat());
}
