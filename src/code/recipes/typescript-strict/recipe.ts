import type { Recipe } from '../../recipe.ts';
import { family } from './reading/flags.ts';
import { tighten } from './tighten.ts';

/** A package of TypeScript becomes stricter, one flag of the compiler after the other. */
export const typescriptStrict: Recipe = {
  id: 'typescript-strict',
  summary: 'Make a TypeScript package stricter, flag by flag.',
  why: 'Each flag of `strict` finds mistakes that the compiler passes over without it. A flag that does not hold everywhere is kept where it holds, and what is left is counted.',
  applies: [],
  risk: 'medium',
  params: {
    package: { summary: 'Folder of the package, from the root of the tree.', default: '.' },
    config: { summary: 'Configuration of the compiler, from that folder.', default: 'tsconfig.json' },
    flags: {
      summary: 'Flags of the compiler, with commas between them, in the order in which they are turned on.',
      default: family.join(','),
    },
  },
  each: 'flags',
  transforms: [
    {
      kind: 'tree',
      id: 'tighten',
      why: 'Types say what they receive, and each flag is on wherever the compiler finds no error under it.',
      transform: (tree, { params }) => tighten(tree, params),
    },
  ],
};
