import type { Domain, JournalStore, LeaseStore } from '#core/domain';
import type { TreeWorld } from './execution.ts';
import { treeExecutors } from './executors/index.ts';
import { expectClean } from './tree-run.ts';

/** Name of the domain in plans. */
export const treeDomainName = 'working-tree';

/** A working tree, opened for running. Journal and lease stand in its git directory; whoever opens it brings them. */
export function openTreeDomain(
  world: TreeWorld & { readonly journal: JournalStore; readonly lease: LeaseStore },
): Domain {
  const { repository, journal, lease } = world;
  return {
    name: treeDomainName,
    executors: treeExecutors(world),
    guards: [],
    journal,
    lease,
    prepare: () => Promise.resolve(),
    checkReady: () => expectClean(repository),
    fingerprint: () => repository.fingerprint(),
    close: () => Promise.resolve(),
  };
}
