import type { Recipe } from '../../recipe.ts';
import { actImports } from './transforms/act-imports.ts';
import { domRoots } from './transforms/dom-roots.ts';
import { formState } from './transforms/form-state.ts';
import { stringRefs } from './transforms/string-refs.ts';

/** What React 19 removed is written as it wants it; what cannot be seen in one file is reported. */
export const react18To19: Recipe = {
  id: 'react-18-to-19',
  summary: 'Applications of React 18 speak React 19',
  why: 'React 19 removes what was deprecated since version 15 (React 19 Upgrade Guide).',
  applies: [
    { package: 'react', from: '>=16.14 <19', to: '>=19 <20' },
    { package: 'react-dom', from: '>=16.14 <19', to: '>=19 <20' },
  ],
  risk: 'medium',
  params: {
    'emptied-imports': {
      summary: 'What becomes of an import of a whole module that nothing uses any more; `auto` removes it in files of a package.',
      default: 'auto',
      choices: ['auto', 'remove', 'keep'],
    },
  },
  transforms: [domRoots, stringRefs, actImports, formState],
};
