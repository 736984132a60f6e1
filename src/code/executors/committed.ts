import type { Executor } from '#core/executor';
import { nothingMeasured } from '#core/run-state';
import { committedSchema } from '../action.ts';
import type { TreeWorld } from '../execution.ts';

/** Nothing of what was written is left uncommitted, and the branch of the work is checked out. */
export function committed({ repository, branchOf }: TreeWorld): Executor {
  return {
    kind: 'code/committed',
    execute: async (action, { runId }) => {
      committedSchema.parse(action);
      const branch = await branchOf(runId);
      const here = await repository.branch();
      if (here !== branch) return { ok: false, detail: `${here ?? 'no branch'} is checked out instead of ${branch}` };
      const changed = await repository.changedFiles();
      if (changed.length === 0) return { ok: true, detail: nothingMeasured };
      return { ok: false, detail: `${changed.length} files are not committed: ${changed.slice(0, 5).join(', ')}` };
    },
  };
}
