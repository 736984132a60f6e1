import type { Recipe } from '#code/recipe';
import { recipes } from '#code/recipe-kit/find-recipe';

/** Every recipe on the shelf, in the order of their ids. */
export function allRecipes(): readonly Recipe[] {
  return recipes.toSorted((one, other) => one.id.localeCompare(other.id, 'en'));
}
