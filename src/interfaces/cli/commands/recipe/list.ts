import * as z from 'zod';
import { asJson } from '#app/as-json';
import { exitCodes } from '#core/error';
import type { Command } from '../../command.ts';

const input = z.strictObject({
  for: z.string().optional().describe('Only those for this package, e.g. express, or for a version: express@5'),
});

/** The recipes that godwit brings. */
export const recipeList: Command<z.infer<typeof input>> = {
  name: 'recipe/list',
  summary: 'List the recipes that godwit brings',
  description: 'Each with what it changes, between which versions it applies, and how much a person has to look at.',
  examples: [
    { command: 'godwit recipe list', says: 'all of them' },
    { command: 'godwit recipe list express@5', says: 'those that lead to Express 5' },
  ],
  argument: 'for',
  input,
  async execute(given) {
    // What compares versions is many files: other commands do not wait for it.
    const [{ allRecipes }, { listRecipes, listText }] = await Promise.all([
      import('#app/recipes/all-recipes'),
      import('#app/recipes/list-recipes'),
    ]);
    const listed = listRecipes(allRecipes(), given.for);
    return { json: asJson({ recipes: listed }), text: listText(listed), exit: exitCodes.done };
  },
};
