import { fail } from '#core/error';
import type { Recipe } from '../recipe.ts';

/** The parameters of one of our recipes: as given, else their defaults. Throws `bad-input` for a name or value it does not take. */
export function recipeParams(
  { id, params = {} }: Recipe,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const names = Object.keys(params);
  for (const [name, value] of Object.entries(given)) {
    const choices = Object.hasOwn(params, name) ? params[name]?.choices : undefined;
    if (!Object.hasOwn(params, name)) {
      throw refusedParam(
        `The recipe ${id}`,
        `It has no parameter ${name}${names.length === 0 ? '' : `; it has ${names.join(', ')}`}.`,
      );
    }
    if (choices !== undefined && !choices.includes(value)) {
      throw refusedParam(`The recipe ${id}`, `The parameter ${name} takes one of ${choices.join(', ')}, not ${value}.`);
    }
  }
  const defaults = Object.fromEntries(Object.entries(params).map(([name, param]) => [name, param.default]));
  return { ...defaults, ...given };
}

/** The error of a parameter that a recipe does not take. */
export function refusedParam(recipe: string, why: string): Error {
  return fail('bad-input', {
    what: `${recipe} does not take that.`,
    why,
    next: 'Give NAME=VALUE: `godwit plan --recipe-option`, or `godwit recipe run --param`.',
  });
}
