import * as z from 'zod';
import { assert } from '#core/assert';
import type { Lease } from '#core/domain';
import type { ExecutionContext, Outcome } from '#core/executor';
import { fence } from './lease-table.ts';
import { firstRow } from './rows.ts';
import type { Session } from './session.ts';

/**
 * What is in effect, in `godwit.deeds`. The journal says what was to be done and was done; this table says what really
 * took effect, because a row is written in the same transaction as the statements of a `db/sql` (state `done`), and
 * before the first effect of an action that cannot be one transaction (`begun`, and `done` at its end).
 *
 * The rule, for every kind of action:
 * 1. A deed that is `done` is not done again: a crash between its commit and the journal costs nothing.
 * 2. A deed of a rollback is skipped when its step has no row at all, in neither direction: the step was started, and
 *    nothing of it took effect. So a rollback whose step is one `db/sql` may be its plain mirror.
 * 3. Otherwise the rollback is carried out part by part. Where the step's action is a `sequence`, some of its parts may
 *    not have happened: each part of such a rollback is written so that it does no harm then (IF EXISTS, or batches).
 *
 * The name of a deed holds how often its step was undone before, so that forward, back, forward are three deeds.
 */
export type DeedState = 'fresh' | 'begun' | 'done' | 'nothing-to-undo';

/** The part of an execution's context that names a deed. */
export type DeedOf = Pick<ExecutionContext, 'runId' | 'deed' | 'direction'>;

/** Whether a deed is still to be done. Reads only. */
export async function deedState(session: Session, of: DeedOf): Promise<DeedState> {
  const { step, cycle } = partsOf(of);
  const result = await session.query(
    `SELECT (SELECT state FROM godwit.deeds WHERE run_id = $1 AND deed = $2 AND direction = $3) AS state,
       EXISTS (SELECT FROM godwit.deeds WHERE run_id = $1 AND step = $4 AND cycle = $5) AS "tookEffect"`,
    [of.runId, of.deed, of.direction, step, cycle],
  );
  const schema = z.object({ state: z.enum(['begun', 'done']).nullable(), tookEffect: z.boolean() });
  const { state, tookEffect } = firstRow(result, schema);
  if (state !== null) return state;
  return of.direction === 'back' && !tookEffect ? 'nothing-to-undo' : 'fresh';
}

/** Writes that a deed has begun or is done. Belongs into a transaction that has checked the fence. */
export async function recordDeed(session: Session, of: DeedOf, state: 'begun' | 'done'): Promise<void> {
  const { step, cycle } = partsOf(of);
  await session.query(
    `INSERT INTO godwit.deeds (run_id, deed, direction, step, cycle, state) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (run_id, deed, direction) DO UPDATE SET state = excluded.state, at = clock_timestamp()`,
    [of.runId, of.deed, of.direction, step, cycle, state],
  );
}

/** What an executor answers for a deed that it does not carry out, or undefined where it has to. */
export function outcomeOf(state: DeedState): Outcome | undefined {
  if (state === 'done') return { ok: true, detail: 'already done' };
  if (state === 'nothing-to-undo') return { ok: true, detail: 'nothing of the step had taken effect' };
  return undefined;
}

/**
 * Carries out a deed that is not one transaction: writes that it has begun, works, writes that it is done. `work` hears
 * whether an earlier runner had begun it. Safe to run twice when `work` is.
 */
export async function withDeed(
  { session, lease, of }: { readonly session: Session; readonly lease: Lease; readonly of: DeedOf },
  work: (before: 'fresh' | 'begun') => Promise<Outcome>,
): Promise<Outcome> {
  const state = await session.transaction(async () => {
    await fence(session, lease);
    const found = await deedState(session, of);
    if (found === 'fresh') await recordDeed(session, of, 'begun');
    return found;
  });
  if (state === 'done' || state === 'nothing-to-undo') return outcomeOf(state) ?? { ok: true, detail: state };
  const outcome = await work(state);
  await session.transaction(async () => {
    await fence(session, lease);
    await recordDeed(session, of, 'done');
  });
  return outcome;
}

/** `expand-1#0~2` is part 0 of step `expand-1`, after it was undone twice. */
function partsOf({ deed, direction }: DeedOf): { readonly step: string; readonly cycle: number } {
  const match = /^([^#]+)#\d+(?:~(\d+))?$/.exec(deed);
  assert(match !== null && direction !== 'check', `${deed} (${direction}) is not the name of a deed`);
  return { step: match[1] ?? '', cycle: Number(match[2] ?? 0) };
}
