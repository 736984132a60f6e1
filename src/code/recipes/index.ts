import type { Recipe } from '../recipe.ts';
import { express4To5 } from './express-4-to-5/recipe.ts';
import { react18To19 } from './react-18-to-19/recipe.ts';
import { reactTypes18To19 } from './react-types-18-to-19/recipe.ts';
import { uuid3To8 } from './uuid-3-to-8/recipe.ts';

/** The shelf of recipes that godwit brings. */
export const recipes: readonly Recipe[] = [express4To5, react18To19, reactTypes18To19, uuid3To8];
