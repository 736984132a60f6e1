import type { Recipe } from '../recipe.ts';
import { express4To5 } from './express-4-to-5/recipe.ts';
import { node22To24 } from './node-22-to-24/recipe.ts';
import { uuid3To8 } from './uuid-3-to-8/recipe.ts';

/** The shelf of recipes that godwit brings. */
export const recipes: readonly Recipe[] = [express4To5, node22To24, uuid3To8];
