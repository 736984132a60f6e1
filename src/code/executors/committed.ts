import type { Executor } from '#core/executor';
import { nothingMeasured } from '#core/run-state';
import { committedSchema } from '../action.ts';
import type { TreeWorld } from '../execution.ts';
import { activeHooks } from '../repository/commit-hooks.ts';

/** Nothing of what was written is left uncommitted, and the branch of the work is checked out. */
export function committed(world: TreeWorld): Executor {
  const { repository, branchOf } = world;
  return {
    kind: 'code/committed',
    execute: async (action, { runId }) => {
      committedSchema.parse(action);
      const branch = await branchOf(runId);
      const here = await repository.branch();
      if (here !== branch) return { ok: false, detail: `${here ?? 'no branch'} is checked out instead of ${branch}` };
      const changed = await repository.changedFiles();
      if (changed.length === 0) return { ok: true, detail: nothingMeasured };
      const shown = `${changed.slice(0, 5).join(', ')}${changed.length > 5 ? ' …' : ''}`;
      const count = changed.length === 1 ? '1 file is' : `${changed.length} files are`;
      return { ok: false, detail: `${count} not as committed: ${shown}${await byHooks(world)}` };
    },
  };
}

/** Formatters that run before a commit write files anew, and not all of them add to the commit what they wrote. */
async function byHooks({ repository, commits }: TreeWorld): Promise<string> {
  const active = commits.runsHooks ? await activeHooks(repository) : [];
  if (active.length === 0) return '';
  const names =
    active.length === 1 ? `The hook ${active[0]} of the repository` : `Hooks of the repository (${active.join(', ')})`;
  return `. ${names} ran with the commit of the step and may have written that. Look with \`git diff\`; commit it on the branch (\`git commit --no-verify -am 'Format'\`) or drop it (\`git restore FILE\`), and apply again. With \`tree.hooks: false\` in godwit.config no hook runs for the commits of a plan`;
}
