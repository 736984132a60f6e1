import { fail } from '#core/error';
import type { Recipe } from './recipe.ts';
import { recipes } from './recipes/index.ts';

/** A recipe of the shelf by its id. Throws `bad-input` with the names that there are. */
export function findRecipe(id: string): Recipe {
  const found = recipes.find((recipe) => recipe.id === id);
  if (found !== undefined) return found;
  throw fail('bad-input', {
    what: `There is no recipe ${id}.`,
    why: `godwit brings ${recipes.map((recipe) => recipe.id).join(', ')}.`,
    next: 'See them with `godwit recipe list`.',
  });
}
