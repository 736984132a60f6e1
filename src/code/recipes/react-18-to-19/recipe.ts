import type { Recipe } from '../../recipe.ts';
import { actImports } from './transforms/act-imports.ts';
import { contextProviders } from './transforms/context-providers.ts';
import { createFactories } from './transforms/create-factories.ts';
import { defaultProps } from './transforms/default-props.ts';
import { domRoots } from './transforms/dom-roots.ts';
import { elementRefs } from './transforms/element-refs.ts';
import { formState } from './transforms/form-state.ts';
import { forwardRefs } from './transforms/forward-refs.ts';
import { jsxTransform } from './transforms/jsx-transform.ts';
import { legacyContext } from './transforms/legacy-context.ts';
import { modulePattern } from './transforms/module-pattern.ts';
import { propTypes } from './transforms/prop-types.ts';
import { reactImports } from './transforms/react-imports.ts';
import { removedApis } from './transforms/removed-apis.ts';
import { scriptTags } from './transforms/script-tags.ts';
import { shallowRenderer } from './transforms/shallow-renderer.ts';
import { stringRefs } from './transforms/string-refs.ts';
import { useContexts } from './transforms/use-contexts.ts';

/** What React 19 removed is written as it wants it; what cannot be seen in one file is reported. */
export const react18To19: Recipe = {
  id: 'react-18-to-19',
  summary: 'Applications of React 18 speak React 19: roots, refs, defaults, act, factories',
  why: 'React 19 removes what was deprecated since version 15, and needs the automatic JSX transform (React 19 Upgrade Guide).',
  applies: [
    { package: 'react', from: '>=16.14 <19', to: '>=19 <20' },
    { package: 'react-dom', from: '>=16.14 <19', to: '>=19 <20' },
  ],
  risk: 'medium',
  params: {
    'emptied-imports': {
      summary:
        'What becomes of an import that nothing uses any more: `auto` removes it in files of a package, and leaves it in loose files.',
      default: 'auto',
      choices: ['auto', 'remove', 'keep'],
    },
    'prop-types': {
      summary: 'What becomes of `propTypes` in TypeScript, which React 19 passes over: types of the props, or nothing.',
      default: 'typescript',
      choices: ['typescript', 'keep'],
    },
    'jsx-runtime': {
      summary: 'Whether configuration of the classic JSX transform is changed.',
      default: 'automatic',
      choices: ['automatic', 'keep'],
    },
    'forward-ref': {
      summary: 'Whether function components take `ref` as a prop; `forwardRef` works on in React 19.',
      default: 'keep',
      choices: ['keep', 'remove'],
    },
    'ref-type': {
      summary: 'With `forward-ref`: the type of the prop, `Ref`, or `RefObject` without the question mark.',
      default: 'Ref',
      choices: ['Ref', 'RefObject'],
    },
    'context-provider': {
      summary: 'Whether `<Context.Provider>` is written `<Context>`; the long form works on in React 19.',
      default: 'keep',
      choices: ['keep', 'shorten'],
    },
    'use-context': {
      summary: 'Whether `useContext` is written `use`; it works on in React 19.',
      default: 'keep',
      choices: ['keep', 'use'],
    },
    'react-import': {
      summary:
        'Whether imports of React go that nothing but classic JSX needs; `named` also writes default imports with names, or as a namespace. They do no harm in React 19.',
      default: 'keep',
      choices: ['keep', 'remove', 'named'],
    },
  },
  transforms: [
    domRoots,
    stringRefs,
    defaultProps,
    propTypes,
    actImports,
    formState,
    createFactories,
    shallowRenderer,
    removedApis,
    legacyContext,
    modulePattern,
    elementRefs,
    forwardRefs,
    contextProviders,
    useContexts,
    reactImports,
    scriptTags,
    jsxTransform,
  ],
};
