import type { Recipe } from '../../recipe.ts';
import { build } from './transforms/build.ts';
import { dependencies } from './transforms/dependencies.ts';
import { jsxNames } from './transforms/jsx-names.ts';
import { page } from './transforms/page.ts';
import { remaining } from './transforms/remaining.ts';
import { styleSheets } from './transforms/style-sheets.ts';
import { svgComponents } from './transforms/svg-components.ts';
import { tests } from './transforms/tests.ts';
import { types } from './transforms/types.ts';
import { variables } from './transforms/variables.ts';
import { webpackSyntax } from './transforms/webpack-syntax.ts';

/** An application of react-scripts is built by Vite and tested by Vitest. */
export const createReactAppToVite: Recipe = {
  id: 'create-react-app-to-vite',
  summary: 'An application of Create React App is built by Vite and tested by Vitest',
  why: 'Create React App is deprecated, and react-scripts has had no release since 2022 (react.dev, Sunsetting Create React App). Folder, port, addresses and names of variables stay; what only webpack does is named.',
  applies: [],
  risk: 'medium',
  transforms: [
    jsxNames,
    svgComponents,
    variables,
    webpackSyntax,
    styleSheets,
    types,
    remaining,
    build,
    ...tests,
    page,
    dependencies,
  ],
};
