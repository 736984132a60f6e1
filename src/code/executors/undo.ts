import type { ExecutionContext, Executor } from '#core/executor';
import { undoSchema } from '../action.ts';
import { stepOf, type TreeWorld } from '../execution.ts';
import { commitOf, keepCommit, keepUncommitted, resetTo } from '../repository/commits.ts';
import { zeroSeparated } from '../repository/git.ts';
import type { Repository } from '../repository/repository.ts';
import { takeBack } from '../repository/take-back.ts';
import { expectBranch, hasBranch, readStart, runFolder } from '../repository/tree-run.ts';
import { forgetUntrackedLocks, newLocks, restoreUntrackedLocks } from '../repository/untracked-locks.ts';
import { forgetModules, settleChanges } from '../tree/tree.ts';

/** Takes the commit of a step back, or what a step had written before it was stopped. */
export function undo(world: TreeWorld): Executor {
  const { repository } = world;
  return {
    kind: 'code/undo',
    execute: async (action, context) => {
      const { reinstall, emptied = [] } = undoSchema.parse(action);
      const folder = runFolder(repository, context.runId);
      if ((await readStart(folder)) === undefined) return { ok: true, detail: 'the work had not begun' };
      const { runId } = context;
      const branch = await world.branchOf(runId);
      const again = async () => (reinstall ? `; ${(await world.install('frozen', context.signal)).detail}` : '');
      if (!(await hasBranch(repository, branch)))
        return {
          ok: true,
          detail: `the branch ${branch} is not there any more, and its commits with it${await again()}`,
        };
      await expectBranch(world, runId);
      const step = stepOf(context);
      const commit = await commitOf(repository, step);
      if (commit === undefined)
        await keepStopped(repository, context, reinstall ? await newLocks(repository, step) : []);
      const kept = commit === undefined ? '' : await takeCommitBack(repository, context, commit);
      await settleChanges(folder);
      if (reinstall) await restoreUntrackedLocks(repository, step);
      for (const path of emptied) await forgetModules(repository.git.root, path);
      const installed = await again();
      await forgetUntrackedLocks(repository, step);
      const said = commit === undefined ? 'it had committed nothing' : `took ${commit.slice(0, 10)} back${kept}`;
      return { ok: true, detail: `${said}${installed}` };
    },
  };
}

/** What a step wrote itself, and a crash kept from being committed, is made again by the step: only other text is named. */
async function keepStopped(
  repository: Repository,
  { runId, exception }: ExecutionContext,
  locks: readonly string[],
): Promise<void> {
  const changes = await takeBack({ repository, runId, locks });
  if (changes !== undefined) await exception(keptUnder(changes));
}

function keptUnder(changes: string): string {
  return `Changes that were not committed are kept: \`git stash apply ${changes}\` brings them back.`;
}

/** The tree as it was before a commit; answers what is said of edits by hand that are kept. */
async function takeCommitBack(repository: Repository, context: ExecutionContext, commit: string): Promise<string> {
  const before = (await repository.git.out(['rev-parse', `${commit}^`])).trim();
  const kept = await keepWhatPeopleDid(repository, context, { commit, before });
  await resetTo(repository, before);
  return kept;
}

async function keepWhatPeopleDid(
  repository: Repository,
  { runId, deed, exception }: ExecutionContext,
  { commit, before }: { readonly commit: string; readonly before: string },
): Promise<string> {
  const changes = await keepUncommitted(repository, runId, before);
  if (changes !== undefined) await exception(keptUnder(changes));
  const head = await repository.head();
  if (head !== commit) await keepCommit(repository, runId, head);
  if (head === commit && !(await isByHand(repository, { runId, deed }))) return '';
  await keepCommit(repository, runId, commit);
  const command = `git cherry-pick ${head === commit ? '' : `${commit.slice(0, 10)}..`}${head.slice(0, 10)}`;
  const files = await filesIn(repository, head === commit ? `${commit}^..${commit}` : `${commit}..${head}`);
  return `; what was edited by hand is kept (${files}): \`${command}\` brings it back`;
}

async function filesIn({ git }: Repository, range: string): Promise<string> {
  const out = await git.out(['diff', '--name-only', '--no-renames', '-z', range]);
  const paths = zeroSeparated(out);
  const shown = paths.slice(0, 10).join(', ');
  return paths.length > 10 ? `${shown} and ${paths.length - 10} more` : shown;
}

/** The deed of a step that commits the work of people says so in its message. */
async function isByHand(
  repository: Repository,
  { runId, deed }: Pick<ExecutionContext, 'runId' | 'deed'>,
): Promise<boolean> {
  const message = await repository.git.out(['log', '-1', '--format=%B', 'HEAD']);
  return message.includes(`Godwit-By-Hand: ${stepOf({ runId, deed }).stepId}`);
}
