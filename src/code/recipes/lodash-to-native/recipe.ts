import type { Recipe } from '../../recipe.ts';
import { convert } from './convert.ts';

/** Calls of lodash become native code where both do the same. */
export const lodashToNative: Recipe = {
  id: 'lodash-to-native',
  summary: 'Calls of lodash become native code where both do the same.',
  why: 'What the language does itself needs no dependency, and is typed. Most functions of lodash do more than the native ones of the same name: for null, objects, array-likes, shorthands. A call is replaced only where what is known of its arguments makes both equal; all others are named.',
  applies: [],
  risk: 'medium',
  params: {
    premises: {
      summary:
        'Premises such as that no array has holes: `searched` for in the sources of the tree, or `proven` by types alone',
      default: 'searched',
      choices: ['searched', 'proven'],
    },
    assume: {
      summary:
        'Premises that you grant: no-holes, no-boxed-primitives, no-async-generators, no-dotted-keys, true-types; with commas between',
      default: '',
    },
  },
  transforms: [
    {
      kind: 'tree',
      id: 'native',
      why: 'lodash was written for engines that did not have these functions; today a part of them is in the language.',
      transform: convert,
    },
  ],
};
