import { fail } from '#core/error';
import type { Executor } from '#core/executor';
import { type BatchesAction, batchesActionSchema } from '../action.ts';
import { type BackfillLimits, defaultBackfillLimits, runBackfill } from '../backfill/backfill.ts';
import { withDeed } from '../deeds.ts';
import { type ExecutionTools, leaseOf, withSession } from '../execution.ts';
import { plainName } from '../schema.ts';

/**
 * `db/batches`: statements for range after range of a table, each batch one transaction with its checkpoint, by one or
 * more workers, as fast as the guards and the application's use of the table allow. Goes on from the checkpoints.
 * Throws `unsafe-change` for statements that must not be repeated on a table without a key.
 */
export function batchesExecutor(tools: ExecutionTools, limits: BackfillLimits = defaultBackfillLimits): Executor {
  return {
    kind: 'db/batches',
    execute: async (given, context) => {
      const action = batchesActionSchema.parse(given);
      if (action.over.key.length === 0 && !action.isIdempotent) throw notRepeatable(action);
      return await withSession(tools, { purpose: 'worker 1', signal: context.signal }, (session) =>
        withDeed({ session, lease: leaseOf(tools, context), of: context }, (before) =>
          runBackfill({ action, context, tools, limits, isResumed: before === 'begun' }, session),
        ),
      );
    },
  };
}

function notRepeatable({ over }: BatchesAction): Error {
  return fail('unsafe-change', {
    what: `The rows of ${plainName(over.table)} cannot be changed in batches.`,
    why: 'The table has no primary key, so a row may be met twice while the application changes it, and this change must happen once.',
    next: 'Give the table a primary key first, or write the change so that doing it twice is the same as once.',
  });
}
