import type { Recipe } from '../recipe.ts';
import { uuid3To8 } from './uuid-3-to-8/recipe.ts';

/** The shelf of recipes that godwit brings. */
export const recipes: readonly Recipe[] = [uuid3To8];
