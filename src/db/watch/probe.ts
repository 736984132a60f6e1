import { isFailure } from '#core/error';
import type { QualifiedName } from '../schema.ts';
import type { Session } from '../session.ts';
import type { Spelling } from '../spelling.ts';

/** Asks for the lock that every INSERT, UPDATE and DELETE takes, and tells how long it had to wait. */
export async function probe(
  session: Session,
  relation: QualifiedName,
  clock: { readonly spelling: Pick<Spelling, 'relation'>; nowMs(): number },
): Promise<number> {
  const fromMs = clock.nowMs();
  try {
    await session.transaction(() =>
      session.query(`LOCK TABLE ${clock.spelling.relation(relation)} IN ROW EXCLUSIVE MODE`),
    );
  } catch (error) {
    // A table that bears another name by now, or a wait that reached the limit of the session: the time counts.
    if (!isFailure(error) || error.code === 'interrupted' || error.code === 'connection-lost') throw error;
  }
  return clock.nowMs() - fromMs;
}
