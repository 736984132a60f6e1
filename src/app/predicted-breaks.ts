import type { RepositoryReader } from '#code/api/repository-documents';
import type { TreeSnapshot } from '#code/snapshot';
import type { Breaks } from '#code/study-upgrade';
import type { Hop } from '#code/upgrade/upgrade-path';
import { isFailure } from '#core/error';
import type { Surroundings } from './verb.ts';

type Tree = { readonly files: readonly string[]; readonly yarnrc: string | undefined };

/** What the moves of hops break in a tree. */
export type PredictedBreaks = {
  of(hop: Hop): Promise<Breaks>;
  /** What was not looked at, over all hops. */
  unknown(): TreeSnapshot['unknown'];
};

/** Comparing the packages of one hop and looking for their uses ends after this. */
const budgetMs = 180_000;

/**
 * Compares the versions of each hop by their published types, and looks for uses in the tree. A comparison that cannot be
 * made is named as not looked at: the gate finds what it would have foretold.
 */
export function predictedBreaks({ files, yarnrc }: Tree, surroundings: Surroundings): PredictedBreaks {
  const { cwd: root, env, signal } = surroundings;
  const missed: TreeSnapshot['unknown'][number][] = [];
  let repositories: Promise<RepositoryReader> | undefined;
  const configs = files.filter((file) => /(^|\/)(ts|js)config\.json$/.test(file));
  return {
    unknown: () => missed,
    of: async (hop) => {
      const upgrades = hop.changes.flatMap(({ name, package: published, from, to }) =>
        from === undefined ? [] : [{ name: published ?? name, from, to }],
      );
      const { predictBreaks } = await import('#code/api/predict-breaks');
      const { registryOptions } = await import('#code/registry/registry-options');
      const access = await registryOptions({ root, env, yarnrc });
      if (surroundings.config.tree.repositories)
        repositories ??= import('#code/api/repository-documents').then(({ openRepositories }) =>
          openRepositories({ options: access, signal }),
        );
      const nowMs = (): number => surroundings.monotonicMs();
      try {
        const found = await predictBreaks({
          root,
          files,
          configs,
          upgrades,
          registryOptions: access,
          repositories: await repositories,
          signal,
          nowMs,
          budgetMs,
        });
        missed.push(...found.unknown);
        return found;
      } catch (error) {
        signal.throwIfAborted();
        if (!isFailure(error)) throw error;
        missed.push({ what: `what ${hop.title} breaks`, why: `${error.explanation.what} ${error.explanation.why}` });
        return { findings: [], facts: [], reading: { documents: [], unread: [] }, settledBy: () => new Set() };
      }
    },
  };
}
