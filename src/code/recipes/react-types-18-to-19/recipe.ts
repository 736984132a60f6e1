import type { Recipe } from '../../recipe.ts';
import { domTypes } from './transforms/dom-types.ts';
import { elementProps } from './transforms/element-props.ts';
import { globalJsx } from './transforms/global-jsx.ts';
import { jsxAugmentations } from './transforms/jsx-augmentations.ts';
import { propTypesTypes } from './transforms/prop-types-types.ts';
import { reducers } from './transforms/reducers.ts';
import { refArguments } from './transforms/ref-arguments.ts';
import { refCallbacks } from './transforms/ref-callbacks.ts';
import { refObjects } from './transforms/ref-objects.ts';
import { removedTypes } from './transforms/removed-types.ts';

/** Code that is checked against the types of React 18 fits those of React 19. */
export const reactTypes18To19: Recipe = {
  id: 'react-types-18-to-19',
  summary: 'Code in TypeScript fits the types of React 19',
  why: 'The types of React 19 drop deprecated names and the global JSX namespace, and are stricter about refs and reducers (React 19 Upgrade Guide, “TypeScript changes”).',
  applies: [{ package: '@types/react', from: '>=16.14 <19', to: '>=19 <20' }],
  risk: 'low',
  params: {
    'element-props': {
      summary:
        'What `ReactElement` without an argument becomes: `unknown`, as React 19 has it, or `any`, as React 18 had it.',
      default: 'unknown',
      choices: ['unknown', 'any'],
    },
  },
  transforms: [
    removedTypes,
    propTypesTypes,
    refObjects,
    refArguments,
    refCallbacks,
    reducers,
    elementProps,
    jsxAugmentations,
    globalJsx,
    domTypes,
  ],
};
