import { fail } from '#core/error';
import { generalRecipes } from '../flag/index.ts';
import type { Recipe } from '../recipe.ts';
import { recipes as moves } from '../recipes/index.ts';

/** Every recipe that godwit brings: those for moves, and those that serve any package. */
export const recipes: readonly Recipe[] = [...moves, ...generalRecipes];

/** A recipe by its id. Throws `bad-input` with the names that there are. */
export function findRecipe(id: string): Recipe {
  const found = recipes.find((recipe) => recipe.id === id);
  if (found !== undefined) return found;
  throw fail('bad-input', {
    what: `There is no recipe ${id}.`,
    why: `godwit brings ${recipes.map((recipe) => recipe.id).join(', ')}.`,
    next: 'See them with `godwit recipe list`.',
  });
}
