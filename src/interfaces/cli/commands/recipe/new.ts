import { resolve } from 'node:path';
import * as z from 'zod';
import { newRecipe } from '#app/recipes/new-recipe';
import { exitCodes, fail } from '#core/error';
import type { Command } from '../../command.ts';

const input = z.strictObject({
  id: z.string().optional().describe('What it is to be called, e.g. moment-to-date-fns; the folder gets this name'),
  in: z.string().default('.').describe('Folder in which the package is made'),
});

/** A package to begin with. */
export const recipeNew: Command<z.infer<typeof input>> = {
  name: 'recipe/new',
  summary: 'Begin a recipe: a package with a transform and cases that pass',
  description:
    'Writes a package in the public codemod format: codemod.yaml, workflow.yaml, a transform on ast-grep, and two cases, one in which nothing may change. Never overwrites anything.',
  examples: [{ command: 'godwit recipe new moment-to-date-fns', says: 'then edit scripts/codemod.ts and tests/' }],
  argument: 'id',
  input,
  async execute(given, { cwd }) {
    if (given.id === undefined) throw unnamed();
    const folder = resolve(cwd, given.in, given.id);
    const files = await newRecipe(given.id, folder);
    const text = `Wrote ${files.length} files into ${folder}.\nNext: \`godwit recipe test ${given.id}\`.\n`;
    return { json: { folder, files: [...files] }, text, exit: exitCodes.done };
  },
};

function unnamed(): Error {
  return fail('bad-input', {
    what: 'Nothing was written.',
    why: 'A recipe needs an id.',
    next: 'Call it by what it leads from and to: `godwit recipe new moment-to-date-fns`.',
  });
}
