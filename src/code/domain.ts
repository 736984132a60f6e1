import type { Domain, JournalStore, LeaseStore } from '#core/domain';
import { fail } from '#core/error';
import type { TreeWorld } from './execution.ts';
import { treeExecutors } from './executors/index.ts';
import { expectClean } from './repository/tree-run.ts';

/** Name of the domain in plans. */
export const treeDomainName = 'working-tree';

/** What the world of a working tree is made of; the branch is known by the journal. */
export type TreeBase = Omit<TreeWorld, 'branchOf'>;

/** A working tree, opened for running. Journal and lease stand in its git directory; whoever opens it brings them. */
export function openTreeDomain(
  world: TreeBase & {
    readonly journal: JournalStore;
    readonly lease: LeaseStore;
    /** Instead of the branch that bears the name of the plan. */
    readonly branch?: string | undefined;
  },
): Domain {
  const { repository, journal, lease, branch } = world;
  return {
    name: treeDomainName,
    executors: treeExecutors({ ...world, branchOf: async (runId) => branch ?? branchOf(journal, runId) }),
    guards: [],
    journal,
    lease,
    prepare: () => Promise.resolve(),
    checkReady: () => expectClean(repository),
    fingerprint: () => repository.fingerprint(),
    close: () => Promise.resolve(),
  };
}

async function branchOf(journal: JournalStore, runId: string): Promise<string> {
  for (const { event } of await journal.read(runId)) {
    if (event.kind === 'run-started') return branchOfPlan(event.planId);
  }
  throw fail('no-run', {
    what: `There is no run ${runId} here.`,
    why: 'The journal in the git directory does not know it.',
    next: 'Look with `godwit status`.',
  });
}

/** Branch on which a plan is carried out. */
export function branchOfPlan(planId: string): string {
  return `godwit/${planId}`;
}
