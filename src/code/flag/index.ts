import type { Recipe } from '../recipe.ts';
import { directToFlagged } from './direct-to-flagged.ts';
import { flaggedToDirect } from './flagged-to-direct.ts';

/** Recipes that serve any package, by their parameters. */
export const generalRecipes: readonly Recipe[] = [directToFlagged, flaggedToDirect];
