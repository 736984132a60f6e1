import type { Check } from '#code/gate/check';
import type { Repository } from '#code/repository/repository';
import type { TreeSnapshot, Unknown } from '#code/snapshot';
import type { Finding } from '#core/finding';
import { inspectFolder } from './inspect-folder.ts';
import type { Surroundings } from './verb.ts';

/** What a plan for a working tree says of it beside its own change. */
export type MeasuredTree = {
  readonly snapshot: TreeSnapshot;
  readonly checks: readonly Check[];
  readonly unknown: readonly Unknown[];
  /** What the hooks of the repository mean for the plan's commits. */
  readonly hooks: readonly Finding[];
};

/** Looks at the tree of this folder, with the checks by which its gates measure it. Reads only, and asks no registry. */
export async function measuredTree(repository: Repository, surroundings: Surroundings): Promise<MeasuredTree> {
  const { cwd, signal, config } = surroundings;
  const { detectChecks } = await import('#code/gate/detect-checks');
  const { hookFindings } = await import('#code/repository/commit-hooks');
  const { walkTree } = await import('#code/tree/walk');
  const snapshot = await inspectFolder('.', surroundings, { isOffline: true, isQuick: true, mayRunTests: false });
  const { files } = await walkTree(cwd, signal);
  const { checks, unknown } = detectChecks(snapshot, { files, overrides: config.tree.checks });
  return { snapshot, checks, unknown, hooks: config.tree.hooks ? await hookFindings(repository) : [] };
}
