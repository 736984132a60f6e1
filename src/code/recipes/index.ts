import type { Recipe } from '../recipe.ts';
import { axiosToFetch } from './axios-to-fetch/recipe.ts';
import { commonjsToEsm } from './commonjs-to-esm/recipe.ts';
import { createReactAppToVite } from './create-react-app-to-vite/recipe.ts';
import { djangoUpgrade } from './django-upgrade/recipe.ts';
import { eslint8To9 } from './eslint-8-to-9/recipe.ts';
import { express4To5 } from './express-4-to-5/recipe.ts';
import { javascriptToTypescript } from './javascript-to-typescript/recipe.ts';
import { jestToVitest } from './jest-to-vitest/recipe.ts';
import { lodashToNative } from './lodash-to-native/recipe.ts';
import { mochaToVitest } from './mocha-to-vitest/recipe.ts';
import { momentToDayjs } from './moment-to-dayjs/recipe.ts';
import { node22To24 } from './node-22-to-24/recipe.ts';
import { npmToPnpm } from './npm-to-pnpm/recipe.ts';
import { pnpmToNpm } from './pnpm-to-npm/recipe.ts';
import { python3Upgrade } from './python-3-upgrade/recipe.ts';
import { react18To19 } from './react-18-to-19/recipe.ts';
import { reactTypes18To19 } from './react-types-18-to-19/recipe.ts';
import { typescript5To6 } from './typescript-5-to-6/recipe.ts';
import { typescript6To7 } from './typescript-6-to-7/recipe.ts';
import { typescriptStrict } from './typescript-strict/recipe.ts';
import { uuid3To8 } from './uuid-3-to-8/recipe.ts';

/** The shelf of recipes that godwit brings. */
export const recipes: readonly Recipe[] = [
  axiosToFetch,
  commonjsToEsm,
  createReactAppToVite,
  djangoUpgrade,
  eslint8To9,
  express4To5,
  javascriptToTypescript,
  jestToVitest,
  lodashToNative,
  mochaToVitest,
  momentToDayjs,
  node22To24,
  npmToPnpm,
  pnpmToNpm,
  python3Upgrade,
  react18To19,
  reactTypes18To19,
  typescript5To6,
  typescript6To7,
  typescriptStrict,
  uuid3To8,
];
