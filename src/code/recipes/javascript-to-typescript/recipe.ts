import type { Recipe } from '../../recipe.ts';
import { convert } from './convert.ts';

/** A package of ES modules becomes TypeScript. */
export const javascriptToTypescript: Recipe = {
  id: 'javascript-to-typescript',
  summary: 'Turn a package of JavaScript into TypeScript.',
  why: 'Types that stand in comments, or nowhere, are checked by nobody. Each file is turned only where the compiler finds no error in it and makes the same JavaScript of it as before.',
  applies: [],
  risk: 'medium',
  params: {
    package: { summary: 'Folder of the package, from the root of the tree.', default: '.' },
    run: {
      summary: 'How it runs: built by the compiler, or as it stands, by Node or tsx; `auto` takes what is there.',
      default: 'auto',
      choices: ['auto', 'build', 'strip'],
    },
  },
  transforms: [
    {
      kind: 'tree',
      id: 'convert',
      why: 'JSDoc becomes types, types are taken from use, and configuration is written for the strictest flags that hold.',
      transform: (tree, { params }) => convert(tree, params),
    },
  ],
};
