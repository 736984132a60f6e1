import type { Executor } from '#core/executor';
import type { ExecutionTools } from '../execution.ts';
import { batchesExecutor } from './batches.ts';
import { checkExecutor } from './check.ts';
import { compareExecutor } from './compare.ts';
import { indexExecutor } from './index-build.ts';
import { skipBack } from './skip-back.ts';
import { sqlExecutor } from './sql.ts';
import { usageExecutor } from './usage.ts';

/** What carries out the actions of a database plan, one for each kind of `db/…` action. */
export function databaseExecutors(tools: ExecutionTools): readonly Executor[] {
  return [
    sqlExecutor(tools),
    indexExecutor(tools),
    batchesExecutor(tools),
    skipBack(tools, compareExecutor(tools)),
    skipBack(tools, checkExecutor(tools)),
    usageExecutor(tools),
  ];
}
