import type { Client } from 'pg';
import * as z from 'zod';
import { type HeldLock, lockSchema } from './server-state.ts';

export type Watched = {
  /** Runs the statement. */
  readonly session: Client;
  readonly backendId: number;
  readonly databaseId: number;
  /** A session in another database, which looks: in the same one it would wait for locks on the catalog. */
  readonly watcher: Client;
};

/** `isSeen` is false where nothing at all was seen of a statement that has something to show. */
export type Sighting = { readonly isSeen: boolean; readonly locks: readonly HeldLock[] };

/**
 * Runs a statement that commits by itself, and returns every lock on a relation that it held at one of its commits.
 *
 * None can be missed: the server waits for a standby that there is not (`synchronous_standby_names`), and it does so
 * with all locks of the transaction still held (the commit is written first, the wait comes next, the locks go last).
 * Once its locks were read, the wait is ended by a cancel, upon which the server commits. What commits without a
 * transaction id does not wait: VACUUM, which is slowed down by its own cost limit instead.
 *
 * Throws what the statement throws.
 */
export async function runBare(statement: string, watched: Watched): Promise<Sighting> {
  const { session } = watched;
  await session.query(`SET synchronous_commit = on; SET vacuum_cost_delay = 10; SET vacuum_cost_limit = 1`);
  const outcome = { isOver: false };
  const running = session.query(statement).finally(() => {
    outcome.isOver = true;
  });
  const [looked, ran] = await Promise.allSettled([lookUntilOver(watched, outcome), running]);
  await session.query('RESET synchronous_commit; RESET vacuum_cost_delay; RESET vacuum_cost_limit');
  if (looked.status === 'rejected') throw looked.reason;
  if (ran.status === 'rejected') throw ran.reason;
  const { commits, locks } = looked.value;
  return { isSeen: commits > 0 || locks.length > 0 || locksNothing.test(statement), locks };
}

const locksNothing = /^\s*(ALTER\s+SYSTEM|CHECKPOINT|SET|RESET|DISCARD|SHOW|LOCK|SAVEPOINT|RELEASE|DECLARE|CALL|DO)\b/i;

async function lookUntilOver(
  watched: Watched,
  outcome: { readonly isOver: boolean },
): Promise<{ readonly commits: number; readonly locks: readonly HeldLock[] }> {
  const ended = new Set<string>();
  const locks = new Map<string, HeldLock>();
  while (!outcome.isOver) {
    const before = await look(watched);
    const isWaiting = await waitsForStandby(watched);
    // The same transaction before and after it was seen to wait: it is this one that waits, and these are its locks.
    const after = await look(watched);
    for (const lock of [...before.locks, ...after.locks]) locks.set(`${lock.oid} ${lock.mode}`, lock);
    const transaction = before.transaction;
    if (transaction === undefined || transaction !== after.transaction) continue;
    if (!isWaiting || ended.has(transaction)) continue;
    ended.add(transaction);
    await watched.watcher.query('SELECT pg_catalog.pg_cancel_backend($1)', [watched.backendId]);
  }
  return { commits: ended.size, locks: [...locks.values()] };
}

type Look = { readonly transaction: string | undefined; readonly locks: readonly HeldLock[] };

const rowsSchema = z.array(lockSchema.extend({ transaction: z.string(), type: z.string() }));

/** Functions, not the views on them: those read catalogs that all databases share, which may be locked as well. */
async function look({ backendId, databaseId, watcher }: Watched): Promise<Look> {
  const text = `SELECT l.virtualtransaction AS transaction, l.locktype AS type,
      coalesce(l.relation::int8::float8, 0) AS oid, l.mode
    FROM pg_catalog.pg_lock_status() l WHERE l.pid = $1 AND l.granted AND (l.locktype = 'virtualxid'
      OR (l.locktype = 'relation' AND l.database = $2 AND l.relation >= 16384))`;
  const rows = rowsSchema.parse((await watcher.query(text, [backendId, databaseId])).rows);
  return {
    transaction: rows.find(({ type, mode }) => type === 'virtualxid' && mode === 'ExclusiveLock')?.transaction,
    locks: rows.filter(({ type }) => type === 'relation').map(({ oid, mode }) => ({ oid, mode })),
  };
}

async function waitsForStandby({ backendId, watcher }: Watched): Promise<boolean> {
  const text = `SELECT a.wait_event = 'SyncRep' FROM pg_catalog.pg_stat_get_activity($1) a`;
  const { rows } = await watcher.query({ text, values: [backendId], rowMode: 'array' });
  return rows[0]?.[0] === true;
}
