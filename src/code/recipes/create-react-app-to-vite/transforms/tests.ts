import type { FileTransform, Recipe, TreeTransform, TreeView } from '../../../recipe.ts';
import { runnerPackages } from '../../../vitest/runner-packages.ts';
import { jestToVitest } from '../../jest-to-vitest/recipe.ts';
import { lowestNode, versionsFor } from '../reading/versions.ts';

/** The tests: all that `jest-to-vitest` does, in the applications and nowhere else in the tree. */
export const tests: Recipe['transforms'] = jestToVitest.transforms.map((one) =>
  one.kind === 'file' ? inApplication(one) : overApplications(one),
);

function inApplication(one: FileTransform): FileTransform {
  return {
    ...one,
    transform: (file, context) =>
      context.home !== undefined && 'react-scripts' in context.home.dependencies
        ? one.transform(file, context)
        : { edits: [], unresolved: [] },
  };
}

function overApplications(one: TreeTransform): TreeTransform {
  return {
    ...one,
    async transform(tree, context) {
      const applications = await runnerPackages(tree, { name: 'react-scripts', configNames: [] });
      const known = new Set(
        applications.filter(({ dependencies }) => 'react-scripts' in dependencies).flatMap(({ files }) => files),
      );
      if (known.size === 0) return { edits: [], unresolved: [] };
      const { vitest } = versionsFor(await lowestNode(tree));
      const view: TreeView = {
        paths: tree.paths.filter((path) => known.has(path)),
        links: tree.links,
        read: (path) => tree.read(path),
        installed: (path) => tree.installed(path),
        published: (name, range) => tree.published(name, range),
      };
      return one.transform(view, { ...context, params: { ...context.params, vitest } });
    },
  };
}
