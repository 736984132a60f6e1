import { type Failure, fail } from '#core/error';
import type { Link } from './link.ts';

/** What stands between us and the server. */
export type Between = 'nothing' | 'session-pooler' | 'transaction-pooler';

const roundsMax = 4;
/** An answer that takes longer is one that waits for a free backend of the pooler. */
const answerMaxMs = 2000;

/**
 * Says what stands between us and the server, without changing anything there: a `SET` through a transaction pooler
 * would stay behind in a connection of the application's.
 *
 * At login the server announces its process id; a pooler announces an id of its own making (PgBouncer: random bytes),
 * so a direct connection is known by one query. Behind a pooler, a transaction is held open on a second connection: a
 * transaction pooler then serves both from backends that it hands around, so that either the second one gets ours, or
 * ours changes, or ours gets none while the pool is empty; a session pooler keeps two different ones. `openOther` is
 * called only behind a pooler.
 */
export async function whatIsBetween(link: Link, openOther: () => Promise<Link>): Promise<Between> {
  const first = await backendOf(link);
  if (link.announcedId === undefined || link.announcedId === first) return 'nothing';
  const other = await openOther();
  try {
    for (let round = 0; round < roundsMax; round += 1) {
      const theirs = await inTime(openTransaction(other));
      if (theirs === undefined) return 'session-pooler';
      const mine = await inTime(backendOf(link));
      if (theirs === first || mine !== first) return 'transaction-pooler';
      await other.query('ROLLBACK');
    }
    return 'session-pooler';
  } finally {
    other.destroy();
  }
}

async function openTransaction(other: Link): Promise<number> {
  await other.query('BEGIN READ ONLY');
  return await backendOf(other);
}

/** The answer, or undefined where it takes too long; what is not awaited ends when its connection is dropped. */
async function inTime(answer: Promise<number>): Promise<number | undefined> {
  const late = new Promise<undefined>((resolve) => {
    AbortSignal.timeout(answerMaxMs).addEventListener('abort', () => resolve(undefined), { once: true });
  });
  answer.catch(() => undefined);
  return await Promise.race([answer, late]);
}

/** The refusal of a transaction pooler. */
export function poolerFailure(place: string): Failure {
  return fail('pooler', {
    what: `${place} leads to a transaction pooler, not to the server itself.`,
    why: 'Behind it every transaction may run in another backend: session settings, locks and cancelling would hit the application’s sessions instead of ours.',
    next: 'Give the URL of the server itself (often port 5432 instead of 6432). The application may keep using the pooler.',
  });
}

async function backendOf(link: Link): Promise<number> {
  const { rows } = await link.query('SELECT pg_catalog.pg_backend_pid() AS id');
  return Number(rows[0]?.id);
}
