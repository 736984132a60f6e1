import type { Executor } from '#core/executor';
import { compareActionSchema } from '../action.ts';
import { runComparison } from '../backfill/comparison.ts';
import type { ExecutionTools } from '../execution.ts';

/**
 * `db/compare`: two expressions of each row against each other, range after range, each range a short query of its own
 * so that no old snapshot is held. Reads only, and may be repeated at any time.
 */
export function compareExecutor(tools: ExecutionTools): Executor {
  return {
    kind: 'db/compare',
    execute: async (given, context) => {
      return await runComparison({ action: compareActionSchema.parse(given), context, tools });
    },
  };
}
