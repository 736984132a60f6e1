import type { Recipe } from '../../recipe.ts';
import { convert } from './convert.ts';

export const commonjsToEsm: Recipe = {
  id: 'commonjs-to-esm',
  summary: 'Turn a package of CommonJS into ES modules.',
  why: 'An ES module can import every package, and a growing part of them is published as ES modules alone; from CommonJS these can only be loaded by newer versions of Node.',
  applies: [],
  risk: 'medium',
  params: {
    package: { summary: 'Folder of the package, from the root of the tree.', default: '.' },
    exports: {
      summary: 'An `exports` map for a package without one: `open` leaves every path open, `closed` its entry alone.',
      default: 'keep',
      choices: ['keep', 'open', 'closed'],
    },
    dual: {
      summary:
        'Leave the package CommonJS, and publish ES modules of its entries beside it, with one instance of everything.',
      default: 'false',
      choices: ['false', 'true'],
    },
  },
  transforms: [
    {
      kind: 'tree',
      id: 'convert',
      why: '`require`, `module` and `exports` are not there in an ES module.',
      transform: (tree, { params }) =>
        convert(tree, {
          home: params.package ?? '.',
          isDual: params.dual === 'true',
          exports: params.exports ?? 'keep',
        }),
    },
  ],
};
