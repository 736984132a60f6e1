import { type CommitOptions, commitPaths, resetTo } from '#code/repository/commits';
import { editedPaths } from '#code/repository/edited-paths';
import { givenPaths } from '#code/repository/git';
import type { Repository } from '#code/repository/repository';
import { fail, isFailure } from '#core/error';
import type { Finding } from '#core/finding';
import type { Plan } from '#core/plan';
import { statusOf } from '#run/control';
import { planAnywhere } from '../choose-plan.ts';
import { openTree } from '../open-tree.ts';
import type { Surroundings } from '../verb.ts';
import { apply } from '../verbs/apply.ts';
import { againstBefore } from './against-before.ts';

/** What was made of an edit: it passes the gate, it leaves less to do, or it was taken back, and why. */
export type Judged =
  | { readonly kind: 'passed' | 'kept'; readonly commit: string; readonly left: readonly Finding[] }
  | { readonly kind: 'reverted'; readonly why: string };

/** What the gate of a run leaves to people, and edits for it, each measured. */
export type WorkList = {
  readonly plan: Plan;
  /** What the gate still objects to; empty when it is passed. */
  left(): readonly Finding[];
  /**
   * Commits what was edited since, measures the gate, and keeps the commit where the gate passes, or objects to less than
   * before and to nothing new; else takes it back, so that the tree is as it was.
   */
  judge(title: string): Promise<Judged>;
  /** Takes uncommitted edits back, new files too. */
  dropEdits(): Promise<void>;
};

/**
 * Opens the work list of a run that waits at a measured gate, and measures it. Throws `wrong-state` where it waits at none,
 * and `dirty-tree` where somebody's own edits are not committed.
 */
export async function openWorkList(named: string | undefined, surroundings: Surroundings): Promise<WorkList> {
  const { plan } = await planAnywhere(named, surroundings);
  const { repository, domain } = await openTree(surroundings.cwd, surroundings);
  const status = await statusOf({ plan, domain });
  const waiting = status?.state.state === 'waiting' ? status.state.gateWaiting : undefined;
  const gate = plan.phases.find((phase) => phase.gate?.id === waiting)?.gate;
  if (status === undefined || gate === undefined || gate.needsWord !== false) throw noGate(plan);
  const edited = [...(await repository.changedFiles()), ...(await repository.untrackedFiles())];
  if (edited.length > 0) throw ownEdits(edited);
  let left = await measured(plan, surroundings);
  const commits = { template: surroundings.config.tree.commitMessage, runsHooks: surroundings.config.tree.hooks };
  const made = { repository, commits, step: { runId: status.runId, stepId: 'assist' } };
  return {
    plan,
    left: () => left,
    dropEdits: () => dropEdits(repository),
    async judge(title) {
      const before = await repository.head();
      const commit = await committed(title, made);
      if (typeof commit !== 'string') return commit;
      const now = await measured(plan, surroundings);
      const why = againstBefore(left, now);
      if (why !== undefined) {
        await resetTo(repository, before);
        return { kind: 'reverted', why };
      }
      left = now;
      return { kind: now.length === 0 ? 'passed' : 'kept', commit, left: now };
    },
  };
}

/** What the gate objects to now, by the same `apply` that a person would call; nothing where it passes and the run goes on. */
async function measured({ id }: Plan, surroundings: Surroundings): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const on: Surroundings['on'] = (event) => {
    if (event.kind === 'evidence' && !event.ok) findings.push(...event.findings);
    surroundings.on(event);
  };
  try {
    await apply.execute({ plan: id }, { ...surroundings, on });
    return [];
  } catch (error) {
    if (!isFailure(error, 'gate')) throw error;
    return findings.filter(({ severity }) => severity === 'error');
  }
}

async function committed(
  title: string,
  made: {
    readonly repository: Repository;
    readonly commits: CommitOptions;
    readonly step: { readonly runId: string; readonly stepId: string };
  },
): Promise<string | Extract<Judged, { kind: 'reverted' }>> {
  const { repository, commits, step } = made;
  try {
    const commit = await commitPaths(repository, await editedPaths(repository), {
      ...commits,
      step,
      title,
      isByHand: true,
    });
    return commit ?? { kind: 'reverted', why: 'Nothing was changed.' };
  } catch (error) {
    if (!isFailure(error, 'command-failed')) throw error;
    await dropEdits(repository);
    return { kind: 'reverted', why: `The commit was refused: ${error.explanation.why}` };
  }
}

/** There was nothing uncommitted when the list was opened, so that all that is there now was made since. */
async function dropEdits(repository: Repository): Promise<void> {
  const { words, input } = givenPaths(await repository.untrackedFiles());
  if (input !== '') await repository.git.out(['add', '--all', ...words], { input });
  await resetTo(repository, await repository.head());
}

function noGate({ id }: Plan): Error {
  return fail('wrong-state', {
    what: `The run of ${id} waits for no edits.`,
    why: 'A work list is what a gate of a working tree objects to; this run is at no such gate now.',
    next: `See where it stands with \`godwit status ${id}\`, and bring it to its gate with \`godwit apply ${id}\`.`,
  });
}

function ownEdits(paths: readonly string[]): Error {
  return fail('dirty-tree', {
    what: `There are edits that are not committed: ${paths.slice(0, 5).join(', ')}${paths.length > 5 ? ' …' : ''}.`,
    why: 'What the model edits is committed, or taken back; yours would go with it.',
    next: 'Commit them on this branch, or put them away with `git stash --include-untracked`, and call it again.',
  });
}
