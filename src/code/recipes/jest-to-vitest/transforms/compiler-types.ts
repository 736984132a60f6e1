import type { TreeTransform } from '../../../recipe.ts';
import { globalTypes } from '../../../vitest/global-types.ts';

/** Types of the globals. Runs while package.json still names Jest. */
export const compilerTypes: TreeTransform = {
  kind: 'tree',
  id: 'compiler-types',
  why: 'The types of `describe`, `it` and `expect` came with `@types/jest` by themselves; those of Vitest are named: `vitest/globals` (Configuring Vitest, globals).',
  transform: async (tree) => ({
    edits: await globalTypes(tree, { names: ['jest', '@types/jest', '@jest/globals'], package: '@types/jest' }),
    unresolved: [],
  }),
};
