import type { Recipe } from '../recipe.ts';
import { eslint8To9 } from './eslint-8-to-9/recipe.ts';
import { express4To5 } from './express-4-to-5/recipe.ts';
import { uuid3To8 } from './uuid-3-to-8/recipe.ts';

/** The shelf of recipes that godwit brings. */
export const recipes: readonly Recipe[] = [eslint8To9, express4To5, uuid3To8];
