import * as z from 'zod';
import { assert } from '#core/assert';
import type { Lease, LeaseHolder, LeaseStore } from '#core/domain';
import { fail, isFailure } from '#core/error';
import { advisoryClass, hasGodwitSchema, leaseLock } from './godwit-schema.ts';
import { endPredecessors } from './predecessors.ts';
import { firstRow, rowsOf } from './rows.ts';
import type { Connect, Session } from './session.ts';
import { answered, type SharedSession, smallAnswerMaxMs } from './shared-session.ts';

export type LeaseTableOptions = {
  readonly connect: Connect;
  /** For what only looks. */
  readonly reader: SharedSession;
  /** Where this runner is, for messages: host and process id, never a credential. */
  readonly place: string;
  /** Ends when the domain is closed; longer than any run, because a run that is stopped still has to give its lease back. */
  readonly life: AbortSignal;
  /** A holder whose heartbeat is older is dead, even where its lock is still there. Default 10 s. */
  readonly silenceMaxMs?: number;
  /** How long to wait until what a dead runner left behind is gone. Default 60 s. */
  readonly endingMaxMs?: number;
};

/** The lease in the table, and which one this process holds. */
export type LeaseTable = LeaseStore & {
  held(): Lease | undefined;
  close(): Promise<void>;
};

const silenceMaxDefaultMs = 10_000;
const endingMaxDefaultMs = 60_000;
const pollMs = 50;
/** A backend whose client was killed needs a moment to notice, and then frees its lock. */
const graceMs = 1_000;
const iso = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

/**
 * The lease, in `godwit.lease`. Its holder keeps a session-level advisory lock on a connection of its own, so that the
 * death of the holder frees it at once, and beats in `godwit.heartbeat`, for a holder that hangs or whose machine is
 * gone. Whoever gets the lock raises the token, and ends every backend that bears an older one in its application_name
 * (the backends of a killed runner live on: its batch still commits, its index build goes on).
 */
export function leaseTable(options: LeaseTableOptions): LeaseTable {
  let own: { readonly lease: Lease; readonly session: Session } | undefined;
  const letGo = async () => {
    const { session } = own ?? {};
    own = undefined;
    await session?.close();
  };
  return {
    held: () => own?.lease,
    acquire: async (runId, signal) => {
      assert(own === undefined, 'the lease is acquired twice');
      own = await acquire(options, runId, signal);
      return own.lease;
    },
    heartbeat: async (lease) => {
      if (own?.lease.token !== lease.token) throw leaseLost(lease);
      await beat(options, own.session, lease);
    },
    release: async (lease) => {
      if (own?.lease.token !== lease.token) return;
      await giveBack(own.session, lease);
      await letGo();
    },
    holder: () => options.reader.use(holderNow),
    close: letGo,
  };
}

/**
 * Locks the lease until the end of the transaction. Throws `lease-lost` where the token is no longer ours. Every
 * transaction of ours that changes anything begins with it: a successor raises the token only after such
 * transactions have ended, and those that come later are refused.
 */
export async function fence(session: Session, lease: Lease): Promise<void> {
  const { rows } = await session.query('SELECT 1 FROM godwit.lease WHERE token = $1 AND run_id = $2 FOR SHARE', [
    lease.token,
    lease.runId,
  ]);
  if (rows.length === 0) throw leaseLost(lease);
}

async function acquire(options: LeaseTableOptions, runId: string, signal: AbortSignal) {
  const session = await options.connect({ purpose: 'lease', signal: options.life });
  try {
    await takeLock(session, options, signal);
    const token = await raiseToken(session, { runId, place: options.place, endingMaxMs: endingMaxOf(options), signal });
    await session.query("SELECT pg_catalog.set_config('application_name', $1, false)", [
      `godwit ${runId} ${token} lease`,
    ]);
    await endPredecessors(session, { before: token, limitMs: endingMaxOf(options), signal });
    return { lease: { runId, token }, session };
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** Gets the advisory lock, with a fresh heartbeat in the same statement. Throws `lease-held`. */
async function takeLock(session: Session, options: LeaseTableOptions, signal: AbortSignal): Promise<void> {
  const silenceMaxMs = options.silenceMaxMs ?? silenceMaxDefaultMs;
  const roundsMax = (silenceMaxMs + endingMaxOf(options)) / pollMs;
  for (let round = 0; round < roundsMax; round += 1) {
    signal.throwIfAborted();
    if (await tryLock(session)) return;
    const holder = await lockHolder(session);
    if (holder === undefined) continue;
    if (holder.silentMs > silenceMaxMs || (!holder.isRecorded && round * pollMs > silenceMaxMs)) {
      await endPredecessors(session, { backend: holder.backend, limitMs: endingMaxOf(options), signal });
    } else if (holder.isRecorded && round * pollMs >= graceMs) {
      throw leaseHeld(holder, silenceMaxMs);
    }
    await session.query('SELECT pg_catalog.pg_sleep($1)', [pollMs / 1000]);
  }
  throw leaseHeld(await lockHolder(session), silenceMaxMs);
}

async function tryLock(session: Session): Promise<boolean> {
  const { rows } = await session.query(
    `WITH attempt AS MATERIALIZED (SELECT pg_try_advisory_lock($1, $2) AS got)
     UPDATE godwit.heartbeat SET backend = pg_backend_pid(), at = clock_timestamp() FROM attempt WHERE attempt.got
     RETURNING backend`,
    [advisoryClass, leaseLock],
  );
  return rows.length > 0;
}

const lockHolderSchema = z.object({
  backend: z.number(),
  /** The heartbeat is this backend's: it has got past the first moment of acquiring. */
  isRecorded: z.boolean(),
  silentMs: z.coerce.number(),
  token: z.coerce.number(),
  runId: z.string().nullable(),
  place: z.string().nullable(),
  since: z.string().nullable(),
});
type LockHolder = z.infer<typeof lockHolderSchema>;

/** Who has the advisory lock. A lock is in pg_locks for every role to see. */
async function lockHolder(session: Session): Promise<LockHolder | undefined> {
  const result = await session.query(
    `SELECT lock.pid AS backend, heartbeat.backend = lock.pid AS "isRecorded",
       CASE WHEN heartbeat.backend = lock.pid
         THEN extract(epoch FROM clock_timestamp() - heartbeat.at) * 1000 ELSE 0 END AS "silentMs",
       lease.token, lease.run_id AS "runId", lease.place,
       to_char(lease.since AT TIME ZONE 'UTC', ${iso}) AS since
     FROM pg_locks AS lock, godwit.heartbeat, godwit.lease
     WHERE lock.locktype = 'advisory' AND lock.granted AND lock.objsubid = 2
       AND lock.classid = $1::int8::oid AND lock.objid = $2::int8::oid
       AND lock.database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [advisoryClass, leaseLock],
  );
  return rowsOf(result, lockHolderSchema)[0];
}

async function holderNow(session: Session): Promise<LeaseHolder | undefined> {
  if (!(await hasGodwitSchema(session))) return undefined;
  const holder = await lockHolder(session);
  if (holder === undefined || holder.runId === null) return undefined;
  const { runId, token, since, place } = holder;
  return { runId, token, since: since ?? '', where: place ?? '' };
}

type Raise = {
  readonly runId: string;
  readonly place: string;
  readonly endingMaxMs: number;
  readonly signal: AbortSignal;
};

/** The new token. Waits for no transaction of a dead runner: it ends them, and then looks again. */
async function raiseToken(session: Session, raise: Raise): Promise<number> {
  const roundsMax = raise.endingMaxMs / pollMs;
  for (let round = 0; round < roundsMax; round += 1) {
    await endPredecessors(session, { limitMs: raise.endingMaxMs, signal: raise.signal });
    try {
      return await session.transaction(() => writeToken(session, raise));
    } catch (error) {
      if (!isFailure(error, 'lock-timeout')) throw error;
    }
  }
  throw fail('lease-held', {
    what: 'The lease could not be written.',
    why: 'A transaction that is not a godwit runner’s keeps the row in godwit.lease locked.',
    next: 'End that transaction, then run the same command again.',
  });
}

async function writeToken(session: Session, { runId, place }: Raise): Promise<number> {
  await session.query(`SET LOCAL lock_timeout = '${4 * pollMs}ms'`);
  const result = await session.query(
    `UPDATE godwit.lease SET token = token + 1, run_id = $1, place = $2, since = clock_timestamp() RETURNING token`,
    [runId, place],
  );
  return firstRow(result, z.object({ token: z.coerce.number() })).token;
}

/** A connection that was ended under us was ended by a successor, if the token says so. */
async function beat(options: LeaseTableOptions, session: Session, lease: Lease): Promise<void> {
  try {
    const { rowCount } = await answered(session, options.silenceMaxMs ?? silenceMaxDefaultMs, () =>
      session.query(
        `UPDATE godwit.heartbeat SET at = clock_timestamp()
         WHERE backend = pg_backend_pid() AND EXISTS (SELECT FROM godwit.lease WHERE token = $1)`,
        [lease.token],
      ),
    );
    if (rowCount === 0) throw leaseLost(lease);
  } catch (error) {
    if (!isFailure(error, 'connection-lost')) throw error;
    if (await mayBeOurs(options, lease)) throw error;
    throw leaseLost(lease, error);
  }
}

/** False where the server says that the token is another's; where nobody answers, the first fault is the one to tell. */
async function mayBeOurs({ reader }: LeaseTableOptions, lease: Lease): Promise<boolean> {
  const ask = (session: Session) => session.query('SELECT 1 FROM godwit.lease WHERE token = $1', [lease.token]);
  try {
    return (await reader.use(ask, smallAnswerMaxMs)).rows.length > 0;
  } catch (error) {
    if (isFailure(error)) return true;
    throw error;
  }
}

async function giveBack(session: Session, lease: Lease): Promise<void> {
  try {
    await answered(session, smallAnswerMaxMs, async () => {
      await session.query('UPDATE godwit.lease SET run_id = NULL, place = NULL, since = NULL WHERE token = $1', [
        lease.token,
      ]);
      await session.query('SELECT pg_catalog.pg_advisory_unlock($1, $2)', [advisoryClass, leaseLock]);
    });
  } catch (error) {
    // The lock went with the connection, and that is what counts.
    if (!isFailure(error, 'connection-lost')) throw error;
  }
}

function endingMaxOf(options: LeaseTableOptions): number {
  return options.endingMaxMs ?? endingMaxDefaultMs;
}

function leaseHeld(holder: LockHolder | undefined, silenceMaxMs: number): Error {
  const isNamed = holder?.isRecorded === true && holder.runId !== null;
  return fail('lease-held', {
    what: 'Another runner is at work on this database.',
    why: isNamed
      ? `Run ${holder.runId} has the lease since ${holder.since}, from ${holder.place}; its last sign of life came ${(Math.max(0, holder.silentMs) / 1000).toFixed(1)} s ago.`
      : 'It is just taking the lease.',
    next: `Wait until it is done, or pause or stop it. A runner that has died is taken over by itself, at the latest after ${silenceMaxMs / 1000} s.`,
  });
}

function leaseLost(lease: Lease, cause?: unknown): Error {
  return fail(
    'lease-lost',
    {
      what: `Another runner has taken over from this one (run ${lease.runId}).`,
      why: `The lease no longer bears token ${lease.token}, so that nothing more is changed from here.`,
      next: 'See `godwit status`; the run goes on there.',
    },
    cause,
  );
}
