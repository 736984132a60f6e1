import type { Executor } from '#core/executor';
import { deedState, outcomeOf } from '../deeds.ts';
import { type ExecutionTools, withSession } from '../execution.ts';

/**
 * The same executor, for an action that writes no row in `godwit.deeds` because it only reads. As a part of a rollback it
 * is skipped where nothing of the step had taken effect: what it would read may not be there.
 */
export function skipBack(tools: ExecutionTools, executor: Executor): Executor {
  return {
    kind: executor.kind,
    execute: async (action, context) => {
      if (context.direction !== 'back') return await executor.execute(action, context);
      const { signal } = context;
      const state = await withSession(tools, { purpose: 'deeds', signal }, (session) => deedState(session, context));
      return outcomeOf(state) ?? (await executor.execute(action, context));
    },
  };
}
