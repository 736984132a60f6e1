import type { TreeSnapshot } from '#code/snapshot';
import type { Breaks } from '#code/study-upgrade';
import type { Hop } from '#code/upgrade/upgrade-path';
import type { Surroundings } from './verb.ts';

type Tree = { readonly snapshot: TreeSnapshot; readonly files: readonly string[]; readonly yarnrc: string | undefined };

/** What the moves of hops break in a tree. */
export type PredictedBreaks = {
  of(hop: Hop): Promise<Breaks>;
  /** What was not looked at, over all hops. */
  unknown(): TreeSnapshot['unknown'];
  close(): Promise<void>;
};

export function predictedBreaks(_tree: Tree, _surroundings: Surroundings): PredictedBreaks {
  return { of: async () => ({ findings: [], facts: [] }), unknown: () => [], close: async () => undefined };
}
