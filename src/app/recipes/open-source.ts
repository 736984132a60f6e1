import type { RecipeSource } from '#code/recipe-kit/recipe-source';
import { fail } from '#core/error';

/**
 * Opens what is to be run: a recipe by id, folder or file, or a line for the shell. Throws `bad-input` where neither or both
 * are named, or the recipe cannot be found.
 */
export async function openSource(
  asked: {
    readonly recipe?: string | undefined;
    readonly command?: string | undefined;
    readonly workflow?: string | undefined;
    readonly language: string;
  },
  { cwd, params }: { readonly cwd: string; readonly params: Readonly<Record<string, string>> },
): Promise<RecipeSource> {
  const { recipe, command, workflow, language } = asked;
  const { commandSource, openRecipeSource } = await import('#code/recipe-kit/recipe-source');
  if (recipe !== undefined && command === undefined)
    return openRecipeSource(recipe, { cwd, workflow, language, params });
  if (command !== undefined && recipe === undefined) return commandSource(command, cwd);
  throw fail('bad-input', {
    what: 'Nothing was run.',
    why:
      recipe === undefined
        ? 'No recipe was named.'
        : 'A recipe and a command were named; one of them is run at a time.',
    next: 'See `godwit recipe list`, or name a folder, a file, or a line with --command.',
  });
}
