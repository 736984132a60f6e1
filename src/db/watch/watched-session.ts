import type { Connect, Session } from '../session.ts';
import { readLocks } from './catalog.ts';
import { holdClock, type LockBook } from './held-locks.ts';

/** So many transactions of one session are looked at from within: the batches of a backfill are all alike. */
const watchedTransactionsMax = 8;

/**
 * Opens sessions that look at their own locks after each statement of a transaction. Locks last until its end
 * (https://www.postgresql.org/docs/18/explicit-locking.html), so that none is missed, however short it is held.
 */
export function watchedConnect(connect: Connect, book: LockBook, nowMs: () => number): Connect {
  return async (options) => {
    const session = await connect(options);
    return options.run === undefined ? session : watchedSession(session, book, nowMs);
  };
}

function watchedSession(session: Session, book: LockBook, nowMs: () => number): Session {
  let transactions = 0;
  let clock: ReturnType<typeof holdClock> | undefined;
  return {
    backendId: session.backendId,
    version: session.version,
    close: () => session.close(),
    query: async (text, parameters) => {
      const fromMs = nowMs();
      const result = await session.query(text, parameters);
      if (clock !== undefined) clock.see(await readLocks(session, 'own'), fromMs, nowMs());
      return result;
    },
    transaction: async (work, options) => {
      transactions += 1;
      const mine = transactions <= watchedTransactionsMax ? holdClock(book) : undefined;
      try {
        return await session.transaction(() => {
          clock = mine;
          return work().finally(() => {
            clock = undefined;
          });
        }, options);
      } finally {
        mine?.see([], nowMs(), nowMs());
      }
    },
  };
}
