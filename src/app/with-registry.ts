import type { SourceTree } from '#code/engine/recipe-run';
import type { Surroundings } from './verb.ts';

/** The same tree, for which the registry is asked what a recipe wants to know of a package. */
export function withRegistry(tree: SourceTree, { cwd, env, signal }: Surroundings): SourceTree {
  return {
    ...tree,
    async published(name, range) {
      const { registryOptions } = await import('#code/registry/registry-options');
      const { fetchPackage, fileText } = await import('#code/api/fetch-package');
      const options = await registryOptions({ root: cwd, env, yarnrc: undefined });
      const answer = await fetchPackage({ name, range }, { options, signal });
      if (answer.kind === 'unknown') return { why: answer.why };
      const { version, manifest, files } = answer.package;
      const texts = [...files.keys()].flatMap((path) => {
        const text = fileText(answer.package, path);
        return text === undefined ? [] : [[path, text] as const];
      });
      return { version, manifest, files: new Map(texts) };
    },
  };
}
