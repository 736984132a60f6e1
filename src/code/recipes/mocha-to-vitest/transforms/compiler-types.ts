import type { TreeTransform } from '../../../recipe.ts';
import { globalTypes } from '../../../vitest/global-types.ts';

/** Types of the globals. Runs while package.json still names Mocha. */
export const compilerTypes: TreeTransform = {
  kind: 'tree',
  id: 'compiler-types',
  why: 'The types of `describe` and `it` came with `@types/mocha` by themselves; those of Vitest are named: `vitest/globals` (Configuring Vitest, globals).',
  transform: async (tree) => ({
    edits: await globalTypes(tree, { names: ['mocha', '@types/mocha'], package: '@types/mocha' }),
    unresolved: [],
  }),
};
