import { join } from 'node:path';
import type { Executor } from '#core/executor';
import { handEditsSchema } from '../action.ts';
import { stepOf, type TreeWorld } from '../execution.ts';
import { commitOf, commitPaths } from '../repository/commits.ts';
import { editedPaths } from '../repository/edited-paths.ts';
import { keptFiles } from '../repository/kept-files.ts';
import { expectBranch, runFolder } from '../repository/tree-run.ts';

/** Commits what people changed by hand: tracked files, and new ones that were not there when the work began. */
export function handEdits({ repository, commits, branchOf }: TreeWorld): Executor {
  return {
    kind: 'code/hand-edits',
    execute: async (action, context) => {
      const { message } = handEditsSchema.parse(action);
      await expectBranch({ repository, branchOf }, context.runId);
      const step = stepOf(context);
      const done = await commitOf(repository, step);
      if (done !== undefined) return { ok: true, detail: `committed before as ${done.slice(0, 10)}` };
      const before = await keptFiles(join(runFolder(repository, context.runId), 'kept'));
      const paths = await editedPaths(repository, before);
      if (paths.length === 0) return { ok: true, detail: 'nothing was changed by hand' };
      const commit = await commitPaths(repository, paths, { ...commits, step, title: message, isByHand: true });
      return { ok: true, detail: `${paths.length} files changed by hand; committed as ${commit?.slice(0, 10) ?? '?'}` };
    },
  };
}
