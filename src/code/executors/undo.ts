import type { ExecutionContext, Executor } from '#core/executor';
import { undoSchema } from '../action.ts';
import { commitOf, keepCommit, keepUncommitted, resetTo } from '../commits.ts';
import { stepOf, type TreeWorld } from '../execution.ts';
import type { Repository } from '../repository.ts';
import { settleChanges } from '../tree.ts';
import { expectBranch, readStart, runFolder } from '../tree-run.ts';

/** Takes the commit of a step back, or what a step had written before it was stopped. */
export function undo(world: TreeWorld): Executor {
  const { repository } = world;
  return {
    kind: 'code/undo',
    execute: async (action, context) => {
      const { reinstall } = undoSchema.parse(action);
      const folder = runFolder(repository, context.runId);
      if ((await readStart(folder)) === undefined) return { ok: true, detail: 'the work had not begun' };
      await expectBranch(repository, await world.branchOf(context.runId));
      const commit = await commitOf(repository, stepOf(context));
      await keepWhatPeopleDid(repository, context, commit);
      const to = commit === undefined ? 'HEAD' : `${commit}^`;
      await resetTo(repository, (await repository.git.out(['rev-parse', to])).trim());
      await settleChanges(folder);
      const installed = reinstall ? `; ${(await world.install('frozen', context.signal)).detail}` : '';
      const said = commit === undefined ? 'it had committed nothing' : `took ${commit.slice(0, 10)} back`;
      return { ok: true, detail: `${said}${installed}` };
    },
  };
}

/** What a step wrote itself, and a crash kept from being committed, is made again by the step and needs no keeping. */
async function keepWhatPeopleDid(
  repository: Repository,
  { runId, exception }: ExecutionContext,
  commit: string | undefined,
): Promise<void> {
  const changes = await keepUncommitted(repository, runId);
  if (changes !== undefined && commit !== undefined) {
    await exception(`Changes that were not committed are kept: \`git stash apply ${changes}\` brings them back.`);
  }
  if (commit === undefined) return;
  const head = await repository.head();
  if (head !== commit) await keepCommit(repository, runId, head);
}
