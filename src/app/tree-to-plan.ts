import { wholeTree } from '#code/tree/whole-tree';
import { mustWait, openRuns, runOn } from './open-runs.ts';
import { type OpenTree, openTree } from './open-tree.ts';
import type { Surroundings } from './verb.ts';

/**
 * Opens the working tree of this folder for a new plan. Throws `no-repository`, `wrong-state` while a run is open on it, and
 * what the tree says where it is not ready, e.g. `dirty-tree`.
 */
export async function treeToPlan(surroundings: Surroundings): Promise<OpenTree> {
  const tree = await openTree(surroundings.cwd, surroundings);
  const other = runOn([wholeTree], await openRuns(tree.domain));
  if (other !== undefined) throw mustWait(other);
  await tree.domain.checkReady?.();
  return tree;
}
